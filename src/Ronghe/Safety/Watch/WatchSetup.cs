using Ronghe.Duties;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Offline;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch;

public static class WatchSetup
{
    public static IServiceCollection AddWatch(this IServiceCollection services) => services
        .AddScoped<WatchActions>()
        .AddScoped<WatchQueries>()
        .AddScoped<WatchNotices>()
        .AddScoped<WatchBoard>()
        .AddScoped<WatchWork>()
        .AddSingleton(WatchWork.Source)
        .AddSingleton(WatchReach.Origin)
        .AddSingleton(new LinkedKind(WatchActions.Week, (scope, id, cancel) => scope.GetRequiredService<WatchQueries>().NameAsync(id, cancel)))
        .AddScoped<WatchRobots>()
        .AddWatchExamples()
        .AddNoticesOf(WatchNotices.Kinds, WatchNotices.Source)
        .AddRobotNewsOf(WatchRobots.Kinds, WatchRobots.Source, WatchRobots.Daily)
        .AddSingleton(new MenuEntry("安全", "党员监督台", "eye", "/watch", WatchPermissions.View))
        .AddSingleton(new OfflineSource(async (http, cancel) => await http.RequestServices.GetRequiredService<WatchQueries>().OnDutyAsync(cancel) is { } week
            ? [new OfflinePage($"/watch/{week}", "本周值守", "eye")] : []))
        // A rota with both members meets the branch's weekly duty (M07).
        .AddSingleton(new DutyEvidence("WatchDuty", "值守安排",
            db => db.WatchWeeks.Select(week => new DutyRecord { SubjectId = week.BranchId, On = week.Monday, RecordId = week.Id }), id => $"/watch/{id}", "/watch") { Tag = PlanTag.Both })
        .AddSingleton(new EventDutyAnswer("DU-27", "值守时报的隐患：指定监督员复核的，列在他的“我的工作台”；关闭以后由上报人确认或提出异议。", "/todo"))
        .AddScoped<WatchCalendar>().AddSingleton(WatchCalendar.Source)
        .AddJournalSubjects(
        [
            new(WatchActions.Week, "监督台值守", new Dictionary<string, string>
            {
                [WatchActions.Week + ".drawn"] = "排班", [WatchActions.Week + ".replaced"] = "换人", [WatchActions.Week + ".swapped"] = "换班", [WatchActions.Week + ".closed"] = "办结",
            }) { Record = typeof(WatchWeek), Href = id => $"/watch/{id}" },
            new(WatchActions.Swap, "换班", new Dictionary<string, string>
            {
                [WatchActions.Swap + ".asked"] = "提出", [WatchActions.Swap + ".agreed"] = "同意", [WatchActions.Swap + ".declined"] = "谢绝", [WatchActions.Swap + ".withdrawn"] = "撤回",
            }) { Record = typeof(WatchSwap), Href = _ => "/watch" },
            new(WatchActions.Absence, "不在岗", new Dictionary<string, string> { [WatchActions.Absence + ".noted"] = "登记", [WatchActions.Absence + ".cancelled"] = "取消" })
            { Record = typeof(WatchAbsence), Href = _ => "/watch" },
        ]);

    public static void GrantWatch(this PostRights rights) => rights.Define(WatchPermissions.All)
        .GrantEveryone(WatchPermissions.View)
        .Grant(Posts.Secretary, WatchPermissions.Arrange)
        .Grant(Posts.DeputySecretary, WatchPermissions.Arrange)
        .Grant(Posts.CommitteeSecretary, WatchPermissions.Arrange)
        .Grant(Posts.PartyAffairs, WatchPermissions.Arrange);
}
