using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Risks;

/// <summary>Sessions for programs: the same acts, rights and refusals as the pages.</summary>
public static class RiskSessionApi
{
    public static void MapRiskSessionApi(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/api/v1/risk-sessions").WithTags("风险研判会").Requires(RiskPermissions.View);
        sessions.MapGet("/", ListAsync).WithSummary("研判会列表，新的在前，用 after 翻页");
        sessions.MapPost("/", PlanAsync).WithSummary("安排研判会；id 由调用方生成（UUIDv7），重复发送只存一次").Requires(RiskPermissions.Session);
        sessions.MapGet("/{id:guid}", async (Guid id, RiskSessionQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FindAsync(id, cancel))).WithSummary("一次研判会：汇集的资料、研判的风险、结论、您现在能办的");
        sessions.MapPost("/{id:guid}/risks", (Guid id, SessionRisksRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.TakeAsync(id, request.Version, request.RiskIds, cancel), cancel)).WithSummary("列入要研判的风险");
        sessions.MapPost("/{id:guid}/removal", (Guid id, SessionRiskRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.DropAsync(id, request.Version, request.RiskId, cancel), cancel)).WithSummary("撤下一个还没有评级的风险");
        sessions.MapPost("/{id:guid}/opening", (Guid id, SessionOpeningRequest request, RiskSessionActions actions, RiskSessionQueries queries, TimeProvider clock, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.HoldAsync(id, request.Version, request.On ?? clock.Today(), request.PresentIds, cancel), cancel)).WithSummary("召开：记到会的人，汇集的资料从此留存");
        sessions.MapPost("/{id:guid}/findings", (Guid id, SessionFindingRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ReportAsync(id, new(request.Id, request.Description, request.PlaceId, request.Place ?? "", request.Urgent ?? false), cancel), cancel)).WithSummary("会上提出的隐患，进入闭环");
        sessions.MapPost("/{id:guid}/closure", (Guid id, RiskNoteRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CloseAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("结束，写明结论；风险都评了级、措施都有人、隐患都落实才能结束");
        sessions.MapPost("/{id:guid}/cancellation", (Guid id, RiskNoteRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CancelAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("取消还没有召开的，写明原因");
    }

    static async Task<Ok<Paged<RiskSessionRow>>> ListAsync(RiskKind? kind, RiskSessionStatus? status, Guid? node, string? after, int? limit, RiskSessionQueries queries, CancellationToken cancel)
    {
        if (limit is < 1 or > RiskSessionFilter.MostPerPage) throw new Refusal($"limit 应在 1—{RiskSessionFilter.MostPerPage} 之间。", "limit");
        return TypedResults.Ok(await queries.ListAsync(new(kind, status, node, after) { Limit = limit ?? 50 }, cancel));
    }

    static async Task<Created<RiskSessionDetail>> PlanAsync(RiskSessionRequest request, RiskSessionActions actions, RiskSessionQueries queries, CancellationToken cancel)
    {
        await actions.PlanAsync(request.Id, new(request.Kind, request.Title, request.NodeId, request.From, request.To, request.On, request.ChairId, request.InvitedIds ?? [], request.WorkPlan ?? ""), cancel);
        return TypedResults.Created($"/api/v1/risk-sessions/{request.Id}", await queries.FindAsync(request.Id, cancel));
    }

    static async Task<Ok<RiskSessionDetail>> AnswerAsync(Guid id, RiskSessionQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }
}

public sealed record RiskSessionRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, RiskKind Kind, string Title, [property: Description("组织研判的单位或党组织")] Guid NodeId, [property: Description("研判的时段")] DateOnly From, DateOnly To,
    [property: Description("哪天开会")] DateOnly On, [property: Description("主持人")] Guid ChairId, Guid[]? InvitedIds, [property: Description("本时段的重点工作")] string? WorkPlan);

public sealed record SessionRisksRequest(int Version, Guid[] RiskIds);
public sealed record SessionRiskRequest(int Version, Guid RiskId);
public sealed record SessionOpeningRequest(int Version, DateOnly? On, Guid[] PresentIds);
public sealed record SessionFindingRequest([property: Description("由调用方生成的 UUIDv7")] Guid Id, string Description, Guid? PlaceId, string? Place, bool? Urgent);
