using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Places;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Ledgers;

/// <summary>Takes in a hazard ledger: each row becomes a finding with the course that the ledger tells of.</summary>
public sealed class FindingImporter(AppDb db, PlaceWords words) : IImporter
{
    public string Kind => "findings";
    public string Title => "隐患台账";
    public string Permission => FindingPermissions.Import;
    public IReadOnlyList<SheetSpec> Sheets { get; } = [LedgerSpec.Findings];

    public IReadOnlyList<ImportSubject> Subjects { get; } =
    [
        ImportSubject.Of<Finding>(FindingActions.Kind, finding => finding.Number, finding => finding.UnitId),
        ImportSubject.Of<PlaceWord>(OrganisationEvents.PlaceWord, word => word.Word, _ => null),
    ];

    public async Task<ImportPlan> PlanAsync(ImportSource source, CancellationToken cancel)
    {
        var company = source.CompanyId!.Value;
        var errors = new SheetErrors();
        var sheets = source.Readings(LedgerSpec.Findings, errors);
        var directory = await LedgerDirectory.LoadAsync(db, company, await ReachAsync(source.Me, cancel), await words.MapAsync(company, cancel), cancel);
        var questions = new WordQuestions(source.Choices);
        var meant = new LedgerWordsMeant(directory, questions);
        var ledger = new LedgerReading(directory, meant, questions, await ExistingAsync(company, sheets, source.Choices.ShiftDays, cancel), source);
        foreach (var sheet in sheets) ledger.Read(sheet);
        ledger.ResolveMerges();
        return new LedgerPlan(company, ledger.Entries, meant)
        {
            Rows = ledger.Rows, Valid = ledger.Entries.Count, Errors = errors.All, Words = questions.All, Notes = [.. SkippedRows.Notes(sheets)],
        };
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> MeaningsAsync(Guid companyId, CancellationToken cancel)
    {
        var places = await db.Places.Where(place => place.CompanyId == companyId && place.IsActive).OrderBy(place => place.Code).Select(place => place.FullName).ToListAsync(cancel);
        var categories = await db.HazardCategories.Where(category => category.IsActive).OrderBy(category => category.Id).Select(category => category.Name).ToListAsync(cancel);
        return new Dictionary<string, IReadOnlyList<string>> { [LedgerSpec.Location] = places, [LedgerSpec.Equipment] = places, [LedgerSpec.Category] = categories };
    }

    /// <summary>Null when I may import into every unit of the company.</summary>
    async Task<HashSet<Guid>?> ReachAsync(Me me, CancellationToken cancel)
    {
        var reach = me.ReachOf(Permission);
        if (me.IsSystem || reach.Contains(me.CompanyId)) return null;
        return await db.NodeClosure.Where(pair => reach.Contains(pair.AncestorId)).Select(pair => pair.DescendantId).ToHashSetAsync(cancel);
    }

    /// <summary>Those of the file's numbers that are taken already. Numbers that move with their year are asked for by year.</summary>
    async Task<HashSet<string>> ExistingAsync(Guid company, IReadOnlyList<SheetReading> sheets, int shift, CancellationToken cancel)
    {
        var ours = db.Findings.Where(finding => finding.CompanyId == company).Select(finding => finding.Number);
        if (shift != 0) return await ours.ToHashSetAsync(cancel);
        var numbers = (
            from sheet in sheets
            from row in sheet.Sheet.Rows
            select CellText.Code(row[Math.Max(0, sheet.Mapping.Of(LedgerSpec.Number))].ToString())).Distinct().ToArray();
        return await ours.Where(number => numbers.Contains(number)).ToHashSetAsync(cancel);
    }
}
