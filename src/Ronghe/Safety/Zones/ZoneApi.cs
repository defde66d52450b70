using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones;

/// <summary>Zones for programs: the same acts, rights and refusals as the pages.</summary>
public static class ZoneApi
{
    public static void MapZoneApi(this IEndpointRouteBuilder routes)
    {
        var zones = routes.MapGroup("/api/v1/zones").WithTags("党员安全责任区").Requires(ZonePermissions.View);
        zones.MapGet("/", BoardAsync).WithSummary("全部责任区及其健康状况，还有没有划进责任区的地点");
        zones.MapGet("/{id:guid}", FindAsync).WithSummary("一个责任区：地点、历任区长、检查表、未关闭的隐患");
        zones.MapPost("/", CreateAsync).Requires(ZonePermissions.Manage).WithSummary("新建责任区；id 由调用方生成（UUIDv7），重复发送只建一个");
        zones.MapPut("/{id:guid}/facts", RestateAsync).Requires(ZonePermissions.Manage).WithSummary("修改责任区：名称、部门、支部、地点、平面图上的范围、检查表、周期");
        zones.MapPost("/{id:guid}/leads", AppointAsync).Requires(ZonePermissions.Manage).WithSummary("指定责任区长或副区长，上一任自动到前一天为止");
        zones.MapPost("/{id:guid}/leads/{lead:guid}/end", EndTermAsync).Requires(ZonePermissions.Manage).WithSummary("结束一段任期");
        zones.MapPost("/{id:guid}/retirement", RetireAsync).Requires(ZonePermissions.Manage).WithSummary("停用责任区");
        zones.MapPut("/plan", ReplacePlanAsync).Requires(ZonePermissions.Plan).WithSummary("更换厂区平面图：请求正文就是一张 PNG 或 JPEG，责任区的范围随图的大小换算")
            .Accepts<IFormFile>("image/png", "image/jpeg").WithMetadata(new RequestSizeLimitAttribute(PhotoSandbox.MaxBytes + 1024));
    }

    static async Task<Ok<ZoneBoard>> BoardAsync(ZoneQueries zones, CancellationToken cancel) => TypedResults.Ok(await zones.BoardAsync(cancel));

    static async Task<Ok<ZoneDetail>> FindAsync(Guid id, string? after, ZoneQueries zones, CancellationToken cancel) => TypedResults.Ok(await zones.DetailAsync(id, after, cancel));

    static async Task<Created<ZoneDetail>> CreateAsync(NewZoneRequest request, ZoneActions actions, ZoneQueries zones, CancellationToken cancel)
    {
        await actions.CreateAsync(request.Id, request.Facts.ToFacts(), cancel);
        return TypedResults.Created($"/api/v1/zones/{request.Id}", await zones.DetailAsync(request.Id, cancel));
    }

    static Task<Ok<ZoneDetail>> RestateAsync(Guid id, ZoneChangeRequest request, ZoneActions actions, ZoneQueries zones, CancellationToken cancel) =>
        AnswerAsync(id, zones, actions.RestateAsync(id, request.Version, request.Facts.ToFacts(), cancel), cancel);

    static Task<Ok<ZoneDetail>> AppointAsync(Guid id, ZoneLeadRequest request, ZoneActions actions, ZoneQueries zones, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(id, zones, actions.AppointAsync(id, request.Version, request.PersonId, request.Role, request.From ?? clock.Today(), request.To, cancel), cancel);

    static Task<Ok<ZoneDetail>> EndTermAsync(Guid id, Guid lead, ZoneEndRequest request, ZoneActions actions, ZoneQueries zones, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(id, zones, actions.EndTermAsync(id, request.Version, lead, request.On ?? clock.Today(), cancel), cancel);

    static Task<Ok<ZoneDetail>> RetireAsync(Guid id, ZoneEndRequest request, ZoneActions actions, ZoneQueries zones, CancellationToken cancel) =>
        AnswerAsync(id, zones, actions.RetireAsync(id, request.Version, cancel), cancel);

    static async Task<Ok<PlanView>> ReplacePlanAsync(int version, HttpRequest request, ZonePlans plans, Organisation.Access.Me me, CancellationToken cancel)
    {
        await plans.ReplaceAsync(version, request.Body, "平面图", cancel);
        return TypedResults.Ok(await plans.OfAsync(me.CompanyId, cancel));
    }

    static async Task<Ok<ZoneDetail>> AnswerAsync(Guid id, ZoneQueries zones, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(await zones.DetailAsync(id, cancel));
    }
}

public sealed record ZoneFactsRequest(
    string Name, [property: Description("责任部门")] Guid? UnitId, [property: Description("党支部")] Guid? BranchId, Guid[]? PlaceIds,
    [property: Description("平面图上的顶点，横坐标、纵坐标依次排列")] int[]? Corners, [property: Description("检查表编号，如 CK01")] string[]? Checklists, string? Cadence)
{
    public ZoneFacts ToFacts() => new(Name, UnitId, BranchId, Checklists ?? [], Cadence ?? "", new Outline(Corners ?? []), PlaceIds ?? []);
}

public sealed record NewZoneRequest([property: Description("由调用方生成的 UUIDv7")] Guid Id, ZoneFactsRequest Facts);
public sealed record ZoneChangeRequest(int Version, ZoneFactsRequest Facts);
public sealed record ZoneLeadRequest(int Version, Guid PersonId, ZoneRole Role, [property: Description("不给就是今天")] DateOnly? From, DateOnly? To);
public sealed record ZoneEndRequest(int Version, [property: Description("最后一天，不给就是今天")] DateOnly? On);
