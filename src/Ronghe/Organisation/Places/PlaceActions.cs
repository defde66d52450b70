using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.Organisation.Places;

/// <summary>A place that somebody wants to add; a site has no place above it.</summary>
public sealed record NewPlace(PlaceLevel Level, string Name, string Code, Guid? ParentId)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string Kks { get; init; } = "";
    public Guid? UnitId { get; init; }
    public string[] Aliases { get; init; } = [];
    /// <summary>Only for a site that the system sets up; otherwise the superior's or my own.</summary>
    public Guid? CompanyId { get; init; }
}

/// <summary>Keeps the tree of places. The right is asked for at the unit that looks after a place, or at the company.</summary>
public sealed class PlaceActions(AppDb db, Me me, OrganisationAccess access, OrganisationJournal journal)
{
    /// <returns>Id of the place; the same answer when the same id was sent before.</returns>
    public async Task<Guid> CreateAsync(NewPlace wanted, CancellationToken cancel = default)
    {
        if (await db.Places.VisibleTo(me).AnyAsync(place => place.Id == wanted.Id, cancel)) return wanted.Id;
        var company = me.IsSystem ? wanted.CompanyId ?? Guid.Empty : me.CompanyId;
        var parent = await SuperiorAsync(wanted, company, cancel);
        var place = new Place(parent?.CompanyId ?? company, wanted.Level, wanted.Name, wanted.Code, parent, wanted.Id)
        {
            Position = await db.Places.CountAsync(other => other.CompanyId == (parent == null ? company : parent.CompanyId) && other.ParentId == wanted.ParentId, cancel),
        };
        await RefuseTwinAsync(place, cancel);
        if (await db.Places.AnyAsync(other => other.CompanyId == place.CompanyId && other.Code == place.Code, cancel))
            throw new Refusal($"编码“{place.Code}”已经用过，请换一个。", nameof(Place.Code));
        place.Describe(wanted.Kks, await UnitAsync(wanted.UnitId, place.CompanyId, cancel), wanted.Aliases);
        db.Places.Add(place);
        journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlaceCreated, place.UnitId, new { name = place.FullName });
        await db.SaveChangesAsync(cancel);
        return place.Id;
    }

    public async Task RenameAsync(Guid id, string name, int version, CancellationToken cancel = default)
    {
        var place = await LoadAsync(id, version, cancel);
        var before = place.Name;
        place.Rename(name, await AreaNameAsync(place, cancel));
        if (place.Name == before) throw new Refusal("名称没有变化，没有改动。", nameof(Place.Name));
        await RefuseTwinAsync(place, cancel);
        if (place.Level == PlaceLevel.Area)
            foreach (var child in await db.Places.Where(child => child.ParentId == id).ToListAsync(cancel)) child.FollowArea(place.Name);
        journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlaceRenamed, place.UnitId, new { from = before, to = place.Name });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Plant code, the unit that looks after it, and what else it is called.</summary>
    public async Task DescribeAsync(Guid id, string kks, Guid? unitId, string[] aliases, int version, CancellationToken cancel = default)
    {
        var place = await LoadAsync(id, version, cancel);
        var before = place.UnitId;
        place.Describe(kks, await UnitAsync(unitId, place.CompanyId, cancel), aliases);
        journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlaceDescribed, place.UnitId, before == place.UnitId ? null : new { from = before, to = place.UnitId });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>No new report can name it; the records that do keep it.</summary>
    public async Task RetireAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var place = await LoadAsync(id, version, cancel);
        var active = await db.Places.CountAsync(child => child.ParentId == id && child.IsActive, cancel);
        if (active > 0) throw new Refusal(WhyNotRetired(active)!);
        place.Retire();
        journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlaceRetired, place.UnitId);
        await db.SaveChangesAsync(cancel);
    }

    internal static string? WhyNotRetired(int activeChildren) => activeChildren > 0 ? $"下面还有 {activeChildren} 处在用，先停用它们。" : null;

    internal async Task<Place> LoadAsync(Guid id, int version, CancellationToken cancel)
    {
        var place = await db.Places.VisibleTo(me).FirstOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("这个地点");
        await access.RequireAsync(OrganisationPermissions.ManagePlaces, place.UnitId ?? place.CompanyId, cancel);
        await journal.RefuseStaleAsync(place, version, cancel);
        return place;
    }

    async Task<Place?> SuperiorAsync(NewPlace wanted, Guid companyId, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(wanted.Code)) throw new Refusal("地点编码没有填写。", nameof(Place.Code));
        if (wanted.ParentId is not { } id)
        {
            if (wanted.Level != PlaceLevel.Site) throw new Refusal("上级地点没有选择。", nameof(Place.ParentId));
            await access.RequireAsync(OrganisationPermissions.ManagePlaces, companyId, cancel);
            return null;
        }
        var parent = await db.Places.VisibleTo(me).FirstOrDefaultAsync(place => place.Id == id, cancel)
            ?? throw new Refusal("没有找到上级地点，请重新选择。", nameof(Place.ParentId));
        if (!parent.IsActive) throw new Refusal($"“{parent.Name}”已停用，请另选上级地点。", nameof(Place.ParentId));
        await access.RequireAsync(OrganisationPermissions.ManagePlaces, parent.UnitId ?? parent.CompanyId, cancel);
        return parent;
    }

    async Task<Guid?> UnitAsync(Guid? unitId, Guid companyId, CancellationToken cancel)
    {
        if (unitId is not null && !await db.Units.AnyAsync(unit => unit.Id == unitId && unit.CompanyId == companyId && unit.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个负责单位，请重新选择。", nameof(Place.UnitId));
        return unitId;
    }

    async Task RefuseTwinAsync(Place place, CancellationToken cancel)
    {
        if (await db.Places.AnyAsync(other => other.CompanyId == place.CompanyId && other.ParentId == place.ParentId && other.Name == place.Name
            && other.Id != place.Id && other.IsActive, cancel))
            throw new Refusal($"这里已经有“{place.Name}”，请换一个名称。", nameof(Place.Name));
    }

    Task<string?> AreaNameAsync(Place place, CancellationToken cancel) =>
        db.Places.Where(parent => parent.Id == place.ParentId && parent.Level == PlaceLevel.Area).Select(parent => parent.Name).FirstOrDefaultAsync(cancel);
}
