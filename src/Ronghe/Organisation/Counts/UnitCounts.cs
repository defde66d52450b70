using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Counts;

/// <summary>One count of one unit with all that lies below it.</summary>
public sealed record CountSum(Guid UnitId, string Name, long Total);

/// <summary>One count of one unit with all that lies below it, on one day.</summary>
public sealed record DayCount(DateOnly Day, long Total);

/// <summary>Reads kept counts: the sums, and what is not yet added up.</summary>
public sealed class UnitCounts(AppDb db)
{
    /// <param name="units">Placeholder of the units.</param>
    /// <param name="names">Of what to count.</param>
    /// <param name="before">Of the day from which on nothing counts; what has no day always does.</param>
    static string Sql(string units, string names, string before) => $$"""
        select unit_id "UnitId", name "Name", sum(amount)::bigint "Total"
        from (
            select kept.unit_id, kept.name, kept.amount
            from unit_counts kept where kept.unit_id = any({{units}}) and kept.name = any({{names}}) and kept.day < {{before}}
            union all
            select up.ancestor_id, change.name, change.amount
            from unit_count_changes change join node_closure up on up.descendant_id = change.unit_id and up.ancestor_id = any({{units}})
            where change.name = any({{names}}) and change.day < {{before}}
        ) folded_or_not
        group by unit_id, name
        """;

    /// <summary>Counts of each unit with all that lies below it; what is nowhere is absent.</summary>
    /// <param name="units">One may lie below another; both are then counted in full.</param>
    /// <param name="names">What to count.</param>
    /// <param name="before">What belongs to this day or a later one is left out.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <remarks>Prepared by hand: planning for a thousand units would take as long as reading them.</remarks>
    public Task<List<CountSum>> OfAsync(Guid[] units, string[] names, DateOnly before, CancellationToken cancel = default) => db.PreparedAsync(
        Sql("$1", "$2", "$3"), [units, names, before], row => new CountSum(row.GetGuid(0), row.GetString(1), row.GetInt64(2)), cancel);

    /// <summary>Counts of units that may lie below one another, each finding counted once: add up what comes back.</summary>
    public IQueryable<CountSum> OfTopmost(Guid[] units, string[] names, DateOnly before)
    {
        var sums = db.Database.SqlQueryRaw<CountSum>(Sql("{0}", "{1}", "{2}"), units, names, before);
        return units.Length < 2 ? sums : sums.Where(sum => !db.NodeClosure.Any(up => up.DescendantId == sum.UnitId && up.AncestorId != sum.UnitId && units.Contains(up.AncestorId)));
    }

    /// <summary>What belongs to each day, in units that may lie below one another; each finding counts once. Days that are past may have become one sum, on <see cref="DateOnly.MinValue"/>: only their total means something.</summary>
    public Task<List<DayCount>> ByDayAsync(Guid[] units, string name, DateOnly from, DateOnly to, CancellationToken cancel = default) => db.PreparedAsync("""
        with topmost as (
            select unit_id from unnest($1) unit_id
            where not exists (select from node_closure up where up.descendant_id = unit_id and up.ancestor_id <> unit_id and up.ancestor_id = any($1))
        )
        select day, sum(amount)::bigint
        from (
            select kept.day, kept.amount from unit_counts kept join topmost using (unit_id) where kept.name = $2 and kept.day between $3 and $4
            union all
            select change.day, change.amount
            from unit_count_changes change join node_closure up on up.descendant_id = change.unit_id join topmost on topmost.unit_id = up.ancestor_id
            where change.name = $2 and change.day between $3 and $4
        ) folded_or_not
        group by day having sum(amount) <> 0
        """, [units, name, from, to], row => new DayCount(row.GetFieldValue<DateOnly>(0), row.GetInt64(1)), cancel);
}
