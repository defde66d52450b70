using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Files;

namespace Ronghe.Findings;

public static class FindingSetup
{
    public static IServiceCollection AddFindings(this IServiceCollection services) => services
        .AddFindingExamples()
        .AddScoped<FindingAccess>()
        .AddScoped<FindingActions>()
        .AddScoped<FindingReporting>()
        .AddScoped<FindingPhotoActions>()
        .AddScoped<FindingNumbers>()
        .AddScoped<FindingRulebook>()
        .AddScoped<FindingEscalation>()
        .AddScoped<FindingSampling>()
        .AddScoped<FindingQueries>()
        .AddScoped<FindingDetails>()
        .AddScoped<FindingWork>()
        .AddScoped<FindingBoard>()
        .AddFileViewers(FindingActions.Kind, (scope, id, cancel) => scope.GetRequiredService<FindingAccess>().Visible().AnyAsync(f => f.Id == id, cancel));

    /// <summary>What each post may do with findings by default.</summary>
    public static void GrantFindings(this PostRights rights)
    {
        const string report = FindingPermissions.Report, view = FindingPermissions.View, assign = FindingPermissions.Assign, verify = FindingPermissions.Verify,
            close = FindingPermissions.Close, supervise = FindingPermissions.Supervise, export = FindingPermissions.Export, configure = FindingPermissions.Configure;
        rights.Define(FindingPermissions.All)
            .GrantEveryone(report, view)
            .Grant(Posts.SafetyOfficer, view, assign, verify, close, supervise, export, configure)
            .Grant(Posts.PlantHead, view, assign, supervise, export)
            .Grant(Posts.DeputyHead, view, assign, supervise, export)
            .Grant(Posts.DepartmentHead, view, assign, verify, export)
            .Grant(Posts.DepartmentDeputy, view, assign, verify, export)
            .Grant(Posts.CrewLead, view, verify)
            .Grant(Posts.UnionRepresentative, view)
            .Grant(Posts.CommitteeSecretary, view, verify, supervise, export)
            .Grant(Posts.Secretary, view, verify, export)
            .Grant(Posts.DeputySecretary, view, verify, export)
            .Grant(Posts.CommitteeMember, view)
            .Grant(Posts.PartyAffairs, view, export)
            .Grant(Posts.Discipline, view);
    }
}
