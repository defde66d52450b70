using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;
using Ronghe.Safety.Inspections;

namespace Ronghe.Safety.Zones;

/// <summary>The zones part of “my work”: what is overdue in a zone that I lead, and a zone that is due to be walked.</summary>
public sealed class ZoneWork(AppDb db, Me me, ZoneOutlook outlook, TimeProvider clock)
{
    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<ZoneWork>().WaitingIds(),
        (scope, cancel) => scope.GetRequiredService<ZoneWork>().WaitingAsync(cancel));

    internal IQueryable<Guid> WaitingIds() => Overdue().Concat(ToWalk().Select(zone => zone.Id));

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var (today, overdue) = (clock.Today(), await Overdue().ToListAsync(cancel));
        var late = overdue.Count == 0 ? [] : await db.Zones.Where(zone => overdue.Contains(zone.Id)).Select(zone => new { zone.Id, zone.Name }).ToListAsync(cancel);
        var walk = await ToWalk().Select(zone => new
        {
            zone.Id, zone.Name, zone.Cadence, EveryDays = zone.EveryDays!.Value,
            Last = db.Inspections.Where(round => round.ZoneId == zone.Id).Max(round => round.FinishedAt),
            From = zone.Leads.Where(lead => lead.PersonId == me.PersonId).Max(lead => lead.From),
        }).ToListAsync(cancel);
        return
        [
            .. late.Select(zone => new WaitingLine(zone.Id, "alarm", $"督促整改：{zone.Name}有隐患超期", "责任区长督促到整改完成", $"/zones/{zone.Id}", "去看", today) { Since = today.At(TimeOnly.MinValue) }),
            .. walk.Select(zone =>
            {
                var since = zone.Last?.PlantDate() ?? zone.From;
                return new WaitingLine(zone.Id, "map", $"巡查：{zone.Name}", $"{zone.Cadence} · {(zone.Last is null ? "还没有巡查过" : $"上次 {since.Say(today.Year)}")}", $"/inspections/round?zone={zone.Id}", "去巡查", since.AddDays(zone.EveryDays))
                { Since = since.At(TimeOnly.MinValue) };
            }),
        ];
    }

    /// <summary>Zones of mine with an overdue finding, from their places down: only the places of a lead's own zones are looked at.</summary>
    IQueryable<Guid> Overdue()
    {
        var (company, today) = (me.CompanyId, clock.Today());
        return outlook.Led()
            .Where(led => db.Findings.Any(f => f.CompanyId == company && f.PlaceId == led.PlaceId && f.Status == FindingStatus.Assigned && f.DueOn < today))
            .Select(led => led.ZoneId).Distinct();
    }

    /// <summary>Whose cadence has passed since the last round, or since I took it over; one that is being walked is no longer due.</summary>
    IQueryable<Zone> ToWalk()
    {
        var (today, now) = (clock.Today(), clock.GetUtcNow());
        return db.Zones.AsNoTracking().Where(zone => zone.CompanyId == me.CompanyId && zone.IsActive && zone.EveryDays != null
            && zone.Leads.Any(lead => lead.PersonId == me.PersonId && lead.From.AddDays(zone.EveryDays!.Value) <= today && (lead.To == null || lead.To >= today))
            && !db.Inspections.Any(round => round.ZoneId == zone.Id && (round.Status == InspectionStatus.Started || round.FinishedAt > now.AddDays(-zone.EveryDays!.Value))));
    }
}
