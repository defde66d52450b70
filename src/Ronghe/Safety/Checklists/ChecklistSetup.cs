using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Checklists;

public static class ChecklistSetup
{
    public static IServiceCollection AddChecklists(this IServiceCollection services) => services
        .AddSingleton(new ApiExample(typeof(ChecklistRequest), """
            {"name":"储能站检查表","scope":"电池舱、变流器","cadence":"每周 1 次","source":"行业惯例","items":[{"id":"1","text":"电池舱门关闭严密，无异味","kind":"yesNo"},{"id":"2","text":"舱内温度","kind":"number","unit":"℃","max":35}]}
            """))
        .AddSingleton(new ApiExample(typeof(ChecklistChangeRequest), """{"version":1,"facts":{"name":"储能站检查表","items":[{"id":"1","text":"电池舱门关闭严密，无异味","kind":"yesNo"}]}}"""))
        .AddScoped<ChecklistBook>()
        .AddSingleton(new MenuEntry("系统", "检查表", "checklist", "/checklists", ChecklistPermissions.View))
        .AddSingleton(new DefaultContent(ChecklistPack.LoadAsync))
        .AddJournalSubjects([new(ChecklistBook.Kind, "检查表", new Dictionary<string, string>
        {
            ["checklist.created"] = "新建", ["checklist.restated"] = "改出新版本", ["checklist.retired"] = "停用", ["checklist.restored"] = "恢复使用",
        }) { Record = typeof(Checklist), Href = _ => "/checklists" }])
        .AddRights(rights => rights.Define(ChecklistPermissions.All).GrantEveryone(ChecklistPermissions.View).Grant(Posts.SafetyOfficer, ChecklistPermissions.Manage));
}
