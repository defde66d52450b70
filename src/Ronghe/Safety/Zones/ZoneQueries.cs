using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Places;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Zones;

/// <summary>Who leads a zone now, or why nobody does.</summary>
/// <param name="Gap">Null when somebody leads it.</param>
public sealed record ZoneLeader(Guid? PersonId, string? Name, string? Gap);

public sealed record ZoneRow(
    Guid Id, string Name, Guid? UnitId, string? Unit, Guid? BranchId, string? Branch, string Cadence, int[] Corners, int Places, ZoneLeader Lead, string? Deputy, ZoneHealth Health)
{
    /// <summary>Rounds ended within the last thirty days, and the latest one.</summary>
    public int Rounds { get; init; }
    public DateTimeOffset? LastRound { get; init; }
}

/// <summary>All zones of my company with what no zone covers.</summary>
/// <param name="Uncovered">Places that no zone has; of an area without anything in a zone, the area alone.</param>
public sealed record ZoneBoard(PlanView Plan, IReadOnlyList<ZoneRow> Zones, IReadOnlyList<ZonePlaceRow> Uncovered, int Covered, int AllPlaces, bool MayLoadPack)
{
    public int Open => Zones.Sum(zone => zone.Health.Open);
    public int Overdue => Zones.Sum(zone => zone.Health.Overdue);
    public IEnumerable<ZoneRow> WithoutLead => Zones.Where(zone => zone.Lead.Gap is not null);
}

public sealed record ZonePlaceRow(Guid Id, string Name, string Code, PlaceLevel Level);
public sealed record ZoneTerm(Guid Id, Guid PersonId, string Person, string? PersonUnit, ZoneRole Role, DateOnly From, DateOnly? To, DateOnly? LeftOn);
public sealed record ZoneFinding(Guid Id, string Number, string Description, string Place, FindingStatus Status, DateOnly? DueOn, DateTimeOffset ReportedAt);

/// <summary>One zone with everything that its page shows.</summary>
public sealed record ZoneDetail(
    ZoneRow Zone, int Version, bool IsActive, string[] ChecklistCodes, IReadOnlyList<ZonePlaceRow> Places, IReadOnlyList<ZoneTerm> Terms, PlanView Plan,
    Paged<ZoneFinding> Findings, bool MayManage)
{
    public ZoneTerm? Holder(ZoneRole role, DateOnly today) => Terms.FirstOrDefault(term => term.Role == role && term.From <= today && !(term.To < today));
}

/// <summary>Reads the zones of my company, which are open to everybody in it; findings only as far as I may see them.</summary>
public sealed class ZoneQueries(AppDb db, Me me, OrganisationAccess access, FindingAccess findings, ZoneHealths healths, ZonePlans plans, ZonePack pack, TimeProvider clock)
{
    const int FindingsPerPage = 20;

    public async Task<ZoneBoard> BoardAsync(CancellationToken cancel = default)
    {
        var zones = await RowsAsync(Mine().Where(zone => zone.IsActive), cancel);
        var places = await PlacesAsync(cancel);
        var uncovered = Uncovered(places);
        return new(await plans.OfAsync(me.CompanyId, cancel), zones, uncovered, places.Count(place => place.ZoneId is not null && place.IsLeaf), places.Count(place => place.IsLeaf),
            me.May(ZonePermissions.Plan) && await pack.FitsAsync(me.CompanyId, cancel));
    }

    public Task<ZoneDetail> DetailAsync(Guid id, CancellationToken cancel = default) => DetailAsync(id, null, cancel);

    /// <param name="id">Of the zone.</param>
    /// <param name="after">Where the page of its findings begins that was read before; the first page when null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ZoneDetail> DetailAsync(Guid id, string? after, CancellationToken cancel = default)
    {
        var row = (await RowsAsync(Mine().Where(zone => zone.Id == id), cancel)).SingleOrDefault() ?? throw new NotFound("这个责任区");
        var zone = await Mine().AsNoTracking().Where(zone => zone.Id == id).Select(zone => new
        {
            zone.Version, zone.IsActive, zone.ChecklistCodes,
            Places = db.Places.Where(place => zone.Places.Any(held => held.PlaceId == place.Id)).OrderBy(place => place.Code)
                .Select(place => new ZonePlaceRow(place.Id, place.FullName, place.Code, place.Level)).ToList(),
            Terms = (from lead in zone.Leads
                     join person in db.People on lead.PersonId equals person.Id
                     orderby lead.From descending
                     select new ZoneTerm(lead.Id, person.Id, person.Name, db.Units.Where(unit => unit.Id == person.UnitId).Select(unit => unit.Name).FirstOrDefault(),
                         lead.Role, lead.From, lead.To, person.LeftOn)).ToList(),
        }).AsSplitQuery().SingleAsync(cancel);
        var mayManage = zone.IsActive && (await access.AtAsync(row.UnitId ?? me.CompanyId, cancel)).May(ZonePermissions.Manage);
        return new(row, zone.Version, zone.IsActive, zone.ChecklistCodes, zone.Places, zone.Terms, await plans.OfAsync(me.CompanyId, cancel), await FindingsAsync(id, after, cancel), mayManage);
    }

    /// <summary>All places in use with the zone that has them, for choosing.</summary>
    public async Task<IReadOnlyList<ZonedPlace>> PlacesAsync(CancellationToken cancel = default) => await db.PreparedAsync($"""
        select p.id, p.parent_id, p.level, p.name, p.full_name, p.code, z.zone_id, zone.name, own.zone_id,
            not exists (select from places child where child.parent_id = p.id and child.is_active)
        from ({ZoneHealths.ZoneOf}) z
        join places p on p.id = z.place_id and p.is_active
        left join zones zone on zone.id = z.zone_id
        left join zone_places own on own.place_id = p.id
        order by p.position, p.code
        """, [me.CompanyId], row => new ZonedPlace(
            row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), Enum.Parse<PlaceLevel>(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5),
            row.IsDBNull(6) ? null : row.GetGuid(6), row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetGuid(8), row.GetBoolean(9)), cancel);

    /// <summary>For a form that is shown again.</summary>
    public Task<string?> PersonNameAsync(Guid id, CancellationToken cancel = default) =>
        db.People.VisibleTo(me).Where(person => person.Id == id).Select(person => person.Name).FirstOrDefaultAsync(cancel);

    IQueryable<Zone> Mine() => db.Zones.Where(zone => zone.CompanyId == me.CompanyId);

    async Task<List<ZoneRow>> RowsAsync(IQueryable<Zone> zones, CancellationToken cancel)
    {
        var (today, month) = (clock.Today(), clock.GetUtcNow().AddDays(-ZoneHealth.OldDays));
        var found = await zones.AsNoTracking().OrderBy(zone => zone.ContentId == null).ThenBy(zone => zone.ContentId).ThenBy(zone => zone.Name).Select(zone => new
        {
            Zone = zone,
            Unit = db.Units.Where(unit => unit.Id == zone.UnitId).Select(unit => unit.Name).FirstOrDefault(),
            Branch = db.PartyOrganisations.Where(party => party.Id == zone.BranchId).Select(party => party.Name).FirstOrDefault(),
            Places = zone.Places.Count,
            Rounds = db.Inspections.Count(round => round.ZoneId == zone.Id && round.FinishedAt >= month),
            LastRound = db.Inspections.Where(round => round.ZoneId == zone.Id).Max(round => round.FinishedAt),
            Leads = (from lead in zone.Leads
                     where lead.From <= today
                     join person in db.People on lead.PersonId equals person.Id
                     orderby lead.From descending
                     select new { lead.Role, lead.To, person.Id, person.Name, person.LeftOn }).ToList(),
        }).ToListAsync(cancel);
        var health = await healths.OfAsync(me.CompanyId, cancel);
        ZoneLeader Now(Guid? id, string? name, DateOnly? to, DateOnly? leftOn) => id is null ? new(null, null, "还没有指定")
            : leftOn <= today ? new(null, null, $"{name} {leftOn:yyyy-MM-dd} 已离岗")
            : to < today ? new(null, null, $"{name}的任期 {to:yyyy-MM-dd} 已满") : new(id, name, null);
        return found.ConvertAll(row =>
        {
            var (lead, deputy) = (row.Leads.FirstOrDefault(l => l.Role == ZoneRole.Lead), row.Leads.FirstOrDefault(l => l.Role == ZoneRole.Deputy));
            return new ZoneRow(row.Zone.Id, row.Zone.Name, row.Zone.UnitId, row.Unit, row.Zone.BranchId, row.Branch, row.Zone.Cadence, row.Zone.Corners, row.Places,
                Now(lead?.Id, lead?.Name, lead?.To, lead?.LeftOn), Now(deputy?.Id, deputy?.Name, deputy?.To, deputy?.LeftOn).Name, health.GetValueOrDefault(row.Zone.Id, ZoneHealth.Clear))
            { Rounds = row.Rounds, LastRound = row.LastRound };
        });
    }

    /// <summary>What has been open longest comes first.</summary>
    async Task<Paged<ZoneFinding>> FindingsAsync(Guid id, string? after, CancellationToken cancel)
    {
        var places = db.Places.Where(place => place.CompanyId == me.CompanyId && (
            db.ZonePlaces.Any(held => held.PlaceId == place.Id) ? db.ZonePlaces.Any(held => held.PlaceId == place.Id && held.ZoneId == id)
            : db.ZonePlaces.Any(held => held.PlaceId == place.ParentId) ? db.ZonePlaces.Any(held => held.PlaceId == place.ParentId && held.ZoneId == id)
            : db.Places.Any(parent => parent.Id == place.ParentId && db.ZonePlaces.Any(held => held.PlaceId == parent.ParentId && held.ZoneId == id))));
        var open = findings.Visible().AsNoTracking().Open().Where(finding => places.Any(place => place.Id == finding.PlaceId));
        if (Cursor.Parse(after) is { } last) open = open.Where(f => EF.Functions.GreaterThan(ValueTuple.Create(f.ReportedAt, f.Id), ValueTuple.Create(last.At, last.Id)));
        var rows = await open.OrderBy(f => f.ReportedAt).ThenBy(f => f.Id).Take(FindingsPerPage + 1)
            .Select(f => new ZoneFinding(f.Id, f.Number, f.Description, f.PlaceText, f.Status, f.DueOn, f.ReportedAt)).ToListAsync(cancel);
        return rows.Count <= FindingsPerPage ? new(rows) : new(rows[..FindingsPerPage], new Cursor(rows[FindingsPerPage - 1].ReportedAt, rows[FindingsPerPage - 1].Id).ToString());
    }

    /// <summary>The highest places that no zone reaches into.</summary>
    static List<ZonePlaceRow> Uncovered(IReadOnlyList<ZonedPlace> places)
    {
        var below = places.ToLookup(place => place.ParentId);
        bool IsBare(ZonedPlace place) => place.ZoneId is null && below[place.Id].All(IsBare);
        IEnumerable<ZonedPlace> Highest(ZonedPlace place) =>
            place.Level != PlaceLevel.Site && IsBare(place) ? [place] : below[place.Id].SelectMany(Highest);
        var ids = places.Select(place => place.Id).ToHashSet();
        return [.. places.Where(place => place.ParentId is not { } parent || !ids.Contains(parent)).SelectMany(Highest)
            .Select(place => new ZonePlaceRow(place.Id, place.FullName, place.Code, place.Level))];
    }
}

/// <summary>A place with the zone that it belongs to.</summary>
/// <param name="OwnZoneId">When the place itself was put into the zone, not what it stands in.</param>
/// <param name="IsLeaf">Nothing in use stands in it.</param>
public sealed record ZonedPlace(
    Guid Id, Guid? ParentId, PlaceLevel Level, string Name, string FullName, string Code, Guid? ZoneId, string? ZoneName, Guid? OwnZoneId, bool IsLeaf);
