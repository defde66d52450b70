using Ronghe.Platform.Journal;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Api;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Imports.Rosters;
using Ronghe.Organisation.Imports.Trees;

namespace Ronghe.Organisation.Imports;

public static class ImportSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddJournalSubjects(ImportEvents.Subjects)
        .AddScoped<ImporterCatalogue>()
        .AddScoped<ImportMapper>()
        .AddScoped<ImportReversal>()
        .AddScoped<ImportActions>()
        .AddScoped<ImportQueries>()
        .AddScoped<ExportQueries>()
        .AddSingleton(new ApiExample(typeof(ImportCheckRequest), """{"version":1,"columns":{"姓名":"B"},"words":{"department":{"运行一部":"发电一部"}},"remember":true}"""))
        .AddSingleton(new ApiExample(typeof(ImportApplication), """{"version":2,"mode":"allOrNothing"}"""))
        .AddSingleton(new ApiExample(typeof(ImportReversalRequest), """{"version":3}"""))
        .AddSingleton(new MenuEntry("系统", "导入", "upload", "/imports", ImportPermissions.View))
        .AddImporter<OrganisationImporter>()
        .AddImporter<PeopleImporter>()
        .AddExporter<OrganisationExporter>()
        .AddExporter<PeopleExporter>();

    /// <summary>A capability adds the kind of file that it takes in.</summary>
    public static IServiceCollection AddImporter<T>(this IServiceCollection services) where T : class, IImporter => services.AddScoped<IImporter, T>();

    /// <summary>And writes the same kind for <c>ronghe export</c>.</summary>
    public static IServiceCollection AddExporter<T>(this IServiceCollection services) where T : class, IExporter => services.AddScoped<IExporter, T>();

    /// <summary>Who takes in which lists by default.</summary>
    public static void GrantImports(this PostRights rights) => rights.Define(ImportPermissions.All)
        .Grant(Posts.SystemAdministrator, ImportPermissions.View, ImportPermissions.Organisation, ImportPermissions.People)
        .Grant(Posts.PartyAffairs, ImportPermissions.View, ImportPermissions.People)
        .Grant(Posts.SafetyOfficer, ImportPermissions.View);
}
