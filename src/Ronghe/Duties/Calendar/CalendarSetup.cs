using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Calendar;

public static class CalendarSetup
{
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services
        .AddScoped<CalendarQueries>().AddScoped<CalendarOverlaps>().AddScoped<CalendarFeeds>().AddScoped<CalendarOwner>()
        .AddScoped<PlanAccess>().AddScoped<PlanActions>().AddScoped<PlanQueries>()
        .AddSingleton(PlanQueries.Source)
        .AddCalendarExamples()
        .AddSingleton(new LinkedKind(PlanActions.Kind, (scope, id, cancel) =>
            scope.GetRequiredService<PlanAccess>().Visible().Where(plan => plan.Id == id).Select(plan => plan.Title).SingleOrDefaultAsync(cancel)))
        .AddSingleton(new MenuEntry("", "日历", "calendar", "/calendar", CalendarPermissions.View))
        .AddJournalSubjects(
        [
            new(PlanActions.Kind, "日历计划", Enum.GetValues<PlanVerb>().ToDictionary(PlanActions.EventOf, verb => verb.Title())) { Record = typeof(PlanEntry), Href = id => $"/calendar/plans/{id}" },
            new(CalendarFeeds.Kind, "日历订阅地址", new Dictionary<string, string> { [CalendarFeeds.Kind + ".made"] = "生成", [CalendarFeeds.Kind + ".revoked"] = "停用" })
            { Record = typeof(CalendarFeed), Href = _ => "/calendar/feed" },
        ]);

    /// <summary>Everybody sees the own unit's days; who answers for people plans for them.</summary>
    public static void GrantCalendar(this PostRights rights)
    {
        rights.Define(CalendarPermissions.All).GrantEveryone(CalendarPermissions.View);
        foreach (var post in (string[])[Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.DepartmentDeputy, Posts.CrewLead, Posts.SafetyOfficer, Posts.UnionRepresentative,
            Posts.PartyAffairs, Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary, Posts.GroupLead])
            rights.Grant(post, CalendarPermissions.View, CalendarPermissions.Plan);
        rights.Grant(Posts.Discipline, CalendarPermissions.View).Grant(Posts.CommitteeMember, CalendarPermissions.View);
    }
}
