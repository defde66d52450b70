using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Hands the journal to a follower, batch by batch. Rows come by (xid, seq), and only those whose transaction is older than every
/// one still running: no row can appear before a place that was passed, so none is skipped and none comes twice, in whatever order
/// transactions commit. One node at a time serves a follower.
/// </summary>
public sealed class Following(AppDb db, IServiceProvider scope, TimeProvider clock)
{
    /// <summary>Handles the next batch.</summary>
    /// <returns>How many rows; 0 when there are none yet or another node is at it.</returns>
    public async Task<int> StepAsync(Follower follower, CancellationToken cancel = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Taken before the place is read, in a statement of its own: a place read earlier could be passed already.
        if (!await IsMineAsync(follower, cancel)) return 0;
        var rows = await NextAsync(follower, cancel);
        if (rows.Count == 0) return 0;
        await follower.Handle(scope, rows, cancel);
        await PassAsync(follower, rows, cancel);
        await transaction.CommitAsync(cancel);
        return rows.Count;
    }

    /// <summary>Gives a new follower its place before the first row.</summary>
    public Task EnrolAsync(Follower follower, CancellationToken cancel = default) => db.Database.ExecuteSqlAsync(
        $"insert into journal_followers (name, xid, seq, handled) values ({follower.Name}, '0', 0, 0) on conflict do nothing", cancel);

    /// <summary>Keeps in sight what went wrong; the batch itself left nothing behind.</summary>
    public Task NoteProblemAsync(Follower follower, string problem, CancellationToken cancel = default) => db.Database.ExecuteSqlAsync(
        $"update journal_followers set failing_since = coalesce(failing_since, {clock.GetUtcNow()}), problem = {problem} where name = {follower.Name}", cancel);

    async Task<bool> IsMineAsync(Follower follower, CancellationToken cancel) => (await db.Database.SqlQuery<bool>(
        $"""select pg_try_advisory_xact_lock(hashtextextended({"follower:" + follower.Name}, 0)) as "Value" """).ToListAsync(cancel))[0];

    Task<List<JournalRow>> NextAsync(Follower follower, CancellationToken cancel) => db.Journal.FromSql($"""
        select j.* from journal_followers place cross join lateral (
            select * from journal
            where (xid, seq) > (place.xid, place.seq) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by xid, seq limit {follower.Most}) j
        where place.name = {follower.Name}
        """).AsNoTracking().ToListAsync(cancel);

    async Task PassAsync(Follower follower, List<JournalRow> rows, CancellationToken cancel)
    {
        var (first, last) = (rows[0], rows[^1]);
        var passed = await db.Database.ExecuteSqlAsync($"""
            update journal_followers set xid = {$"{last.Xid}"}::text::xid8, seq = {last.Seq}, handled = handled + {rows.Count}, handled_at = {clock.GetUtcNow()},
                failing_since = null, problem = null
            where name = {follower.Name} and (xid, seq) < ({$"{first.Xid}"}::text::xid8, {first.Seq})
            """, cancel);
        if (passed != 1) throw new InvalidOperationException($"The place of {follower.Name} was moved by somebody else.");
    }
}
