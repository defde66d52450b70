using System.Globalization;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>A few values of each column, shown beside the choice of what the column is.</summary>
static class ImportSamples
{
    const int Values = 3, Rows = 20;

    public static IReadOnlyList<ImportSheet> Of(Workbook workbook, ImportChoices choices) =>
    [
        .. workbook.Sheets.Where(sheet => sheet.Rows.Count > 0 && sheet.Name != MarkedCopy.ErrorList)
            .Select(sheet => new ImportSheet(sheet.Name, sheet.Rows.Count, Samples(sheet, choices.Sheets.FirstOrDefault(mapping => mapping.Sheet == sheet.Name), workbook.Date1904))),
    ];

    static Dictionary<int, string> Samples(Sheet sheet, ColumnMapping? mapping, bool date1904) => mapping is null ? [] : mapping.Headings.ToDictionary(
        heading => heading.Column,
        heading => string.Join("、", sheet.Rows.Skip(sheet.IndexOf(mapping.FirstDataRow)).Take(Rows)
            .Select(row => Text(row[heading.Column], date1904)).Where(text => text.Length > 0).Distinct().Take(Values)));

    static string Text(Cell cell, bool date1904) => cell.Kind switch
    {
        CellKind.Text => Short(cell.ToString() ?? ""),
        CellKind.Date => DateTime.FromOADate(cell.Number + (date1904 ? 1462 : 0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Number => cell.Number.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    static string Short(string text) => text.Length <= 16 ? text.Trim() : text[..16].Trim() + "…";
}
