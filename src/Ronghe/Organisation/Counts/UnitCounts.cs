using Microsoft.EntityFrameworkCore;

namespace Ronghe.Organisation.Counts;

/// <summary>What to read: a name, and from which day on.</summary>
public sealed record CountWish(string Name, DateOnly Since)
{
    public static CountWish Ever(string name) => new(name, DateOnly.MinValue);
}

/// <param name="Total">Of all days wished for.</param>
/// <param name="Before">Of the days before the day that was asked for; those without a day are not among them.</param>
public sealed record CountSum(Guid UnitId, string Name, long Total, long Before);

/// <summary>Reads kept counts: the sums, and what is not yet added up.</summary>
public sealed class UnitCounts(AppDb db)
{
    /// <summary>Counts of each unit with all that lies below it; what is nowhere is absent.</summary>
    /// <param name="units">One may lie below another; both are then counted in full.</param>
    /// <param name="wishes">What to count.</param>
    /// <param name="before">See <see cref="CountSum.Before"/>.</param>
    public IQueryable<CountSum> Of(Guid[] units, IReadOnlyList<CountWish> wishes, DateOnly before)
    {
        var (names, since) = (wishes.Select(wish => wish.Name).ToArray(), wishes.Select(wish => wish.Since).ToArray());
        return db.Database.SqlQuery<CountSum>($"""
            select unit_id "UnitId", name "Name", sum(amount)::bigint "Total", coalesce(sum(amount) filter (where day > '-infinity' and day < {before}), 0)::bigint "Before"
            from (
                select kept.unit_id, kept.name, kept.day, kept.amount
                from unnest({units}) as asked(id) cross join unnest({names}, {since}) as wish(name, since)
                join unit_counts kept on kept.unit_id = asked.id and kept.name = wish.name and kept.day >= wish.since
                union all
                select up.ancestor_id, change.name, change.day, change.amount
                from unit_count_changes change
                join unnest({names}, {since}) as wish(name, since) on change.name = wish.name and change.day >= wish.since
                join node_closure up on up.descendant_id = change.unit_id and up.ancestor_id = any({units})
            ) folded_or_not
            group by unit_id, name
            """);
    }

    /// <summary>Counts of units that may lie below one another, each finding counted once: add up what comes back.</summary>
    public IQueryable<CountSum> OfTopmost(Guid[] units, IReadOnlyList<CountWish> wishes, DateOnly before) => units.Length < 2
        ? Of(units, wishes, before)
        : Of(units, wishes, before).Where(sum => !db.NodeClosure.Any(up => up.DescendantId == sum.UnitId && up.AncestorId != sum.UnitId && units.Contains(up.AncestorId)));
}
