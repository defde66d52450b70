using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;

namespace Ronghe.Organisation.Counts;

/// <summary>A count that is not what counting anew gives.</summary>
public sealed record WrongCount(Guid UnitId, string Name, DateOnly Day, long Kept, long Recounted);

/// <summary>What the check found: how many counts were compared, and the first of those that are wrong.</summary>
public sealed record CountVerdict(long Compared, long Wrong, IReadOnlyList<WrongCount> First);

/// <summary>Compares every kept count with a recount of the records, as of one moment.</summary>
public sealed class CountCheck(AppDb db, IEnumerable<CountSource> sources, TimeProvider clock)
{
    const int MostShown = 20;

    sealed record Difference(Guid UnitId, string Name, DateOnly Day, long Kept, long Recounted, long Compared, long Wrong);

    public async Task<CountVerdict> RunAsync(CancellationToken cancel = default)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        var rows = await db.Database.SqlQueryRaw<Difference>(Sql(), MostShown, clock.Today()).ToListAsync(cancel);
        return new(rows[0].Compared, rows[0].Wrong, [.. rows.Where(row => row.Wrong > 0).Select(row => new WrongCount(row.UnitId, row.Name, row.Day, row.Kept, row.Recounted))]);
    }

    /// <summary>Days that are past count together (<see cref="CountKeeping.SettleAsync"/>).</summary>
    static string Settled(string day) => $$"""case when {{day}} < {1} then '-infinity' else {{day}} end""";

    string Sql() => $$"""
        with kept as (
            select unit_id, name, {{Settled("day")}} "day", sum(amount)::bigint amount from (
                select unit_id, name, day, amount from unit_counts
                union all
                select up.ancestor_id, change.name, change.day, change.amount
                from unit_count_changes change join node_closure up on up.descendant_id = change.unit_id
            ) k group by unit_id, name, {{Settled("day")}} having sum(amount) <> 0
        ), recounted as (
            select up.ancestor_id unit_id, own.name, {{Settled("own.day")}} "day", sum(own.amount)::bigint amount
            from ({{string.Join(" union all ", sources.Select(source => source.Recount))}}) own
            join node_closure up on up.descendant_id = own.unit_id
            group by up.ancestor_id, own.name, {{Settled("own.day")}}
        ), both_sides as (
            select unit_id, name, day, coalesce(kept.amount, 0) kept, coalesce(recounted.amount, 0) recounted
            from kept full join recounted using (unit_id, name, day)
        ), verdict as (
            select count(*) compared, count(*) filter (where kept <> recounted) wrong from both_sides
        )
        select coalesce(b.unit_id, '00000000-0000-0000-0000-000000000000') "UnitId", coalesce(b.name, '') "Name", coalesce(b.day, '-infinity') "Day",
               coalesce(b.kept, 0) "Kept", coalesce(b.recounted, 0) "Recounted", v.compared "Compared", v.wrong "Wrong"
        from verdict v left join lateral (select * from both_sides where kept <> recounted limit {0}) b on true
        """;
}
