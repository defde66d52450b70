using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation.Places;

public sealed record PlaceRow(
    Guid Id, Guid? ParentId, PlaceLevel Level, string Name, string FullName, string Code, string Kks, Guid? UnitId, string? UnitName, bool IsActive, int Children, bool IsFromPack);

/// <summary>One place with what stands in it and what old ledgers call it.</summary>
public sealed record PlaceDetail(
    Guid Id, int Version, PlaceLevel Level, string Name, string FullName, string Code, string Kks, Guid? ParentId, string? ContentId, bool IsActive,
    IReadOnlyList<string> Aliases, NodeLink? Unit, IReadOnlyList<PlaceLink> Path, IReadOnlyList<PlaceRow> Children, IReadOnlyList<PlaceWordRow> Words, ActOffers Acts);

public sealed record PlaceLink(Guid Id, string Name);

/// <summary>Reads the places of my company.</summary>
public sealed class PlaceQueries(AppDb db, Me me, OrganisationAccess access)
{
    /// <summary>All places in use, sites first, in the order of their codes.</summary>
    public async Task<IReadOnlyList<PlaceRow>> TreeAsync(CancellationToken cancel = default) =>
        await Project(Active().OrderBy(place => place.Level == PlaceLevel.Site ? 0 : place.Level == PlaceLevel.Area ? 1 : 2).ThenBy(place => place.Position).ThenBy(place => place.Code))
            .ToListAsync(cancel);

    /// <param name="after">Code of the last row of the page before.</param>
    public async Task<Paged<PlaceRow>> ListAsync(Guid? parentId, string? q, string? after, int limit, CancellationToken cancel = default)
    {
        limit = Math.Clamp(limit, 1, 200);
        var places = Matching(q);
        if (parentId is not null) places = places.Where(place => place.ParentId == parentId);
        if (!string.IsNullOrEmpty(after)) places = places.Where(place => string.Compare(place.Code, after) > 0);
        var rows = await Project(places.OrderBy(place => place.Code).Take(limit + 1)).ToListAsync(cancel);
        return rows.Count > limit ? new(rows[..limit], Next: rows[limit - 1].Code) : new(rows);
    }

    /// <summary>Places whose name, other name, pinyin, code or KKS matches.</summary>
    public async Task<IReadOnlyList<PlaceRow>> FindAsync(string? q, int limit, CancellationToken cancel = default) =>
        await Project(Matching(q).OrderBy(place => place.Code).Take(limit)).ToListAsync(cancel);

    public async Task<PlaceDetail> DetailAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await db.Places.AsNoTracking().VisibleTo(me).Where(p => p.Id == id).Select(p => new
        {
            Place = p,
            Unit = db.Units.Where(unit => unit.Id == p.UnitId).Select(unit => new NodeLink(unit.Id, unit.Name, "")).FirstOrDefault(),
            // There are at most two places above any other.
            Path = db.Places.Where(above => above.Id == p.ParentId || db.Places.Any(child => child.Id == p.ParentId && child.ParentId == above.Id))
                .OrderBy(above => above.Id == p.ParentId).Select(above => new PlaceLink(above.Id, above.Name)).ToList(),
            UnitAndAncestors = db.NodeClosure.Where(pair => pair.DescendantId == (p.UnitId ?? p.CompanyId)).Select(pair => pair.AncestorId).ToList(),
        }).FirstOrDefaultAsync(cancel) ?? throw new NotFound("这个地点");
        var place = found.Place;
        var children = await Project(Active().Where(child => child.ParentId == id).OrderBy(child => child.Position).ThenBy(child => child.Code)).ToListAsync(cancel);
        return new(
            place.Id, place.Version, place.Level, place.Name, place.FullName, place.Code, place.Kks, place.ParentId, place.ContentId, place.IsActive, place.Aliases,
            found.Unit, found.Path, children, await WordsAsync(id, cancel), Offers(place, children.Count, access.Within([.. found.UnitAndAncestors])));
    }

    static ActOffers Offers(Place place, int children, RightsHere here)
    {
        if (!here.May(OrganisationPermissions.ManagePlaces)) return new();
        var retired = place.IsActive ? null : "已经停用。";
        return new(
            new ActOffer("add", retired ?? (place.Level == PlaceLevel.Equipment ? "设备或场所下面不再分。" : null)),
            new ActOffer("rename", retired), new ActOffer("describe", retired), new ActOffer("word", retired),
            new ActOffer("retire", retired ?? PlaceActions.WhyNotRetired(children)));
    }

    IQueryable<Place> Active() => db.Places.AsNoTracking().VisibleTo(me).Where(place => place.IsActive);

    IQueryable<Place> Matching(string? q)
    {
        var tokens = SearchTokens.ForQuery(q);
        if (tokens.Length > 0) return Active().Where(place => tokens.All(token => place.SearchTokens.Contains(token)));
        return string.IsNullOrWhiteSpace(q) ? Active() : Active().Where(place => false);
    }

    IQueryable<PlaceRow> Project(IQueryable<Place> places) => places.Select(place => new PlaceRow(
        place.Id, place.ParentId, place.Level, place.Name, place.FullName, place.Code, place.Kks, place.UnitId,
        db.Units.Where(unit => unit.Id == place.UnitId).Select(unit => unit.Name).FirstOrDefault(), place.IsActive,
        db.Places.Count(child => child.ParentId == place.Id && child.IsActive), place.ContentId != null));

    Task<List<PlaceWordRow>> WordsAsync(Guid placeId, CancellationToken cancel) => db.PlaceWords.Where(word => word.PlaceId == placeId)
        .OrderBy(word => word.Kind).ThenBy(word => word.Word)
        .Select(word => new PlaceWordRow(word.Id, word.Version, word.Kind, word.Word)).ToListAsync(cancel);
}
