using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Audit;

public static class AuditPermissions
{
    public const string Read = "journal.read";

    public static readonly Permission[] All = [new(Read, "查看全部流水和封存记录")];
}

public static class AuditSetup
{
    /// <summary>The journal for whoever audits: who did what, when, and that nobody altered it since.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<AuditQueries>()
        .AddRights(rights => rights.Define(AuditPermissions.All).Grant(Posts.AuditAdministrator, AuditPermissions.Read))
        .AddSingleton(new MenuEntry("系统", "流水审计", "history", "/audit/journal", AuditPermissions.Read));

    public static void MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/v1/audit").WithTags("流水审计").Requires(AuditPermissions.Read);
        audit.MapGet("/journal", async ([AsParameters] AuditFilter filter, AuditQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.ListAsync(filter, cancel)))
            .WithSummary("流水，从新到旧，用 after 翻页");
        audit.MapGet("/seals", async (AuditQueries queries, HttpContext context, CancellationToken cancel) =>
        {
            context.Response.ContentType = "application/jsonl; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=ronghe-seals.jsonl";
            await queries.WriteSealsAsync(context.Response.Body, cancel);
        }).WithSummary("全部封存记录，一行一封，供留存在别处");
    }
}
