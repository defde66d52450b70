using Microsoft.EntityFrameworkCore;
using Ronghe.Duties;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Risks;

public static class RiskSetup
{
    static readonly ApiExample[] Examples =
    [
        new(typeof(NewRiskRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e10","kind":"safety","facts":{"title":"皮带机绞伤","scenario":"清煤、调偏、跨越皮带时被卷入","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","placeId":null,"place":"2 号皮带机头部","accidentType":"机械致害","ownerId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61"},"sessionId":null}
            """),
        new(typeof(RiskChangeRequest), """
            {"version":1,"facts":{"title":"皮带机绞伤","scenario":"清煤、调偏、跨越皮带时被卷入","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","placeId":null,"place":"2 号皮带机头部","accidentType":"机械致害","ownerId":null}}
            """),
        new(typeof(RiskAssessmentRequest), """{"version":1,"method":"lec","values":[3,6,15],"note":"上月两次跨越皮带","confirmerId":null}"""),
        new(typeof(RiskNoteRequest), """{"version":2,"note":"同意，先停机整改"}"""),
        new(typeof(RiskMeasureRequest), """
            {"version":2,"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e20","title":"补齐拉绳和跨越桥","requirement":"拉绳逐处试过，跨越桥验收","ownerId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","dueOn":"2026-12-11","confirmerId":null}
            """),
        new(typeof(RiskSessionRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e30","kind":"safety","title":"四季度安全风险研判","nodeId":"0199a0c4-7000-7b22-9c03-1d2e3f405163","from":"2026-10-01","to":"2026-12-31","on":"2026-11-20","chairId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","invitedIds":["0199a0c4-6f00-7a11-8b02-9c1d2c4b5a62"],"workPlan":"2 号机 C 修"}
            """),
        new(typeof(SessionRisksRequest), """{"version":1,"riskIds":["0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e10"]}"""),
        new(typeof(SessionRiskRequest), """{"version":2,"riskId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e10"}"""),
        new(typeof(SessionOpeningRequest), """{"version":2,"on":"2026-11-20","presentIds":["0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","0199a0c4-6f00-7a11-8b02-9c1d2c4b5a62"]}"""),
        new(typeof(SessionFindingRequest), """{"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e40","description":"煤仓入口没有上锁","placeId":null,"place":"煤仓间","urgent":false}"""),
    ];

    public static IServiceCollection AddRisks(this IServiceCollection services, string contentFolder)
    {
        foreach (var example in Examples) services.AddSingleton(example);
        return services
            .AddSingleton(scope => RiskPack.Load(contentFolder, scope.GetRequiredService<RuleBook>()))
            .AddScoped<RiskAccess>().AddScoped<RiskActions>().AddScoped<RiskQueries>().AddScoped<RiskRulebook>().AddScoped<RiskRegister>().AddScoped<RiskNotices>().AddScoped<RiskWork>()
            .AddScoped<RiskSessionActions>().AddScoped<RiskSessionQueries>().AddScoped<RiskSessionGathering>()
            .AddSingleton(RiskWork.Source)
            .AddSingleton(new LinkedKind(RiskActions.Kind, (scope, id, cancel) =>
                scope.GetRequiredService<RiskAccess>().Visible().Where(risk => risk.Id == id).Select(risk => risk.Title).SingleOrDefaultAsync(cancel)))
            .AddSingleton(new LinkedKind(RiskSessionActions.Kind, (scope, id, cancel) =>
                scope.GetRequiredService<RiskAccess>().VisibleSessions().Where(session => session.Id == id).Select(session => session.Title).SingleOrDefaultAsync(cancel)))
            .AddSingleton(new MenuEntry("安全", "风险清单", "flame", "/risks", RiskPermissions.View))
            .AddSingleton(new MenuEntry("安全", "风险研判会", "users-group", "/risk-sessions", RiskPermissions.View))
            .AddSingleton(new MenuEntry("系统", "风险评级规则", "scale", "/risks/rules", RiskPermissions.View))
            // A session on safety that was brought to its end meets the organisation's duty (M21): by then every risk has its level, every measure somebody and a date.
            .AddSingleton(new DutyEvidence("RiskSession", "风险研判", db => db.RiskSessions.Where(session => session.Status == RiskSessionStatus.Closed && session.Kind == RiskKind.Safety)
                .Select(session => new DutyRecord { SubjectId = session.NodeId, On = session.HeldOn!.Value, RecordId = session.Id }), id => $"/risk-sessions/{id}", "/risk-sessions/new"))
            .AddJournalSubjects(RiskJournal.Subjects)
            .AddNoticesOf(RiskNotices.Kinds, RiskNotices.Source);
    }

    /// <summary>What each post may do with risks by default.</summary>
    public static void GrantRisks(this PostRights rights)
    {
        const string view = RiskPermissions.View, business = RiskPermissions.Business, identify = RiskPermissions.Identify, assess = RiskPermissions.Assess, session = RiskPermissions.Session;
        rights.Define(RiskPermissions.All).GrantEveryone(view);
        foreach (var post in (string[])[Posts.PlantHead, Posts.DeputyHead, Posts.CommitteeSecretary]) rights.Grant(post, view, business, identify, assess, RiskPermissions.Confirm, session);
        rights
            .Grant(Posts.DepartmentHead, view, business, identify, assess, session)
            .Grant(Posts.DepartmentDeputy, view, identify, assess)
            .Grant(Posts.CrewLead, view, identify)
            .Grant(Posts.SafetyOfficer, view, identify, assess, session, RiskPermissions.Configure)
            .Grant(Posts.Secretary, view, identify, assess, session)
            .Grant(Posts.DeputySecretary, view, identify, assess, session)
            .Grant(Posts.PartyAffairs, view, session)
            .Grant(Posts.Discipline, view, business)
            .Grant(Posts.CommitteeMember, view)
            .Grant(Posts.UnionRepresentative, view);
    }
}
