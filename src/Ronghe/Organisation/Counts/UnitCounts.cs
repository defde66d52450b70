using Microsoft.EntityFrameworkCore;

namespace Ronghe.Organisation.Counts;

/// <summary>One count of one unit with all that lies below it.</summary>
/// <param name="Before">Of the days before the day that was asked for; those without a day are not among them.</param>
public sealed record CountSum(Guid UnitId, string Name, long Total, long Before);

/// <summary>Reads kept counts: the sums, and what is not yet added up.</summary>
public sealed class UnitCounts(AppDb db)
{
    /// <summary>Counts of each unit with all that lies below it; what is nowhere is absent.</summary>
    /// <param name="units">One may lie below another; both are then counted in full.</param>
    /// <param name="names">What to count.</param>
    /// <param name="before">See <see cref="CountSum.Before"/>.</param>
    public IQueryable<CountSum> Of(Guid[] units, string[] names, DateOnly before) => db.Database.SqlQuery<CountSum>($"""
        select unit_id "UnitId", name "Name", sum(amount)::bigint "Total", coalesce(sum(amount) filter (where day > '-infinity' and day < {before}), 0)::bigint "Before"
        from (
            select kept.unit_id, kept.name, kept.day, kept.amount
            from unit_counts kept where kept.unit_id = any({units}) and kept.name = any({names})
            union all
            select up.ancestor_id, change.name, change.day, change.amount
            from unit_count_changes change join node_closure up on up.descendant_id = change.unit_id and up.ancestor_id = any({units})
            where change.name = any({names})
        ) folded_or_not
        group by unit_id, name
        """);

    /// <summary>Counts of units that may lie below one another, each finding counted once: add up what comes back.</summary>
    public IQueryable<CountSum> OfTopmost(Guid[] units, string[] names, DateOnly before) => units.Length < 2
        ? Of(units, names, before)
        : Of(units, names, before).Where(sum => !db.NodeClosure.Any(up => up.DescendantId == sum.UnitId && up.AncestorId != sum.UnitId && units.Contains(up.AncestorId)));
}
