using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Safety.Inspections;

/// <summary>
/// Inspections on the calendar. A spot check that has not started stands there for its checker and its planner alone, on the last day of
/// its month, and tells even them no unit; what was drawn is never read here.
/// </summary>
public sealed class InspectionCalendar(AppDb db, Me me, InspectionAccess access, TimeProvider clock)
{
    const int Most = 300;

    public static readonly CalendarSource Source = new("检查", (scope, ask, cancel) => scope.GetRequiredService<InspectionCalendar>().LinesAsync(ask, cancel)) { IsWork = true };

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var since = new DateOnly(ask.From.Year, ask.From.Month, 1);
        var inspections = access.Visible().Where(i => i.PlannedOn >= since && i.PlannedOn <= ask.To && i.Status != InspectionStatus.Cancelled
            && (i.Kind != InspectionKind.SpotCheck || i.Status != InspectionStatus.Planned || i.LeadId == me.PersonId || i.PlannedById == me.PersonId));
        if (ask.Mine)
            inspections = inspections.Where(i => i.LeadId == me.PersonId || i.PlannedById == me.PersonId || i.Members.Any(member => member.PersonId == me.PersonId)
                || db.NodeClosure.Any(c => c.DescendantId == me.UnitId && c.AncestorId == i.UnitId));
        var rows = await inspections.AsNoTracking().OrderBy(i => i.PlannedOn).Take(Most).Select(i => new
        {
            i.Id, i.Kind, i.Title, i.PlannedOn, i.StartedAt, i.Status, i.LeadId, i.UnitId, Unit = db.Units.Where(unit => unit.Id == i.UnitId).Select(unit => unit.Name).FirstOrDefault(),
            Lead = db.People.First(person => person.Id == i.LeadId).Name, Members = i.Members.Select(member => member.PersonId).ToList(),
        }).AsSplitQuery().ToListAsync(cancel);
        var today = clock.Today();
        return [.. rows.Select(i =>
        {
            var isHidden = i.Kind == InspectionKind.SpotCheck && i.Status == InspectionStatus.Planned;
            var on = i.StartedAt?.PlantDate() ?? (isHidden ? i.PlannedOn.AddMonths(1).AddDays(-1) : i.PlannedOn);
            return new CalendarEntry(InspectionActions.Kind, i.Id, i.Title, on, on, TagOf(i.Kind), $"/inspections/{i.Id}", isHidden ? "安全检查安排" : i.Kind.Title())
            {
                Icon = "clipboard-check", Detail = string.Join(" · ", new[] { i.Kind.Title(), i.Unit, $"{i.Lead}带队", i.Status.Title() }.OfType<string>()),
                IsDone = i.Status is InspectionStatus.Finished or InspectionStatus.Closed, IsLate = i.Status == InspectionStatus.Planned && on < today,
                Work = isHidden ? null : new([.. i.UnitId is { } unit ? [unit] : (Guid[])[]], [i.LeadId, .. i.Members]),
            };
        })];
    }

    /// <summary>What Party members or their secretaries lead serves both at once.</summary>
    static PlanTag TagOf(InspectionKind kind) => kind is InspectionKind.Special or InspectionKind.WorkerPatrol ? PlanTag.Production : PlanTag.Both;
}
