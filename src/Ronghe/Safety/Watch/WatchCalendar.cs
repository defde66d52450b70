using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;

namespace Ronghe.Safety.Watch;

/// <summary>Weeks of the watch: mine; or those of the branches that I look after, with who stands.</summary>
public sealed class WatchCalendar(AppDb db, Me me)
{
    public static readonly CalendarSource Source = new("监督台值守", (scope, ask, cancel) => scope.GetRequiredService<WatchCalendar>().LinesAsync(ask, cancel));

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var (since, reach) = (ask.From.AddDays(-6), me.ReachOf(WatchPermissions.View));
        var weeks = db.WatchWeeks.Where(week => week.CompanyId == me.CompanyId && week.Monday >= since && week.Monday <= ask.To);
        weeks = ask.Mine
            ? weeks.Where(week => week.Duties.Any(duty => duty.PersonId == me.PersonId && !duty.IsGivenUp))
            : weeks.Where(week => week.Duties.Any(duty => duty.PersonId == me.PersonId && !duty.IsGivenUp)
                || db.PartyCoverage.Any(c => c.PartyOrganisationId == week.BranchId && db.NodeClosure.Any(up => up.DescendantId == c.UnitId && reach.Contains(up.AncestorId))));
        var rows = await weeks.AsNoTracking().Select(week => new
        {
            week.Id, week.Monday, Branch = db.PartyOrganisations.First(node => node.Id == week.BranchId).Name,
            Members = db.People.Where(person => week.Duties.Any(duty => duty.PersonId == person.Id && !duty.IsGivenUp)).OrderBy(person => person.Number).Select(person => person.Name).ToList(),
        }).AsSplitQuery().ToListAsync(cancel);
        return [.. rows.Select(week => new CalendarEntry(WatchActions.Week, week.Id, $"监督台值守：{(ask.Mine ? "我" : week.Branch)}", week.Monday, week.Monday.AddDays(6), PlanTag.Both, $"/watch/{week.Id}", "监督台值守")
        {
            Icon = "eye", Detail = $"{week.Branch} · {string.Join('、', week.Members)}",
        })];
    }
}
