using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Counts;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Findings;

/// <summary>How many findings lie in a unit and below it, by state.</summary>
public sealed record FindingLoad(long Reported, long Assigned, long Overdue, long Rectified, long Verified, long Closed)
{
    public static readonly FindingLoad None = new(0, 0, 0, 0, 0, 0);

    public long Open => Reported + Assigned + Rectified + Verified;

    public static FindingLoad operator +(FindingLoad a, FindingLoad b) => new(
        a.Reported + b.Reported, a.Assigned + b.Assigned, a.Overdue + b.Overdue, a.Rectified + b.Rectified, a.Verified + b.Verified, a.Closed + b.Closed);

    public static FindingLoad operator -(FindingLoad a, FindingLoad b) => new(
        a.Reported - b.Reported, a.Assigned - b.Assigned, a.Overdue - b.Overdue, a.Rectified - b.Rectified, a.Verified - b.Verified, a.Closed - b.Closed);
}

/// <param name="HasUnits">Whether there are units below it to look into.</param>
public sealed record UnitLoad(Guid UnitId, string Name, bool HasUnits, FindingLoad Load);

/// <summary>One unit: itself with all below, what lies in it directly, and each unit right below it.</summary>
/// <param name="Path">The units above it that I may look at, from the top.</param>
public sealed record UnitLoads(UnitLoad Whole, IReadOnlyList<UnitLoad> Units, IReadOnlyList<(Guid Id, string Name)> Path)
{
    public FindingLoad Direct => Whole.Load - Units.Aggregate(FindingLoad.None, (sum, unit) => sum + unit.Load);
}

/// <summary>Findings unit by unit along the tree, from the kept counts.</summary>
public sealed class FindingLoads(AppDb db, Me me, UnitCounts counts, TimeProvider clock)
{
    static readonly string[] Names = [.. FindingStates.Counted.Select(FindingCounting.NameOf), FindingCounting.Due];

    sealed record Node(Guid Id, string Name, bool HasUnits, int Depth);

    /// <summary>A unit within my reach, or, without one, the first of my topmost units.</summary>
    /// <exception cref="NotFound">There is no such unit, or it is not mine to see.</exception>
    public async Task<UnitLoads> OfAsync(Guid? unitId, CancellationToken cancel = default)
    {
        var reach = me.ReachOf(FindingPermissions.View);
        var nodes = await NodesAsync(unitId, reach, cancel);
        var whole = nodes.Find(node => node.Depth == 0) ?? throw new NotFound("这个单位");
        var below = nodes.FindAll(node => node.Depth < 0);
        var sums = (await counts.OfAsync([whole.Id, .. below.Select(node => node.Id)], Names, clock.Today(), cancel)).ToLookup(sum => sum.UnitId);
        UnitLoad Loaded(Node node) => new(node.Id, node.Name, node.HasUnits, LoadOf(sums[node.Id]));
        return new(Loaded(whole), below.ConvertAll(Loaded), [.. nodes.Where(node => node.Depth > 0).OrderByDescending(node => node.Depth).Select(node => (node.Id, node.Name))]);
    }

    /// <summary>The unit (depth 0), its superiors within my reach (depth 1 and more), and the units right below it (depth −1), in their order.</summary>
    Task<List<Node>> NodesAsync(Guid? unitId, Guid[] reach, CancellationToken cancel) => db.Database.SqlQuery<Node>($"""
        with start as (
            select n.id from nodes n
            where n.tree = 'unit' and (n.id = {unitId} or {unitId}::uuid is null and n.id = any({reach}))
              and exists (select from node_closure c where c.descendant_id = n.id and c.ancestor_id = any({reach}))
            order by (select count(*) from node_closure c where c.descendant_id = n.id), n.code limit 1
        ), around as (
            select c.ancestor_id id, c.depth from start join node_closure c on c.descendant_id = start.id
            where exists (select from node_closure mine where mine.descendant_id = c.ancestor_id and mine.ancestor_id = any({reach}))
            union all
            select n.id, -1 from start join nodes n on n.parent_id = start.id where n.closed_on is null
        )
        select n.id "Id", n.name "Name", around.depth "Depth", exists (select from nodes child where child.parent_id = n.id and child.closed_on is null) "HasUnits"
        from around join nodes n on n.id = around.id order by n.position, n.code
        """).ToListAsync(cancel);

    static FindingLoad LoadOf(IEnumerable<CountSum> sums)
    {
        var totals = sums.ToDictionary(sum => sum.Name, sum => sum.Total);
        long Of(FindingStatus status) => totals.GetValueOrDefault(FindingCounting.NameOf(status));
        return new(Of(FindingStatus.Reported), Of(FindingStatus.Assigned), totals.GetValueOrDefault(FindingCounting.Due),
            Of(FindingStatus.Rectified), Of(FindingStatus.Verified), Of(FindingStatus.Closed));
    }
}
