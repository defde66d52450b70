using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Violations;

public static class ViolationSetup
{
    public static IServiceCollection AddViolations(this IServiceCollection services) => services
        .AddScoped<ViolationAccess>().AddScoped<ViolationActions>().AddScoped<ViolationQueries>().AddScoped<ViolationDictionary>().AddScoped<ViolationsNearby>().AddScoped<ViolationNotices>()
        .AddSingleton(ViolationQueries.Waiting)
        .AddSingleton(new LinkedKind(ViolationActions.Kind, (scope, id, cancel) =>
        {
            var kinds = scope.GetRequiredService<AppDb>().ViolationKinds;
            return scope.GetRequiredService<ViolationAccess>().Visible().Where(one => one.Id == id)
                .Select(one => kinds.First(kind => kind.Id == one.KindId).Name + " · " + one.PlaceText).SingleOrDefaultAsync(cancel);
        }))
        .AddSingleton(new MenuEntry("安全", "违章", "hand-stop", "/violations", ViolationPermissions.View))
        .AddSingleton(new MenuEntry("系统", "违章字典", "category", "/violations/kinds", ViolationPermissions.View))
        .AddSingleton(new DefaultContent(ViolationKindPack.LoadAsync))
        .AddJournalSubjects(ViolationJournal.Subjects)
        .AddNoticesOf(ViolationNotices.Kinds, ViolationNotices.Source)
        .AddSingleton(new ApiExample(typeof(NoteViolationRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5d90","kindId":"VK-ZY-02","personId":"0199a0c4-6f00-7a11-8b02-9c1d2c4b5a61","contractor":null,"unitId":null,"placeId":null,"place":"2 号炉 8 米层","on":"2026-11-20","evidence":"票面只写清理滤网，现场同时拆了相邻阀门，有照片","findingId":null,"zoneId":null}
            """))
        .AddSingleton(new ApiExample(typeof(ViolationNoteRequest), """{"version":1,"note":"本人承认，说是赶工期"}"""));

    /// <summary>What each post may do with violations by default.</summary>
    public static void GrantViolations(this PostRights rights)
    {
        const string names = ViolationPermissions.Names, note = ViolationPermissions.Note, decide = ViolationPermissions.Decide;
        rights.Define(ViolationPermissions.All).GrantEveryone(ViolationPermissions.View)
            .Grant(Posts.SafetyOfficer, ViolationPermissions.View, names, note, decide, ViolationPermissions.Configure);
        foreach (var post in (string[])[Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.DepartmentDeputy]) rights.Grant(post, ViolationPermissions.View, names, note, decide);
        foreach (var post in (string[])[Posts.CrewLead, Posts.Secretary, Posts.DeputySecretary]) rights.Grant(post, ViolationPermissions.View, names, note);
        foreach (var post in (string[])[Posts.CommitteeSecretary, Posts.CommitteeMember, Posts.UnionRepresentative, Posts.PartyAffairs, Posts.Discipline]) rights.Grant(post, ViolationPermissions.View);
    }
}
