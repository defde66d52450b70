using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.ModelPosts;

public static class ModelPostSetup
{
    static readonly ApiExample[] Examples =
    [
        new(typeof(NominationRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e10","kind":"procedure","personId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","position":"主值班员","zoneId":"0199a0c4-8000-7c33-8d04-2e3f40516273","placeIds":[],"statement":"今年 312 张操作票无差错，8 月 3 日发现票面与现场不符，停下来改票"}
            """),
        new(typeof(ModelPostVersion), """{"version":1}"""),
        new(typeof(ModelPostNote), """{"version":2,"note":"核对了违章、隐患和党员名册，符合标准"}"""),
        new(typeof(ModelPostNoticeRequest), """{"version":3,"noticeId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e11","workdays":5}"""),
        new(typeof(AwardRequest), """{"version":5,"from":"2026-12-01","months":12,"reviewMonths":6}"""),
        new(typeof(RenewalRequest), """{"version":9,"months":12,"reviewMonths":6,"note":"任期内做到了，续任一年"}"""),
        new(typeof(ActivityRequest), """{"version":6,"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e12","kind":"contest","on":"2026-12-10","title":"倒闸操作比武","outcome":"本值两人独立完成，漏项从 4 处降到 1 处"}"""),
        new(typeof(CriterionRequest), """{"kind":"hazard","version":0,"reason":"与本厂制度一致","id":"MP-03-03","text":"由本人跟踪的隐患按期整改","evidence":"隐患台账","threshold":"不少于 95 %","source":"YH-13"}"""),
        new(typeof(CriteriaTermRequest), """{"kind":"skill","version":1,"reason":"与鉴定周期一致","months":24,"reviewMonths":12}"""),
        new(typeof(ZoneConclusionRequest), """{"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e13","year":2026,"version":0,"conclusion":"巡查次数够，按期整改率低于去年","improvement":"积粉一类每周盯一次"}"""),
    ];

    public static IServiceCollection AddModelPosts(this IServiceCollection services, string contentFolder)
    {
        foreach (var example in Examples) services.AddSingleton(example);
        return services
            .AddSingleton(_ => CriteriaPack.Load(contentFolder))
            .AddScoped<ModelPostAccess>().AddScoped<ModelPostReadings>().AddScoped<ModelPostCriteriaBook>().AddScoped<ModelPostActions>().AddScoped<ModelPostShowing>()
            .AddScoped<ModelPostQueries>().AddScoped<ModelPostEffects>().AddScoped<ModelPostWork>().AddScoped<ModelPostNotices>().AddScoped<ZoneAssessments>()
            .AddSingleton(ModelPostWork.Source)
            .AddSingleton(ModelPostShowing.Subject)
            .AddSingleton(new LinkedKind(ModelPostActions.Kind, (scope, id, cancel) => scope.GetRequiredService<ModelPostAccess>().Visible()
                .Where(post => post.Id == id).Select(post => "示范岗：" + post.Position).SingleOrDefaultAsync(cancel)))
            .AddSingleton(new MenuEntry("安全", "党员安全示范岗", "award", "/model-posts", ModelPostPermissions.View))
            .AddJournalSubjects(ModelPostJournal.Subjects)
            .AddNoticesOf(ModelPostNotices.Kinds, ModelPostNotices.Source)
            .AddRights(Grant);
    }

    static void Grant(PostRights rights)
    {
        const string nominate = ModelPostPermissions.Nominate, recommend = ModelPostPermissions.Recommend, check = ModelPostPermissions.Check, award = ModelPostPermissions.Award,
            review = ModelPostPermissions.Review, effect = ModelPostPermissions.Effect, configure = ModelPostPermissions.Configure;
        rights.Define(ModelPostPermissions.All).GrantEveryone(ModelPostPermissions.View)
            .Grant(Posts.PlantHead, effect, award).Grant(Posts.DeputyHead, effect, check)
            .Grant(Posts.DepartmentHead, nominate, effect, check).Grant(Posts.DepartmentDeputy, nominate, effect).Grant(Posts.CrewLead, nominate)
            .Grant(Posts.SafetyOfficer, nominate, check, review, effect, configure)
            .Grant(Posts.PartyAffairs, nominate, award, review, effect, configure)
            .Grant(Posts.CommitteeSecretary, nominate, recommend, award, review, effect)
            .Grant(Posts.Secretary, nominate, recommend, review, effect).Grant(Posts.DeputySecretary, nominate, recommend, review, effect)
            .Grant(Posts.CommitteeMember, nominate, effect).Grant(Posts.UnionRepresentative, effect).Grant(Posts.Discipline, effect).Grant(Posts.GroupLead, nominate);
    }
}
