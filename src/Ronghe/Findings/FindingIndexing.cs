using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Findings;

/// <summary>Makes findings findable that were stored before there was a search, or by a hand that did not know of it.</summary>
public static class FindingIndexing
{
    const int Batch = 5000, Looked = 100;

    /// <summary>How many were without words. Whether any is, the oldest and the newest ones tell: looking at all would take a second of every start.</summary>
    public static async Task<int> FillAsync(AppDb db, CancellationToken cancel = default)
    {
        var bare = db.Findings.AsNoTracking().Where(f => !db.FindingWords.Any(words => words.FindingId == f.Id));
        var ends = db.Findings.OrderBy(f => f.ReportedAt).Take(Looked).Concat(db.Findings.OrderByDescending(f => f.ReportedAt).Take(Looked)).Select(f => f.Id);
        if (!await bare.AnyAsync(f => ends.Contains(f.Id), cancel)) return 0;
        var filled = 0;
        await db.InTransactionAsync(async () =>
        {
            for (var last = Guid.Empty; ;)
            {
                var texts = await bare.Where(f => f.Id > last).OrderBy(f => f.Id).Take(Batch)
                    .Select(f => new FindingText(f.Id, f.Number, f.Description, f.PlaceText, f.ReportedAt)).ToListAsync(cancel);
                if (texts.Count == 0) break;
                filled += await db.CopyAsync(texts.Select(FindingWords.Of), cancel);
                last = texts[^1].Id;
            }
        }, cancel);
        return filled;
    }
}
