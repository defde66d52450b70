using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Safety.Watch;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.Violations;

/// <summary>A stretch of days and the one of the same length before it.</summary>
public sealed record NearbyPeriod(DateOnly First, DateOnly Last)
{
    public DateOnly Before => First.AddDays(First.DayNumber - Last.DayNumber - 1);

    /// <summary>The month, quarter or year that the day lies in, up to its end.</summary>
    public static NearbyPeriod Of(string? span, DateOnly day)
    {
        var months = span switch { "month" => 1, "year" => 12, _ => 3 };
        var first = new DateOnly(day.Year, (day.Month - 1) / months * months + 1, 1);
        return new(first, first.AddMonths(months).AddDays(-1));
    }
}

/// <summary>A crew in which members work, or a zone that members lead, and how many violations that count there were.</summary>
/// <param name="UnitId">Of a crew; null for a zone.</param>
/// <param name="Members">Members of the branch there.</param>
/// <param name="People">How many work in the crew; null for a zone.</param>
/// <param name="Count">Null where so few people work that a number would point at somebody, for a reader who may not read names.</param>
public sealed record NearbyRow(Guid? UnitId, Guid? ZoneId, string Name, IReadOnlyList<string> Members, int? People, int? Count, int? Before)
{
    /// <summary>Fewer together than this, and a rise or fall says nothing.</summary>
    const int TooFew = 10;

    /// <summary>How it moved against the period before, only where that is more than chance (two counts, 95 %).</summary>
    public string Trend => (Count, Before) switch
    {
        (null, _) or (_, null) => "",
        (0, 0) => "都没有",
        ({ } now, { } before) when now + before < TooFew => "太少，看不出升降",
        ({ } now, { } before) when Math.Abs(now - before) < 1.96 * Math.Sqrt(now + before) => "升降在偶然范围内",
        ({ } now, { } before) => now < before ? "比上期少" : "比上期多",
    };
}

/// <param name="Silenced">Crews whose number is not shown, nor part of the total, from which it would follow.</param>
public sealed record NearbyView(NearbyPeriod Period, IReadOnlyList<NearbyRow> Crews, IReadOnlyList<NearbyRow> Zones, int Total, int Before, int Silenced);

/// <summary>党员身边无违章 (M08): violations that count, in the crews where members of a branch work and the zones that they lead. How many, never whose.</summary>
public sealed class ViolationsNearby(AppDb db, Me me, OrganisationAccess access, WatchQueries branches)
{
    /// <summary>In a crew smaller than this a number points at somebody.</summary>
    public const int FewPeople = 5;

    /// <summary>Branches whose surroundings I may see: those below my rights, and my own.</summary>
    public Task<IReadOnlyList<(Guid Id, string Name)>> BranchesAsync(CancellationToken cancel = default) => branches.BranchesAsync(cancel);

    public async Task<NearbyView> OfAsync(Guid branchId, NearbyPeriod period, CancellationToken cancel = default)
    {
        var isMine = await db.Memberships.AnyAsync(m => m.PersonId == me.PersonId && db.NodeClosure.Any(up => up.DescendantId == m.PartyOrganisationId && up.AncestorId == branchId), cancel);
        var here = await access.AtAsync(branchId, cancel);
        if (!isMine && !here.May(ViolationPermissions.View)) throw new NotFound("这个支部");
        var readsNames = here.May(ViolationPermissions.Names);
        var members = await db.MembersOf(branchId).Where(person => person.CompanyId == me.CompanyId).Select(person => new { person.Id, person.Name, person.UnitId }).ToListAsync(cancel);
        var units = members.Select(member => member.UnitId).Distinct().ToArray();
        var crews = await CrewsAsync(units, period, cancel);
        var zones = await ZonesAsync([.. members.Select(member => member.Id)], period, cancel);
        var rows = crews.ConvertAll(crew => crew with
        {
            Members = [.. members.Where(member => member.UnitId == crew.UnitId).Select(member => member.Name)],
            Count = readsNames || crew.People >= FewPeople ? crew.Count : null, Before = readsNames || crew.People >= FewPeople ? crew.Before : null,
        });
        return new(period, rows, zones, rows.Sum(row => row.Count ?? 0), rows.Sum(row => row.Before ?? 0), rows.Count(row => row.Count is null));
    }

    async Task<List<NearbyRow>> CrewsAsync(Guid[] units, NearbyPeriod period, CancellationToken cancel)
    {
        var (first, last, before) = (period.First, period.Last, period.Before);
        var rows = await db.Units.Where(unit => units.Contains(unit.Id)).OrderBy(unit => unit.Code).Select(unit => new
        {
            unit.Id, unit.Name, People = db.People.Count(person => person.UnitId == unit.Id && person.LeftOn == null),
            Now = db.Violations.Count(v => v.UnitId == unit.Id && v.State == ViolationState.Confirmed && v.On >= first && v.On <= last),
            Then = db.Violations.Count(v => v.UnitId == unit.Id && v.State == ViolationState.Confirmed && v.On >= before && v.On < first),
        }).ToListAsync(cancel);
        return rows.ConvertAll(row => new NearbyRow(row.Id, null, row.Name, [], row.People, row.Now, row.Then));
    }

    /// <summary>Zones led by members at any time of the period; what happened at their places, or was linked to them.</summary>
    async Task<List<NearbyRow>> ZonesAsync(Guid[] members, NearbyPeriod period, CancellationToken cancel)
    {
        var (first, last, before) = (period.First, period.Last, period.Before);
        var led = await db.Zones.AsNoTracking().Where(zone => zone.CompanyId == me.CompanyId && zone.IsActive && zone.Leads.Any(lead => members.Contains(lead.PersonId) && lead.From <= last && (lead.To == null || lead.To >= first)))
            .OrderBy(zone => zone.Name).Select(zone => new
            {
                zone.Id, zone.Name,
                Leads = (from lead in zone.Leads where members.Contains(lead.PersonId) && lead.From <= last && (lead.To == null || lead.To >= first) join person in db.People on lead.PersonId equals person.Id select person.Name).ToList(),
            }).ToListAsync(cancel);
        if (led.Count == 0) return [];
        var ids = led.Select(zone => zone.Id).ToArray();
        var happened = await db.Database.SqlQuery<Happened>($"""
            select z.zone_id "ZoneId", (count(*) filter (where v.happened_on >= {first}))::int "Now", (count(*) filter (where v.happened_on < {first}))::int "Then"
            from violations v
            left join lateral (
                select coalesce(own.zone_id, up.zone_id, top.zone_id) zone_id
                from places p left join zone_places own on own.place_id = p.id left join zone_places up on up.place_id = p.parent_id
                left join places parent on parent.id = p.parent_id left join zone_places top on top.place_id = parent.parent_id
                where p.id = v.place_id) by_place on true
            join lateral (select coalesce((
                select l.to_id from links l where l.from_kind = {ViolationActions.Kind} and l.from_id = v.id and l.to_kind = {ZoneActions.Kind} limit 1), by_place.zone_id) zone_id) z on z.zone_id = any({ids})
            where v.company_id = {me.CompanyId} and v.state = 'Confirmed' and v.happened_on >= {before} and v.happened_on <= {last}
            group by z.zone_id
            """).ToListAsync(cancel);
        return led.ConvertAll(zone =>
        {
            var sums = happened.Find(one => one.ZoneId == zone.Id);
            return new NearbyRow(null, zone.Id, zone.Name, [.. zone.Leads.Distinct()], null, sums?.Now ?? 0, sums?.Then ?? 0);
        });
    }

    sealed record Happened(Guid ZoneId, int Now, int Then);
}
