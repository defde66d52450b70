using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.PartyOrganisations;

/// <summary>A Party organisation that somebody wants to set up; without a superior it is the topmost of the company.</summary>
public sealed record NewPartyOrganisation(PartyOrganisationKind Kind, string Name, string Code, Guid? ParentId)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>Only for a topmost organisation that the system sets up; otherwise the superior's or my own.</summary>
    public Guid? CompanyId { get; init; }
}

/// <summary>What the office says of a Party organisation besides its place in the tree.</summary>
public sealed record PartyOrganisationFacts(DateOnly? FoundedOn, DateOnly? TermStartedOn, int? TermYears);

/// <summary>Sets up Party organisations and says which units they cover. The rest is the same in both trees: <see cref="TreeActions"/>.</summary>
public sealed class PartyOrganisationActions(AppDb db, Me me, TreeActions tree, OrganisationAccess access, OrganisationJournal journal)
{
    /// <returns>Id of the organisation; the same answer when the same id was sent before.</returns>
    public async Task<Guid> CreateAsync(NewPartyOrganisation wanted, CancellationToken cancel = default)
    {
        if (await db.PartyOrganisations.VisibleTo(me).AnyAsync(node => node.Id == wanted.Id, cancel)) return wanted.Id;
        await db.InTransactionAsync(async () =>
        {
            var company = me.IsSystem ? wanted.CompanyId ?? Guid.Empty : me.CompanyId;
            await tree.LockTreesOfAsync(wanted.ParentId ?? company, cancel);
            var parent = await SuperiorAsync(wanted.ParentId, company, cancel);
            var position = await db.Nodes.CountAsync(node => node.ParentId == wanted.ParentId, cancel);
            var node = new PartyOrganisation(
                wanted.Kind, wanted.Code, wanted.Name, parent?.CompanyId ?? company, parent, position, wanted.Id);
            if (node.Code == "") throw new Refusal("党组织编码没有填写。", nameof(NewPartyOrganisation.Code));
            if (parent is not null) node.RefuseMisplaced(parent);
            await tree.AddAsync(node, cancel);
        }, cancel);
        return wanted.Id;
    }

    /// <summary>Founding date and term of the committee.</summary>
    public async Task RestateAsync(Guid id, PartyOrganisationFacts facts, int version, CancellationToken cancel = default)
    {
        if (facts.TermYears is < 1 or > 10) throw new Refusal("届期按年填写，一般是 3 年或 5 年。", nameof(PartyOrganisation.TermYears));
        var node = await LoadAsync(id, version, cancel);
        node.Restate(node.Kind, node.Name, node.Position, facts.FoundedOn, facts.TermStartedOn, facts.TermYears, node.CoversText);
        journal.Write(node, OrganisationEvents.NodeRestated);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The organisation covers exactly these units, with everything below them.</summary>
    public async Task CoverAsync(Guid id, IReadOnlyCollection<Guid> unitIds, int version, CancellationToken cancel = default)
    {
        var node = await LoadAsync(id, version, cancel);
        var units = await db.Units.Where(unit => unit.CompanyId == node.CompanyId && unitIds.Contains(unit.Id)).OrderBy(unit => unit.Code).ToListAsync(cancel);
        if (units.Count != unitIds.Distinct().Count()) throw new Refusal("有的单位没有找到，请重新选择覆盖的单位。", "UnitIds");
        foreach (var unit in units) await access.RequireAsync(OrganisationPermissions.ManageUnits, unit.Id, cancel);
        var before = await db.PartyCoverage.Where(pair => pair.PartyOrganisationId == id).ToListAsync(cancel);
        db.PartyCoverage.RemoveRange(before.Where(pair => !unitIds.Contains(pair.UnitId)));
        db.PartyCoverage.AddRange(units.ExceptBy(before.Select(pair => pair.UnitId), unit => unit.Id)
            .Select(unit => new PartyCoverage { PartyOrganisationId = id, UnitId = unit.Id }));
        node.Cover(string.Join('、', units.Select(unit => unit.Name)));
        db.Entry(node).State = EntityState.Modified;
        journal.Write(node, OrganisationEvents.CoverageSet, new { from = before.Select(pair => pair.UnitId), to = units.Select(unit => unit.Id) });
        await db.SaveChangesAsync(cancel);
    }

    async Task<PartyOrganisation> LoadAsync(Guid id, int version, CancellationToken cancel) =>
        await tree.LoadAsync(id, version, cancel) as PartyOrganisation ?? throw new NotFound("这个党组织");

    /// <summary>The topmost organisation is set up by who may manage the whole company.</summary>
    async Task<PartyOrganisation?> SuperiorAsync(Guid? parentId, Guid companyId, CancellationToken cancel)
    {
        if (parentId is { } id)
            return await tree.SuperiorAsync(id, cancel) as PartyOrganisation ?? throw new Refusal("党组织的上级要选党组织。", nameof(NewPartyOrganisation.ParentId));
        await access.RequireAsync(OrganisationPermissions.ManageUnits, companyId, cancel);
        return null;
    }
}
