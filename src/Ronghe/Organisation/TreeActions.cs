using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation;

/// <summary>What can be done to a node of either tree. The closure is kept by the same act.</summary>
public sealed class TreeActions(
    AppDb db, Me me, OrganisationAccess access, OrganisationJournal journal, TreeClosure closure, NodeDetails details, TimeProvider clock)
{
    public async Task RenameAsync(Guid nodeId, string name, int version, CancellationToken cancel = default)
    {
        var node = await LoadAsync(nodeId, version, cancel);
        var before = node.Name;
        node.Rename(name);
        if (node.Name == before) throw new Refusal("名称没有变化，没有改动。", nameof(OrganisationNode.Name));
        await RefuseTwinAsync(node, node.ParentId, cancel);
        journal.Write(node, OrganisationEvents.NodeRenamed, new { from = before, to = node.Name });
        await db.SaveChangesAsync(cancel);
    }

    public async Task MoveAsync(Guid nodeId, Guid parentId, int version, CancellationToken cancel = default) => await db.InTransactionAsync(async () =>
    {
        var node = await LoadAsync(nodeId, version, cancel, locked: true);
        var parent = await SuperiorAsync(parentId, cancel);
        var before = node.ParentId;
        node.Move(parent);
        await RefuseTwinAsync(node, parentId, cancel);
        await closure.MoveAsync(nodeId, parentId, cancel);
        journal.Write(node, OrganisationEvents.NodeMoved, new { from = before, to = parentId });
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>Only a node that nobody belongs to any more can be dissolved; it stays for the records that name it.</summary>
    public async Task CloseAsync(Guid nodeId, int version, CancellationToken cancel = default) => await db.InTransactionAsync(async () =>
    {
        var node = await LoadAsync(nodeId, version, cancel, locked: true);
        if ((await details.LoadOfAsync(nodeId, cancel)).WhyNotClosed is { } reason) throw new Refusal($"“{node.Name}”{reason}，请先处理后再撤销。");
        node.Close(clock.Today());
        journal.Write(node, OrganisationEvents.NodeClosed);
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>The open nodes right below one come under another, with all that lies below them. Inside the transaction of the act.</summary>
    internal async Task TakeOverAsync(Guid fromId, OrganisationNode into, CancellationToken cancel)
    {
        foreach (var child in await db.Nodes.Where(node => node.ParentId == fromId && node.ClosedOn == null).ToListAsync(cancel))
        {
            child.Move(into);
            await RefuseTwinAsync(child, into.Id, cancel);
            await closure.MoveAsync(child.Id, into.Id, cancel);
            journal.Write(child, OrganisationEvents.NodeMoved, new { from = fromId, to = into.Id });
        }
    }

    /// <summary>Saves a new node with its place in the closure. Inside the transaction of the act that makes it.</summary>
    internal async Task AddAsync(OrganisationNode node, CancellationToken cancel)
    {
        await RefuseTwinAsync(node, node.ParentId, cancel);
        if (await db.Nodes.AnyAsync(other => other.CompanyId == node.CompanyId && other.Code == node.Code, cancel))
            throw new Refusal($"编码“{node.Code}”已经用过，请换一个。", nameof(OrganisationNode.Code));
        db.Nodes.Add(node);
        journal.Write(node, OrganisationEvents.NodeCreated, new { name = node.Name, parent = node.ParentId });
        await db.SaveChangesAsync(cancel);
        await closure.AddAsync(node, cancel);
    }

    /// <summary>A node that I see and may change, in the version that I saw.</summary>
    internal async Task<OrganisationNode> LoadAsync(Guid nodeId, int version, CancellationToken cancel, bool locked = false)
    {
        if (locked) await LockTreesOfAsync(nodeId, cancel);
        var node = await db.Nodes.VisibleTo(me).FirstOrDefaultAsync(n => n.Id == nodeId, cancel) ?? throw new NotFound("这个单位或党组织");
        await access.RequireAsync(OrganisationPermissions.ManageUnits, nodeId, cancel);
        await journal.RefuseStaleAsync(node, version, cancel);
        return node;
    }

    /// <summary>A node under which I may put others.</summary>
    internal async Task<OrganisationNode> SuperiorAsync(Guid parentId, CancellationToken cancel)
    {
        var parent = await db.Nodes.VisibleTo(me).FirstOrDefaultAsync(n => n.Id == parentId, cancel)
            ?? throw new Refusal("没有找到这个上级，请重新选择。", nameof(OrganisationNode.ParentId));
        await access.RequireAsync(OrganisationPermissions.ManageUnits, parentId, cancel);
        return parent;
    }

    /// <summary>Before anything is read, so that what is read is what the act changes.</summary>
    internal async Task LockTreesOfAsync(Guid nodeId, CancellationToken cancel)
    {
        var company = await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.CompanyId).FirstOrDefaultAsync(cancel);
        await closure.LockAsync(company, cancel);
    }

    async Task RefuseTwinAsync(OrganisationNode node, Guid? parentId, CancellationToken cancel)
    {
        if (parentId is not null && await db.Nodes.AnyAsync(
            other => other.ParentId == parentId && other.Name == node.Name && other.Id != node.Id && other.ClosedOn == null, cancel))
            throw new Refusal($"同一上级下面已经有“{node.Name}”，请换一个名称。", nameof(OrganisationNode.Name));
    }
}

/// <summary>Who and what still belongs to a node.</summary>
public sealed record NodeLoad(int Children, int People, int Members, int Appointments)
{
    public string? WhyNotClosed =>
        Children > 0 ? $"还有 {Children} 个下级"
        : People > 0 ? $"还有 {People} 人"
        : Members > 0 ? $"还有 {Members} 名党员或培养对象"
        : Appointments > 0 ? $"还有 {Appointments} 项任职"
        : null;
}
