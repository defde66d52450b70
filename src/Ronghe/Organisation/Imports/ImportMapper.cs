using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>Guesses which sheet is which list and which column is what; decisions saved for the same headings come first.</summary>
public sealed class ImportMapper(AppDb db)
{
    /// <param name="workbook">The file.</param>
    /// <param name="importer">What it is taken for.</param>
    /// <param name="companyId">Whose saved decisions count.</param>
    /// <param name="isStrict">Refuses a file without the columns that are needed; otherwise a person maps them by hand.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<ImportChoices> GuessAsync(Workbook workbook, IImporter importer, Guid? companyId, bool isStrict, CancellationToken cancel)
    {
        var guess = new ImportChoices { Sheets = Guess(workbook, importer, isStrict) };
        var headings = guess.Fingerprint;
        var saved = await db.ImportMappings.Where(m => m.CompanyId == companyId && m.Kind == importer.Kind && m.Headings == headings)
            .Select(m => m.Choices).SingleOrDefaultAsync(cancel);
        if (saved is null) return guess;
        var choices = ImportChoices.FromJson(saved);
        var sheets = choices.Sheets.Select(sheet => HeaderFinder.Reuse(workbook, sheet)).OfType<ColumnMapping>().ToList();
        return sheets.Count == choices.Sheets.Count ? choices with { Sheets = sheets, ShiftDays = 0 } : guess;
    }

    static List<ColumnMapping> Guess(Workbook workbook, IImporter importer, bool isStrict)
    {
        var found = (
            from spec in importer.Sheets
            from mapping in HeaderFinder.Find(workbook, spec)
            let isWhole = !mapping.Missing(spec).Any()
            // The list that asks for more is meant where both fit: a roster also looks like a list of members.
            orderby isWhole descending, spec.Columns.Count(column => column.Required) descending, mapping.Confidence descending
            group (mapping, isWhole) by mapping.Sheet into sheet
            select sheet.First()).ToList();
        var whole = found.Where(sheet => sheet.isWhole).Select(sheet => sheet.mapping).ToList();
        var shown = whole.Where(mapping => workbook.Named(mapping.Sheet)?.Hidden == false).ToList();
        if (shown.Count > 0) return InOrder(workbook, shown);
        if (whole.Count > 0) return InOrder(workbook, whole);
        if (found.Count > 0) return [found.MaxBy(sheet => sheet.mapping.Confidence).mapping];
        var main = importer.Sheets[0];
        if (isStrict) return [HeaderFinder.FindOne(workbook, main)];
        var first = workbook.Sheets.First(sheet => sheet.Rows.Count > 0);
        return [HeaderFinder.At(first, main, HeaderFinder.LikelyRow(first))];
    }

    static List<ColumnMapping> InOrder(Workbook workbook, List<ColumnMapping> mappings) =>
        [.. workbook.Sheets.SelectMany(sheet => mappings.Where(mapping => mapping.Sheet == sheet.Name))];
}
