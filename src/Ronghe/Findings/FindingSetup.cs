using Microsoft.EntityFrameworkCore;
using Ronghe.Findings.Ledgers;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Offline;
using Ronghe.Platform.Search;
using Ronghe.Platform.Web;

namespace Ronghe.Findings;

public static class FindingSetup
{
    public static IServiceCollection AddFindings(this IServiceCollection services) => services
        .AddFindingExamples()
        .AddScoped<FindingAccess>()
        .AddScoped<FindingActions>()
        .AddSingleton<FindingIntake>()
        .AddScoped<FindingReporting>()
        .AddScoped<FindingOrigins>()
        .AddScoped<FindingPhotoActions>()
        .AddScoped<FindingRulebook>()
        .AddScoped<FindingEscalation>()
        .AddScoped<FindingSampling>()
        .AddScoped<FindingQueries>()
        .AddScoped<FindingLoads>()
        .AddScoped<FindingSearch>()
        .AddScoped<FindingBlocks>()
        .AddScoped<FindingBulk>()
        .AddSingleton(FindingListing.Description)
        .AddSingleton(new DensitySource("findings", "reported_at", "finding_words", "words", "scope")).AddSingleton<RowDensity>()
        .AddScoped<FindingDetails>()
        .AddScoped<FindingWork>()
        .AddSingleton(FindingWaiting.Source)
        .AddSingleton(new LinkedKind(FindingActions.Kind, (scope, id, cancel) => scope.GetRequiredService<FindingAccess>().Visible()
            .Where(f => f.Id == id).Select(f => f.Number + " " + f.Description).SingleOrDefaultAsync(cancel)))
        .AddScoped<FindingBoard>()
        .AddScoped<FindingChoices>()
        .AddScoped<FindingLedger>()
        .AddScoped<HazardDictionary>()
        .AddSingleton(new MenuEntry("闭环", "隐患与问题", "alert-triangle", "/findings", FindingPermissions.View))
        .AddSingleton(new MenuEntry("闭环", "隐患公示板", "device-tv-old", "/findings/board", FindingPermissions.View))
        .AddSingleton(new MenuEntry("闭环", "各单位情况", "sitemap", "/findings/units", FindingPermissions.View))
        .AddSingleton(new MenuEntry("闭环", "回头看", "rotate-clockwise", "/findings/rechecks", FindingPermissions.Close))
        .AddSingleton(new MenuEntry("系统", "期限规则", "adjustments", "/findings/rules", FindingPermissions.View))
        .AddSingleton(new MenuEntry("系统", "分类字典", "category", "/findings/categories", FindingPermissions.View))
        .AddSingleton(OfflineSource.Of(new("/findings/report", "上报隐患", "camera")))
        .AddSingleton(new PickerSource("findings", "隐患", (http, q, cancel) => http.RequestServices.GetRequiredService<FindingChoices>()
            .FindAsync(q, Guid.TryParse(http.Request.Query["except"], out var except) ? except : null, cancel)))
        .AddJournalSubjects(FindingJournal.Subjects)
        .AddNoticesOf(FindingNotices.Kinds, FindingNotices.Source)
        .AddRobotNewsOf(FindingRobots.Kinds, daily: FindingRobots.Daily)
        .AddScoped<FindingNotices>().AddScoped<FindingDigest>().AddScoped<FindingRobots>()
        .AddSingleton(FindingCounting.Source)
        .AddScoped<FindingCalendar>().AddSingleton(FindingCalendar.Source)
        .AddImporter<FindingImporter>()
        .AddExporter<FindingExporter>()
        .AddSingleton(new DefaultContent(HazardCategoryPack.LoadAsync))
        .AddSingleton(new DefaultContent((db, _, cancel) => FindingIndexing.FillAsync(db, cancel)))
        .AddSingleton(new SearchSource(40, "隐患与问题", "alert-triangle", FindingHits.FindAsync) { More = q => "/findings?q=" + Uri.EscapeDataString(q) })
        .AddFileViewers(FindingActions.Kind, (scope, id, cancel) => scope.GetRequiredService<FindingAccess>().Visible().AnyAsync(f => f.Id == id, cancel));

    /// <summary>What each post may do with findings by default.</summary>
    public static void GrantFindings(this PostRights rights)
    {
        const string report = FindingPermissions.Report, view = FindingPermissions.View, assign = FindingPermissions.Assign, verify = FindingPermissions.Verify,
            close = FindingPermissions.Close, supervise = FindingPermissions.Supervise, export = FindingPermissions.Export, configure = FindingPermissions.Configure;
        rights.Define(FindingPermissions.All)
            .GrantEveryone(report, view)
            .Grant(Posts.SafetyOfficer, view, assign, verify, close, supervise, export, configure, FindingPermissions.Import)
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
