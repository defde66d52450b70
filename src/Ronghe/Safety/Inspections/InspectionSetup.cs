using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Offline;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Inspections;

public static class InspectionSetup
{
    static readonly JournalSubject Subject = new(InspectionActions.Kind, "检查", new Dictionary<string, string>
    {
        ["inspection.planned"] = "安排", ["inspection.drawn"] = "抽取对象", ["inspection.started"] = "开始", ["inspection.filled"] = "填检查表", ["inspection.photographed"] = "拍照", ["inspection.found"] = "登记问题",
        ["inspection.finished"] = "结束", ["inspection.closed"] = "关闭", ["inspection.cancelled"] = "取消", ["inspection.explained"] = "说清楚",
        ["inspection.explanation-accepted"] = "认可说明", ["inspection.explanation-repeat"] = "要求再说一次",
    })
    { Record = typeof(Inspection), Href = id => $"/inspections/{id}" };

    static readonly ApiExample[] Examples =
    [
        new(typeof(InspectionPlanRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","kind":"special","title":"迎峰度冬专项检查","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","leadId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","on":"2026-11-25","checklist":"CK11","members":[]}
            """),
        new(typeof(InspectionVersion), """{"version":1}"""),
        new(typeof(InspectionAnswersRequest), """{"version":2,"answers":[{"itemId":"CK01-01","verdict":"no","note":"看火孔盖缺一个"},{"itemId":"CK01-03","number":12}]}"""),
        new(typeof(InspectionFindingRequest), """{"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a62","itemId":"CK01-01","description":"看火孔盖缺一个，冒灰","place":"锅炉 12 米层","urgent":false}"""),
        new(typeof(InspectionNoteRequest), """{"version":3,"note":"查了 15 项，2 项不合格，已登记"}"""),
        new(typeof(ExplanationRequest), """{"version":4,"findingId":"0199a0c4-8000-7c33-8d04-2e3f40516273","what":"看火孔盖缺失","why":"检修后未恢复","duty":"锅炉专业","measure":"补齐并列入检修恢复清单","dueOn":"2026-11-30"}"""),
        new(typeof(HearingRequest), """{"version":5,"accepted":false,"note":"没有说明谁验收"}"""),
    ];

    public static IServiceCollection AddInspections(this IServiceCollection services)
    {
        foreach (var example in Examples) services.AddSingleton(example);
        foreach (var evidence in InspectionDuties.All) services.AddSingleton(evidence);
        return services
            .AddScoped<InspectionAccess>().AddScoped<InspectionActions>().AddScoped<SpotChecks>().AddScoped<InspectionQueries>().AddScoped<InspectionWork>().AddScoped<InspectionNotices>().AddScoped<InspectionCalendar>()
            .AddSingleton(InspectionDuties.Explanations).AddSingleton(InspectionCalendar.Source)
            .AddSingleton(new MenuEntry("安全", "安全检查", "clipboard-check", "/inspections", InspectionPermissions.View))
            .AddSingleton(new OfflineSource((http, cancel) => http.RequestServices.GetRequiredService<InspectionQueries>().PagesOnTheSpotAsync(cancel)))
            .AddJournalSubjects([Subject])
            .AddSingleton(InspectionWork.Source)
            .AddNoticesOf(InspectionNotices.Kinds, InspectionNotices.Source)
            .AddSingleton(new LinkedKind(InspectionActions.Kind, (scope, id, cancel) =>
                scope.GetRequiredService<InspectionAccess>().Visible().Where(i => i.Id == id).Select(i => i.Title).SingleOrDefaultAsync(cancel)))
            .AddFileViewers(InspectionActions.Kind, (scope, id, cancel) => scope.GetRequiredService<InspectionAccess>().Visible().AnyAsync(i => i.Id == id, cancel))
            .AddRights(Grant);
    }

    static void Grant(PostRights rights)
    {
        const string plan = InspectionPermissions.Plan, view = InspectionPermissions.View, explain = InspectionPermissions.Explain;
        rights.Define(InspectionPermissions.All)
            .GrantEveryone(view)
            .Grant(Posts.SafetyOfficer, view, plan)
            .Grant(Posts.PlantHead, view, plan)
            .Grant(Posts.DeputyHead, view, plan)
            .Grant(Posts.DepartmentHead, view, plan, explain)
            .Grant(Posts.DepartmentDeputy, view, explain)
            .Grant(Posts.CommitteeSecretary, view, plan, InspectionPermissions.SpotCheck)
            .Grant(Posts.Secretary, view, plan)
            .Grant(Posts.DeputySecretary, view, plan)
            .Grant(Posts.PartyAffairs, view, plan, InspectionPermissions.SpotCheck)
            .Grant(Posts.Discipline, view)
            .Grant(Posts.UnionRepresentative, view, InspectionPermissions.Patrol);
    }
}
