using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Inspections;

/// <summary>Inspections for programs: the same acts, rights and refusals as the pages.</summary>
public static class InspectionApi
{
    public static void MapInspectionApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/inspections").WithTags("检查").Requires(InspectionPermissions.View);
        all.MapGet("/", ListAsync).WithSummary("检查列表，新的在前，用 after 翻页");
        all.MapGet("/{id:guid}", FindAsync).WithSummary("一次检查：检查表、发现的问题、说清楚、您现在能办的事");
        all.MapPost("/", PlanAsync).WithSummary("安排检查；id 由调用方生成（UUIDv7），重复发送只存一次");
        all.MapPost("/{id:guid}/draw", DrawAsync).WithSummary("四不两直：抽取检查对象，答复里没有对象，带队的人再读这次检查就能看到");
        all.MapPost("/{id:guid}/start", StartAsync).WithSummary("到现场，开始检查");
        all.MapPost("/{id:guid}/answers", FillAsync).WithSummary("填检查表；没有给的项保持原样");
        all.MapPost("/{id:guid}/items/{item}/photos", PhotographAsync).WithSummary("给检查表的照片项传照片：multipart/form-data，定位和设备信息会去除").Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(PhotoUploads.MaxRequestBytes));
        all.MapPost("/{id:guid}/findings", ReportAsync).WithSummary("把问题登记成隐患，来源就是这次检查");
        all.MapPost("/{id:guid}/finish", FinishAsync).WithSummary("结束检查");
        all.MapPost("/{id:guid}/closure", CloseAsync).WithSummary("关闭：发现的问题都要已关闭，或已落实责任人和期限");
        all.MapPost("/{id:guid}/cancellation", CancelAsync).WithSummary("取消还没有开始的检查");
        all.MapPost("/{id:guid}/explanations", ExplainAsync).WithSummary("被检查单位说清楚一个问题");
        all.MapPost("/{id:guid}/explanations/{explanation:guid}/hearing", HearAsync).WithSummary("听取说明：认可，或要求再说一次");
    }

    static async Task<Ok<Paged<InspectionRow>>> ListAsync(InspectionKind? kind, InspectionStatus? status, Guid? zone, string? after, InspectionQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.ListAsync(new(kind, status, zone, after), cancel));

    static async Task<Ok<InspectionDetail>> FindAsync(Guid id, InspectionQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.DetailAsync(id, cancel));

    static async Task<Created<InspectionDetail>> PlanAsync(InspectionPlanRequest request, InspectionActions actions, InspectionQueries queries, TimeProvider clock, CancellationToken cancel)
    {
        var plan = new InspectionPlan(request.Kind, request.Title, request.UnitId, request.ZoneId, request.LeadId, request.On ?? clock.Today(), request.Members ?? []);
        await actions.PlanAsync(request.Id, plan, request.Checklist, cancel);
        return TypedResults.Created($"/api/v1/inspections/{request.Id}", await queries.DetailAsync(request.Id, cancel));
    }

    /// <summary>Without a body: answers are kept for repetitions, and this one must not hold the target.</summary>
    static async Task<NoContent> DrawAsync(Guid id, InspectionVersion request, SpotChecks spotChecks, CancellationToken cancel)
    {
        await spotChecks.DrawAsync(id, request.Version, cancel);
        return TypedResults.NoContent();
    }

    static Task<Ok<InspectionDetail>> StartAsync(Guid id, InspectionVersion request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.StartAsync(id, request.Version, cancel), cancel);

    static Task<Ok<InspectionDetail>> FillAsync(Guid id, InspectionAnswersRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.FillAsync(id, request.Version, request.Answers, cancel), cancel);

    static Task<Ok<InspectionDetail>> PhotographAsync(Guid id, string item, HttpRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.PhotographAsync(id, item, (photos, owner) => photos.AddAsync(request, owner, cancel), cancel), cancel);

    static Task<Ok<InspectionDetail>> ReportAsync(Guid id, InspectionFindingRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.ReportAsync(id, new(request.Id, request.ItemId, request.Description, request.PlaceId, request.Place ?? "", request.Urgent ?? false), [], cancel), cancel);

    static Task<Ok<InspectionDetail>> FinishAsync(Guid id, InspectionNoteRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.FinishAsync(id, request.Version, request.Note ?? "", cancel), cancel);

    static Task<Ok<InspectionDetail>> CloseAsync(Guid id, InspectionVersion request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.CloseAsync(id, request.Version, cancel), cancel);

    static Task<Ok<InspectionDetail>> CancelAsync(Guid id, InspectionNoteRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.CancelAsync(id, request.Version, request.Note ?? "", cancel), cancel);

    static Task<Ok<InspectionDetail>> ExplainAsync(Guid id, ExplanationRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.ExplainAsync(id, request.Version, request.FindingId, new(request.What, request.Why, request.Duty, request.Measure, request.DueOn), cancel), cancel);

    static Task<Ok<InspectionDetail>> HearAsync(Guid id, Guid explanation, HearingRequest request, InspectionActions actions, InspectionQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.HearAsync(id, request.Version, explanation, request.Accepted, request.Note ?? "", cancel), cancel);

    static async Task<Ok<InspectionDetail>> AnswerAsync(Guid id, InspectionQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(await queries.DetailAsync(id, cancel));
    }
}

public sealed record InspectionPlanRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, InspectionKind Kind, string Title, [property: Description("检查哪个单位；抽查不填")] Guid? UnitId, [property: Description("责任区巡查填")] Guid? ZoneId,
    [property: Description("带队")] Guid LeadId, DateOnly? On, [property: Description("检查表编号，如 CK16")] string? Checklist, TeamMember[]? Members);

public sealed record InspectionVersion(int Version);
public sealed record InspectionAnswersRequest([property: Description("逐项保存时不填；整张提交时填看到的版本")] int? Version, InspectionReply[] Answers);
public sealed record InspectionFindingRequest([property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("检查表里的哪一项")] string? ItemId, string Description, Guid? PlaceId, string? Place, bool? Urgent);
public sealed record InspectionNoteRequest(int Version, string? Note);
public sealed record ExplanationRequest(int Version, Guid FindingId, string What, string Why, [property: Description("谁的责任，写岗位")] string Duty, string Measure, DateOnly DueOn);
public sealed record HearingRequest(int Version, bool Accepted, [property: Description("不认可时必填")] string? Note);
