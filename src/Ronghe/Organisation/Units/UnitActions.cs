using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Units;

/// <summary>A unit that somebody wants to set up. Without a superior it is a new company, which only the system may found.</summary>
public sealed record NewUnit(UnitKind Kind, string Name, string Code, Guid? ParentId)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>Founds units. Renaming, moving and dissolving are the same in both trees: <see cref="TreeActions"/>.</summary>
public sealed class UnitActions(AppDb db, Me me, TreeActions tree)
{
    /// <returns>Id of the unit; the same answer when the same id was sent before.</returns>
    public async Task<Guid> CreateAsync(NewUnit wanted, CancellationToken cancel = default)
    {
        if (await db.Units.VisibleTo(me).AnyAsync(unit => unit.Id == wanted.Id, cancel)) return wanted.Id;
        await db.InTransactionAsync(async () =>
        {
            if (wanted.ParentId is { } above) await tree.LockTreesOfAsync(above, cancel);
            var parent = await SuperiorAsync(wanted.ParentId, cancel);
            var position = await db.Nodes.CountAsync(node => node.ParentId == wanted.ParentId, cancel);
            var unit = new Unit(wanted.Kind, wanted.Code, wanted.Name, parent, position, wanted.Id);
            if (unit.Code == "") throw new Refusal("单位编码没有填写。", nameof(NewUnit.Code));
            if (parent is not null) unit.RefuseMisplaced(parent);
            await tree.AddAsync(unit, cancel);
        }, cancel);
        return wanted.Id;
    }

    async Task<Unit?> SuperiorAsync(Guid? parentId, CancellationToken cancel)
    {
        if (parentId is { } id)
            return await tree.SuperiorAsync(id, cancel) as Unit ?? throw new Refusal("单位的上级要选行政单位，不能选党组织。", nameof(NewUnit.ParentId));
        return me.IsSystem ? null : throw new Refusal("上级单位没有选择。", nameof(NewUnit.ParentId));
    }
}
