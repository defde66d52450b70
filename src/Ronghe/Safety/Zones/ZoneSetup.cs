using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Zones;

public static class ZoneSetup
{
    static readonly JournalSubject[] Subjects =
    [
        new(ZoneActions.Kind, "责任区", new Dictionary<string, string>
        {
            ["zone.created"] = "划定", ["zone.pack-loaded"] = "载入建议划分", ["zone.restated"] = "修改", ["zone.rescaled"] = "随平面图换算范围",
            ["zone.lead-appointed"] = "指定责任区长", ["zone.lead-ended"] = "结束任期", ["zone.retired"] = "停用",
        }) { Record = typeof(Zone), Href = id => $"/zones/{id}" },
        new(ZonePlans.Kind, "厂区平面图", new Dictionary<string, string> { ["site-plan.replaced"] = "更换", ["site-plan.dropped"] = "改回随地点带来的图" })
        { Record = typeof(SitePlan), Href = _ => "/zones/plan" },
    ];

    static readonly ApiExample[] Examples =
    [
        new(typeof(NewZoneRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","facts":{"name":"#1锅炉责任区","placeIds":["0199a0c4-8000-7c33-8d04-2e3f40516273"],"corners":[622,330,848,330,848,450,622,450],"checklists":["CK01"],"cadence":"每周 1 次"}}
            """),
        new(typeof(ZoneChangeRequest), """{"version":1,"facts":{"name":"#1锅炉责任区","placeIds":["0199a0c4-8000-7c33-8d04-2e3f40516273"],"corners":[],"checklists":[],"cadence":"每周 1 次"}}"""),
        new(typeof(ZoneLeadRequest), """{"version":1,"personId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","role":"lead","from":"2026-11-20","to":null}"""),
        new(typeof(ZoneEndRequest), """{"version":2,"on":"2026-12-31"}"""),
    ];

    public static IServiceCollection AddZones(this IServiceCollection services)
    {
        foreach (var example in Examples) services.AddSingleton(example);
        return services
            .AddScoped<ZoneActions>().AddScoped<ZonePlans>().AddScoped<ZoneHealths>().AddScoped<ZonePack>().AddScoped<ZoneQueries>().AddScoped<ZoneSigns>().AddScoped<ZoneOutlook>().AddScoped<ZoneWork>().AddScoped<ZoneNotices>()
            .AddSingleton(new MenuEntry("安全", "党员安全责任区", "map", "/zones", ZonePermissions.View))
            .AddSingleton(ZoneDuties.Leads)
            .AddJournalSubjects(Subjects)
            .AddSingleton(ZoneWork.Source)
            .AddSingleton(ZoneOutlook.Source)
            .AddNoticesOf(ZoneNotices.Kinds, ZoneNotices.Source)
            .AddSingleton(new LinkedKind(ZoneActions.Kind, (scope, id, cancel) => scope.GetRequiredService<Me>() is var me
                ? scope.GetRequiredService<AppDb>().Zones.Where(zone => zone.Id == id && zone.CompanyId == me.CompanyId).Select(zone => zone.Name).SingleOrDefaultAsync(cancel) : Task.FromResult<string?>(null)))
            .AddFileViewers(ZonePlans.Kind, async (scope, id, cancel) => scope.GetRequiredService<Me>() is var me
                && await scope.GetRequiredService<AppDb>().SitePlans.AnyAsync(plan => plan.Id == id && plan.CompanyId == me.CompanyId, cancel))
            .AddRights(Grant);
    }

    static void Grant(PostRights rights)
    {
        rights.Define(ZonePermissions.All)
            .GrantEveryone(ZonePermissions.View)
            .Grant(Posts.SafetyOfficer, ZonePermissions.Manage, ZonePermissions.Plan)
            .Grant(Posts.CommitteeSecretary, ZonePermissions.Manage)
            .Grant(Posts.Secretary, ZonePermissions.Manage)
            .Grant(Posts.DeputySecretary, ZonePermissions.Manage);
    }
}
