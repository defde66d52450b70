using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Tasks;

public static class TaskSetup
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddScoped<TaskAccess>().AddScoped<TaskActions>().AddScoped<TaskQueries>().AddScoped<TaskWork>().AddScoped<TaskNotices>().AddScoped<TaskCalendar>()
        .AddSingleton(TaskWork.Source)
        .AddSingleton(TaskCalendar.Source)
        .AddSingleton(new LinkedKind(TaskActions.Kind, (scope, id, cancel) =>
            scope.GetRequiredService<TaskAccess>().Visible().Where(task => task.Id == id).Select(task => task.Title).SingleOrDefaultAsync(cancel)))
        .AddSingleton(new MenuEntry("闭环", "任务交办", "clipboard-list", "/tasks", TaskPermissions.Use))
        .AddJournalSubjects(TaskJournal.Subjects)
        .AddNoticesOf(TaskNotices.Kinds, TaskNotices.Source)
        .AddSingleton(new ApiExample(typeof(GiveRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5b70","title":"补齐 2 号炉防爆门隔离围栏","requirement":"围栏闭合、挂警示牌，安监验收","ownerId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","dueOn":"2026-12-11","confirmerId":null,"originKind":"finding","originId":"0199a0c4-8000-7c33-8d04-2e3f40516273"}
            """))
        .AddSingleton(new ApiExample(typeof(TaskNoteRequest), """{"version":2,"note":"围栏已装好，警示牌已挂"}"""))
        .AddSingleton(new ApiExample(typeof(TaskReasonRequest), """{"version":3,"reason":"北侧还缺一段"}"""))
        .AddSingleton(new ApiExample(typeof(TaskExtensionRequest), """{"version":2,"until":"2026-12-18","reason":"材料晚到，已设临时围挡"}"""))
        .AddSingleton(new ApiExample(typeof(HandOverRequest), """{"version":2,"toId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","reason":"原办理人外出培训"}"""));

    /// <summary>What each post may do with tasks by default.</summary>
    public static void GrantTasks(this PostRights rights)
    {
        const string view = TaskPermissions.View, give = TaskPermissions.Give;
        rights.Define(TaskPermissions.All).GrantEveryone(TaskPermissions.Use);
        foreach (var post in (string[])[Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.DepartmentDeputy, Posts.CrewLead, Posts.SafetyOfficer, Posts.PartyAffairs,
            Posts.Discipline, Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary])
            rights.Grant(post, view, give);
        rights.Grant(Posts.CommitteeMember, view).Grant(Posts.UnionRepresentative, view).Grant(Posts.GroupLead, view);
    }
}
