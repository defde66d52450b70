using Ronghe.Duties;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch;

public static class WatchSetup
{
    public static IServiceCollection AddWatch(this IServiceCollection services) => services
        .AddScoped<WatchActions>()
        .AddScoped<WatchQueries>()
        .AddScoped<WatchNotices>()
        .AddWatchExamples()
        .AddNoticesOf(WatchNotices.Kinds, WatchNotices.Source)
        .AddSingleton(new MenuEntry("安全", "党员监督台", "eye", "/watch", WatchPermissions.View))
        // A rota with both members meets the branch's weekly duty (M07).
        .AddSingleton(new DutyEvidence("WatchDuty", "值守安排",
            db => db.WatchWeeks.Select(week => new DutyRecord { SubjectId = week.BranchId, On = week.Monday, RecordId = week.Id }), id => $"/watch/{id}", "/watch"))
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
