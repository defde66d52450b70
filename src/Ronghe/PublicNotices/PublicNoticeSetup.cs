using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.PublicNotices;

public static class PublicNoticeSetup
{
    public static IServiceCollection AddPublicNotices(this IServiceCollection services) => services
        .AddScoped<PublicNoticeAccess>().AddScoped<PublicNoticeActions>().AddScoped<PublicNoticeQueries>().AddScoped<PublicNoticeNotices>().AddScoped<PublicNoticeCalendar>().AddScoped<PublicNoticeRobots>()
        .AddSingleton(PublicNoticeQueries.Waiting)
        .AddSingleton(PublicNoticeCalendar.Source)
        .AddSingleton(new LinkedKind(PublicNoticeActions.Kind, (scope, id, cancel) =>
            scope.GetRequiredService<PublicNoticeAccess>().Visible().Where(notice => notice.Id == id).Select(notice => notice.Title).SingleOrDefaultAsync(cancel)))
        .AddSingleton(new MenuEntry("闭环", "公示", "speakerphone", "/public-notices", PublicNoticePermissions.Read))
        .AddJournalSubjects(PublicNoticeJournal.Subjects)
        .AddNoticesOf(PublicNoticeNotices.Kinds, PublicNoticeNotices.Source)
        .AddRobotNewsOf(PublicNoticeRobots.Kinds, PublicNoticeRobots.Source)
        .AddSingleton(new ApiExample(typeof(PublicNoticeRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5c80","title":"2027 年党员安全示范岗拟定名单","text":"经支部推荐、安监审核，拟定以下岗位……","shownTo":["0199a0c4-7000-7b22-9c03-1d2e3f405162"],"workdays":5,"aboutKind":null,"aboutId":null}
            """))
        .AddSingleton(new ApiExample(typeof(RestatementRequest), """{"version":1,"title":"2027 年党员安全示范岗拟定名单","text":"名单如下……","shownTo":["0199a0c4-7000-7b22-9c03-1d2e3f405162"],"workdays":5}"""))
        .AddSingleton(new ApiExample(typeof(ObjectionRequest), """{"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5c81","text":"该岗位去年下半年有一次未遂没有列入","withoutName":false}"""))
        .AddSingleton(new ApiExample(typeof(ObjectionAnswer), """{"version":2,"upheld":false,"answer":"经核实，该次未遂发生在相邻岗位"}"""))
        .AddSingleton(new ApiExample(typeof(OutcomeRequest), """{"version":3,"held":true,"reason":"无异议"}"""))
        .AddSingleton(new ApiExample(typeof(PublicNoticeVersion), """{"version":1}"""))
        .AddSingleton(new ApiExample(typeof(WithdrawalRequest), """{"version":2,"reason":"名单有误"}"""));

    /// <summary>What each post may do with public notices by default.</summary>
    public static void GrantPublicNotices(this PostRights rights)
    {
        rights.Define(PublicNoticePermissions.All).GrantEveryone(PublicNoticePermissions.Read);
        foreach (var post in (string[])[Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.SafetyOfficer, Posts.PartyAffairs, Posts.Discipline, Posts.UnionRepresentative,
            Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary])
            rights.Grant(post, PublicNoticePermissions.Publish);
    }
}
