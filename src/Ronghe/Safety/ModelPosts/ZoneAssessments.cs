using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.ModelPosts;

/// <summary>A zone in the list of a year.</summary>
public sealed record ZoneYearRow(Guid Id, string Name, string? Branch, ZoneYear Figures, bool IsConcluded);

/// <summary>The sheet of one zone: this year beside the last, the posts in it, and what was concluded.</summary>
public sealed record ZoneSheet(
    Guid ZoneId, string Zone, string? Branch, string? Unit, ZoneYear This, ZoneYear Last, ZoneAssessment? Assessment, string? By, bool MayConclude, string? Obstacle);

/// <summary>Counts the years of zones from their records (M12), and keeps what was concluded from them. Nobody judges the zone that he leads.</summary>
public sealed class ZoneAssessments(AppDb db, Me me, OrganisationAccess access, TimeProvider clock)
{
    public const string Kind = "zone-assessment";
    const int FirstYear = 2000;

    /// <summary>$2: a zone, or none for all; $3: years; $4: today; $5, $6: the years' beginnings and ends as moments. Places as they are divided today.</summary>
    const string Sql = $"""
        with zone as (select id from zones where company_id = $1 and is_active and ($2::uuid is null or id = $2)),
        zone_of as ({ZoneHealths.ZoneOf}),
        year as (
            select y.year, make_date(y.year, 1, 1) first_on, least(make_date(y.year, 12, 31), $4) last_on, y.from_at, y.end_at
            from unnest($3::int[], $5::timestamptz[], $6::timestamptz[]) y(year, from_at, end_at)),
        fault as (select z.zone_id, f.* from zone_of z join findings f on f.place_id = z.place_id and f.status not in ('Rejected', 'Merged') where z.zone_id in (select id from zone))
        select zone.id, y.year, y.last_on,
            (select count(*)::int from inspections i where i.zone_id = zone.id and i.finished_at >= y.from_at and i.finished_at < y.end_at),
            (select count(*)::int from fault f where f.zone_id = zone.id and f.reported_at >= y.from_at and f.reported_at < y.end_at),
            (select count(*)::int from fault f where f.zone_id = zone.id and f.reported_at >= y.from_at and f.reported_at < y.end_at and f.grade = 'Major'),
            (select count(*)::int from fault f where f.zone_id = zone.id and f.closed_at >= y.from_at and f.closed_at < y.end_at),
            (select count(*)::int from fault f where f.zone_id = zone.id and f.closed_at >= y.from_at and f.closed_at < y.end_at
                and (f.rectified_at at time zone interval '8 hours')::date <= f.due_on),
            (select count(*)::int from fault f where f.zone_id = zone.id and f.reported_at < y.end_at and (f.closed_at is null or f.closed_at >= y.end_at)),
            (select count(*)::int from violations v join zone_of z on z.place_id = v.place_id
                where z.zone_id = zone.id and v.state = 'Confirmed' and v.happened_on between y.first_on and y.last_on),
            (select count(*)::int from model_posts m where m.zone_id = zone.id and m.from_on <= y.last_on and coalesce(m.ended_on, m.to_on) >= y.first_on),
            (select count(*)::int from model_posts m join model_post_activities a on a.post_id = m.id where m.zone_id = zone.id and a.happened_on between y.first_on and y.last_on),
            (select count(distinct day)::int from zone_leads l
                cross join lateral generate_series(greatest(l.from_on, y.first_on)::timestamp, least(coalesce(l.to_on, y.last_on), y.last_on)::timestamp, interval '1 day') day
                where l.zone_id = zone.id and l.role = 'Lead')
        from zone cross join year y
        """;

    public async Task<IReadOnlyList<ZoneYearRow>> BoardAsync(int year, CancellationToken cancel = default)
    {
        var figures = (await CountAsync(null, [Known(year)], cancel)).ToDictionary(row => row.Zone, row => row.Figures);
        var zones = await db.Zones.AsNoTracking().Where(zone => zone.CompanyId == me.CompanyId && zone.IsActive).OrderBy(zone => zone.Name).Select(zone => new
        {
            zone.Id, zone.Name, Branch = db.PartyOrganisations.Where(party => party.Id == zone.BranchId).Select(party => party.Name).FirstOrDefault(),
            IsConcluded = db.ZoneAssessments.Any(one => one.ZoneId == zone.Id && one.Year == year),
        }).ToListAsync(cancel);
        return [.. from zone in zones where figures.ContainsKey(zone.Id) select new ZoneYearRow(zone.Id, zone.Name, zone.Branch, figures[zone.Id], zone.IsConcluded)];
    }

    public async Task<ZoneSheet> SheetAsync(Guid zoneId, int year, CancellationToken cancel = default)
    {
        var figures = await CountAsync(zoneId, [Known(year), year - 1], cancel);
        var zone = await db.Zones.AsNoTracking().Where(one => one.Id == zoneId && one.CompanyId == me.CompanyId && one.IsActive).Select(one => new
        {
            one.Name, one.UnitId, Branch = db.PartyOrganisations.Where(party => party.Id == one.BranchId).Select(party => party.Name).FirstOrDefault(),
            Unit = db.Units.Where(unit => unit.Id == one.UnitId).Select(unit => unit.Name).FirstOrDefault(),
            Assessment = db.ZoneAssessments.FirstOrDefault(written => written.ZoneId == zoneId && written.Year == year),
            By = db.ZoneAssessments.Where(written => written.ZoneId == zoneId && written.Year == year).Select(written => db.People.First(p => p.Id == written.ById).Name).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个责任区");
        var may = (await access.AtAsync(zone.UnitId ?? me.CompanyId, cancel)).May(ModelPostPermissions.Review);
        return new(zoneId, zone.Name, zone.Branch, zone.Unit, figures.Single(row => row.Figures.Year == year).Figures, figures.Single(row => row.Figures.Year == year - 1).Figures,
            zone.Assessment, zone.By, may, may ? await ObstacleAsync(zoneId, year, cancel) : null);
    }

    /// <summary>Writes the conclusion, or writes it anew, with the figures of this moment.</summary>
    /// <param name="id">UUIDv7 made by the caller, for a first one; sent twice, it is stored once.</param>
    /// <param name="version">0 for a first one.</param>
    public async Task ConcludeAsync(Guid id, Guid zoneId, int year, int version, string conclusion, string improvement, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请生成一个 UUIDv7。", "id");
        var zone = await db.Zones.AsNoTracking().Where(one => one.Id == zoneId && one.CompanyId == me.CompanyId && one.IsActive).Select(one => new { one.UnitId }).SingleOrDefaultAsync(cancel)
            ?? throw new NotFound("这个责任区");
        await access.RequireAsync(ModelPostPermissions.Review, zone.UnitId ?? me.CompanyId, cancel);
        if (await ObstacleAsync(zoneId, year, cancel) is { } obstacle) throw new Forbidden(obstacle);
        var figures = (await CountAsync(zoneId, [Known(year)], cancel)).Single().Figures;
        var written = await db.ZoneAssessments.SingleOrDefaultAsync(one => one.ZoneId == zoneId && one.Year == year, cancel);
        if (written is { Version: 1 } && written.Id == id && version == 0) return;
        if ((written?.Version ?? 0) != version) throw new StaleWrite("这份评估刚刚被别人写过，您的结论没有保存，填写的内容还在。请看过最新的再改。");
        if (written is null) db.ZoneAssessments.Add(written = ZoneAssessment.Conclude(id, me.CompanyId, zoneId, figures, conclusion, improvement, me.Id, clock.GetUtcNow()));
        else written.Restate(figures, conclusion, improvement, me.Id, clock.GetUtcNow());
        db.Record(written, Kind, Kind + (version == 0 ? ".concluded" : ".restated"), me.PersonId, clock.GetUtcNow(), zone.UnitId ?? me.CompanyId, new { zone = zoneId, year, figures });
        if (!await db.SaveNewAsync(cancel)) throw new StaleWrite("这份评估刚刚被别人写过，您的结论没有保存，填写的内容还在。请看过最新的再改。");
    }

    async Task<string?> ObstacleAsync(Guid zoneId, int year, CancellationToken cancel)
    {
        var (first, last) = (new DateOnly(Known(year), 1, 1), new DateOnly(year, 12, 31));
        return await db.ZoneLeads.AnyAsync(lead => lead.ZoneId == zoneId && lead.PersonId == me.PersonId && lead.From <= last && (lead.To == null || lead.To >= first), cancel)
            ? "您这一年带过这个责任区，结论请由别人写。" : null;
    }

    async Task<List<(Guid Zone, ZoneYear Figures)>> CountAsync(Guid? zone, int[] years, CancellationToken cancel) => await db.PreparedAsync(Sql,
        [
            me.CompanyId, zone ?? (object)DBNull.Value, years, clock.Today(),
            years.Select(year => new DateOnly(year, 1, 1).At(TimeOnly.MinValue)).ToArray(), years.Select(year => new DateOnly(year, 12, 31).End()).ToArray(),
        ],
        row => (row.GetGuid(0), new ZoneYear(row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8),
            row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12))), cancel);

    int Known(int year) => year >= FirstYear && year <= clock.Today().Year ? year : throw new Refusal($"年度应在 {FirstYear}—{clock.Today().Year} 之间。", "year");
}
