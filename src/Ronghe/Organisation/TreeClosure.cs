using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Counts;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation;

/// <summary>
/// Keeps "what lies below" of both trees, and the counts that follow from it. Every method works inside the transaction of the act that changes the tree, and
/// <see cref="LockAsync"/> lets one such act at a time into a company: two moves at once could close a ring.
/// </summary>
public sealed class TreeClosure(AppDb db, CountKeeping counts)
{
    /// <summary>Waits until no other act changes the trees of this company; held to the end of the transaction.</summary>
    public async Task LockAsync(Guid companyId, CancellationToken cancel = default) =>
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('tree' || {companyId}::text, 0))", cancel);

    /// <summary>A node that has just been saved takes its place under its superior.</summary>
    public async Task AddAsync(OrganisationNode node, CancellationToken cancel = default) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into node_closure (ancestor_id, descendant_id, depth)
            select ancestor_id, {node.Id}, depth + 1 from node_closure where descendant_id = {node.ParentId}
            union all select {node.Id}, {node.Id}, 0
            """, cancel);

    /// <summary>The node leaves its superiors, with all that lies below it, and takes the new superior's.</summary>
    /// <exception cref="Refusal">The new superior is the node itself or lies below it.</exception>
    public async Task MoveAsync(Guid nodeId, Guid parentId, CancellationToken cancel = default)
    {
        if (await db.NodeClosure.AnyAsync(pair => pair.AncestorId == nodeId && pair.DescendantId == parentId, cancel))
            throw new Refusal("不能移到自己或自己的下级下面，请另选上级。", nameof(OrganisationNode.ParentId));
        await counts.LeaveAsync(nodeId, cancel);
        await db.Database.ExecuteSqlAsync($"""
            delete from node_closure link using node_closure below
            where below.ancestor_id = {nodeId} and link.descendant_id = below.descendant_id
              and not exists (select from node_closure within where within.ancestor_id = {nodeId} and within.descendant_id = link.ancestor_id)
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into node_closure (ancestor_id, descendant_id, depth)
            select above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
            from node_closure above cross join node_closure below
            where above.descendant_id = {parentId} and below.ancestor_id = {nodeId}
            """, cancel);
        await counts.ArriveAsync(nodeId, cancel);
    }

    /// <summary>Makes the whole closure of a company anew from the superiors: for bulk loads, after the nodes were saved.</summary>
    public Task RebuildAsync(Guid companyId, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        await LockAsync(companyId, cancel);
        await counts.UnfoldAsync(companyId, cancel);
        await db.Database.ExecuteSqlAsync($"""
            delete from node_closure using nodes where nodes.id = node_closure.descendant_id and nodes.company_id = {companyId}
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into node_closure (ancestor_id, descendant_id, depth)
            with recursive up as (
                select id ancestor_id, id descendant_id, 0 depth, parent_id from nodes where company_id = {companyId}
                union all
                select parent.id, up.descendant_id, up.depth + 1, parent.parent_id from up join nodes parent on parent.id = up.parent_id
            )
            select ancestor_id, descendant_id, depth from up
            """, cancel);
    }, cancel);
}
