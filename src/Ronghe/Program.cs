using Ronghe.Demo;
using Ronghe.Duties;
using Ronghe.Duties.Calendar;
using Ronghe.Findings;
using Ronghe.Layout;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Audit;
using Ronghe.Organisation.Counts;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Notices;
using Ronghe.Organisation.Robots;
using Ronghe.Platform.Backup;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Metrics;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Offline;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;
using Ronghe.PartyLife.Meetings;
using Ronghe.PublicNotices;
using Ronghe.Safety.Violations;
using Ronghe.Safety.Watch;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Risks;
using Ronghe.Safety.ModelPosts;
using Ronghe.Safety.Zones;
using Ronghe.Tasks;

namespace Ronghe;

/// <summary>Where the product starts: its tables, its wings, its commands.</summary>
public static class Program
{
    public static Product Product { get; } = new(new Schema(AppDb.Open), Build);

    /// <summary>Rules, dictionaries and demo data that come with the product.</summary>
    public static string ContentFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Content");

    static readonly CliCommand[] Commands =
    [
        new ServeCommand(),
        new MigrateCommand(),
        new DoctorCommand(),
        new ImportCommand("org", "导入组织机构：行政组织和党组织"),
        new ImportCommand("people", "导入员工花名册"),
        new ImportCommand("findings", "导入隐患台账"),
        new ExportCommand("org", "导出组织机构：行政组织和党组织"),
        new ExportCommand("people", "导出员工花名册，含已离开的人"),
        new ExportCommand("findings", "导出全部隐患台账"),
        new VerifyCountersCommand(),
        new VerifyJournalCommand(),
        new ExportJournalCommand(),
        new UserAddCommand(),
        new UserDismissCommand(),
        new UserUnlockCommand(),
        new UserResetSecondFactorCommand(),
        new UserTokenCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new DemoCommand(),
    ];

    public static Task<int> Main(string[] args) => new CommandLine(Product, Commands).RunAsync(args);

    /// <summary>Every wing, one line each.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string connectionString, string dataFolder)
    {
        builder.AddRongheWeb();
        builder.Services
            .AddDatabase(connectionString)
            .AddKeys(dataFolder)
            .AddJournal(builder.Configuration)
            .AddNotices()
            .AddRobotOutbox(builder.Configuration)
            .AddFiles(dataFolder)
            .AddRules(ContentFolder)
            .AddLists()
            .AddOffline()
            .AddRongheOpenApi()
            .AddAccess()
            .AddAccounts(builder.Configuration)
            .AddOrganisation().AddRights(rights => rights.GrantOrganisation())
            .AddAudit()
            .AddOutgoingNotices()
            .AddRobots().AddRights(rights => rights.GrantRobots())
            .AddImports().AddRights(rights => rights.GrantImports())
            .AddLayout()
            .AddDuties(ContentFolder).AddRights(rights => rights.GrantDuties()).AddRights(rights => rights.GrantCalendar())
            .AddFindings().AddRights(rights => rights.GrantFindings())
            .AddTasks().AddRights(rights => rights.GrantTasks())
            .AddPublicNotices().AddRights(rights => rights.GrantPublicNotices())
            .AddMeetings(ContentFolder).AddRights(rights => rights.GrantMeetings())
            .AddWatch().AddRights(rights => rights.GrantWatch())
            .AddViolations().AddRights(rights => rights.GrantViolations())
            .AddZones()
            .AddChecklists()
            .AddInspections()
            .AddRisks(ContentFolder).AddRights(rights => rights.GrantRisks())
            .AddModelPosts(ContentFolder)
            .AddJobs(builder.Configuration)
            .AddRongheMetrics()
            .AddSchedule()
            .AddDemo(Build, ContentFolder);
        var app = builder.Build();
        app.UseRongheWeb();
        app.UseAuthentication();
        app.UseMe();
        app.UseDoors();
        app.UseStepUp();
        app.MapRongheWeb();
        app.MapFiles(PlatformPermissions.Use);
        app.MapAccountApi();
        app.MapMetrics();
        app.MapJobApi();
        app.MapRongheOpenApi();
        app.MapOfflineApi();
        app.MapOrganisationApi();
        app.MapAuditApi();
        app.MapNoticeApi();
        app.MapRobotApi();
        app.MapImportApi();
        app.MapDutyApi();
        app.MapCalendarApi();
        app.MapFindingApi();
        app.MapTaskApi();
        app.MapPublicNoticeApi();
        app.MapMeetingApi();
        app.MapWatchApi();
        app.MapViolationApi();
        app.MapZoneApi();
        app.MapChecklistApi();
        app.MapInspectionApi();
        app.MapRiskApi();
        app.MapRiskSessionApi();
        app.MapModelPostApi();
        return app;
    }
}
