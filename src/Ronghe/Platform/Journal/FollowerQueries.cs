using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Journal;

/// <summary>How one follower of the journal stands.</summary>
/// <param name="Waiting">Rows that it has not handled, counted up to <see cref="MostWaiting"/>.</param>
public sealed record FollowerRow(string Title, long Handled, DateTimeOffset? HandledAt, int Waiting, DateTimeOffset? FailingSince, string? Problem)
{
    public const int MostWaiting = 10_000;
}

/// <summary>How far one follower is behind.</summary>
public sealed record FollowerLag(string Name, int Rows, TimeSpan Behind);

/// <summary>How far the followers have come, for whoever looks after the system.</summary>
public sealed class FollowerQueries(AppDb db, IEnumerable<Follower> followers, TimeProvider clock)
{
    sealed record Stand(string Name, long Handled, DateTimeOffset? HandledAt, int Waiting, DateTimeOffset? FailingSince, string? Problem);

    public async Task<IReadOnlyList<FollowerRow>> ListAsync(CancellationToken cancel = default)
    {
        var stands = await db.Database.SqlQuery<Stand>($"""
            select f.name "Name", f.handled "Handled", f.handled_at "HandledAt", f.failing_since "FailingSince", f.problem "Problem",
                (select count(*)::int from (select from journal j where (j.xid, j.seq) > (f.xid, f.seq) limit {FollowerRow.MostWaiting}) w) "Waiting"
            from journal_followers f
            """).ToDictionaryAsync(stand => stand.Name, cancel);
        return [.. followers.Select(follower => stands.GetValueOrDefault(follower.Name) is { } stand
            ? new FollowerRow(follower.Title, stand.Handled, stand.HandledAt, stand.Waiting, stand.FailingSince, stand.Problem)
            : new FollowerRow(follower.Title, 0, null, 0, null, null))];
    }

    sealed record Waiting(string Name, int Rows, DateTimeOffset? Oldest);

    /// <summary>One that has not begun has everything before it.</summary>
    public async Task<IReadOnlyList<FollowerLag>> LagsAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Database.SqlQuery<Waiting>($"""
            select n.name "Name", (select count(*)::int from (select from journal j where (j.xid, j.seq) > (place.xid, place.seq) limit {FollowerRow.MostWaiting}) w) "Rows",
                (select j.at from journal j where (j.xid, j.seq) > (place.xid, place.seq) order by j.xid, j.seq limit 1) "Oldest"
            from unnest({followers.Select(follower => follower.Name).ToArray()}) as n(name) left join journal_followers f on f.name = n.name
            cross join lateral (select coalesce(f.xid, '0'::xid8) xid, coalesce(f.seq, 0) seq) place
            """).ToListAsync(cancel);
        return [.. waiting.Select(one => new FollowerLag(one.Name, one.Rows, one.Oldest is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero))];
    }
}
