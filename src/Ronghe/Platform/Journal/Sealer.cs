using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Journal;

/// <summary>Closes the journal behind it, batch by batch: a follower like the others, so that it misses no row and takes none twice.</summary>
public sealed class Sealer(AppDb db, TimeProvider clock)
{
    public static readonly Follower Follower = new("seal", "封存流水", (scope, rows, cancel) => scope.GetRequiredService<Sealer>().SealAsync(rows, cancel))
    {
        Most = 5000,
        Pause = TimeSpan.FromSeconds(5),
    };

    public async Task SealAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel = default)
    {
        var last = await db.JournalSeals.AsNoTracking().OrderByDescending(seal => seal.Number).FirstOrDefaultAsync(cancel);
        var number = (last?.Number ?? 0) + 1;
        using var hash = new SealHash();
        hash.Begin(last?.Hash ?? SealHash.Beginning, number);
        foreach (var row in rows) hash.Add(SealedRow.Of(row));
        db.JournalSeals.Add(new JournalSeal
        {
            Number = number, ToXid = rows[^1].Xid, ToSeq = rows[^1].Seq, Rows = rows.Count, SealedAt = clock.GetUtcNow(), Hash = hash.End(),
        });
        await db.SaveChangesAsync(cancel);
    }
}
