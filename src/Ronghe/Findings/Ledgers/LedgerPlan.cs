using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Places;

namespace Ronghe.Findings.Ledgers;

/// <summary>New findings with their past, and the words for places that the answers have explained.</summary>
sealed class LedgerPlan(Guid companyId, IReadOnlyList<LedgerEntry> entries, LedgerWordsMeant meant) : ImportPlan
{
    public override async Task<Guid> ApplyAsync(ImportWriter writer, CancellationToken cancel)
    {
        var made = await MakeAsync(writer, cancel);
        await writer.CreateAsync(made, cancel);
        await writer.CreatePartsAsync(made.SelectMany(finding => finding.Steps), cancel);
        await writer.CreatePartsAsync(made.Select(FindingWords.Of), cancel);
        await writer.CreateAsync(meant.Learnt.Select(word => new PlaceWord(companyId, word.Kind, word.Word, word.Place)), cancel);
        foreach (var year in made.Select(finding => LedgerNumber.Read(finding.Number)).OfType<(int Year, int Place)>().GroupBy(number => number.Year, number => number.Place))
            await AdvanceAsync(writer.Db, year.Key, year.Max(), cancel);
        return companyId;
    }

    async Task<List<Finding>> MakeAsync(ImportWriter writer, CancellationToken cancel)
    {
        var numbers = new FindingNumbers(writer.Db);
        var made = new List<Finding>(entries.Count);
        foreach (var entry in entries)
        {
            var number = entry.Number ?? await numbers.NextAsync(companyId, entry.Found.Year, cancel);
            made.Add(LedgerHistory.Live(entry, Guid.CreateVersion7(), companyId, number, writer.At));
        }
        MergeDuplicates(made, writer.At);
        return made;
    }

    void MergeDuplicates(List<Finding> made, DateTimeOffset enteredAt)
    {
        var byNumber = entries.Zip(made).Where(row => row.First.FileNumber is not null).ToDictionary(row => row.First.FileNumber!, row => row.Second);
        foreach (var (entry, finding) in entries.Zip(made))
            if (entry.MergedInto is { } other) LedgerHistory.Merge(finding, byNumber[other], entry, enteredAt);
    }

    /// <summary>New numbers go on behind those of the ledger.</summary>
    async Task AdvanceAsync(AppDb db, int year, int last, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        insert into finding_numbers (company_id, year, last) values ({companyId}, {year}, {last})
        on conflict (company_id, year) do update set last = greatest(finding_numbers.last, excluded.last)
        """, cancel);
}
