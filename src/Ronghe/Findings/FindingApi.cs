using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;

namespace Ronghe.Findings;

/// <summary>Findings for programs: the same acts, rights and refusals as the pages. An act is a noun: POST /findings/{id}/verification.</summary>
public static class FindingApi
{
    public static void MapFindingApi(this IEndpointRouteBuilder routes)
    {
        var findings = routes.MapGroup("/api/v1/findings").WithTags("隐患与问题").Requires(FindingPermissions.Report);
        findings.MapGet("/", ListAsync).WithSummary("隐患列表，按上报时间从新到旧，用 after 翻页").Requires(FindingPermissions.View);
        findings.MapGet("/units", LoadsAsync).WithSummary("各单位未关闭、超期和各状态的数量，含下级；unit 不填就是您管的最上一级").Requires(FindingPermissions.View);
        findings.MapPost("/", ReportAsync).WithSummary("上报：看到了什么、在哪里、要紧吗；id 由调用方生成（UUIDv7），重复发送只存一条");
        findings.MapGet("/{id:guid}", FindAsync).WithSummary("一条隐患的全部：事实、五定、经过、照片、您现在能办的事");
        findings.MapPost("/{id:guid}/grading", GradeAsync).WithSummary("定级");
        findings.MapPost("/{id:guid}/assignment", AssignAsync).WithSummary("派发，附五定；整改中再次派发即改派");
        findings.MapPost("/{id:guid}/rectification", RectifyAsync).WithSummary("整改完成；照片先传到 photos");
        findings.MapPost("/{id:guid}/photos", AddPhotosAsync).WithSummary("补充照片：multipart/form-data，stage 为 before 或 after").Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(PhotoUploads.MaxRequestBytes));
        findings.MapPost("/{id:guid}/return", SendBackAsync).WithSummary("退回重改");
        findings.MapPost("/{id:guid}/extension", ExtendAsync).WithSummary("延期，写明原因，次数有限");
        findings.MapPost("/{id:guid}/escalation", EscalateAsync).WithSummary("升级到上一级负责人");
        findings.MapPost("/{id:guid}/supervision", SuperviseAsync).WithSummary("挂牌督办");
        findings.MapPost("/{id:guid}/verification", VerifyAsync).WithSummary("复核通过；整改人不能复核自己的整改");
        findings.MapPost("/{id:guid}/closure", CloseAsync).WithSummary("关闭");
        findings.MapPost("/{id:guid}/confirmation", ConfirmAsync).WithSummary("上报人确认已消除");
        findings.MapPost("/{id:guid}/dispute", DisputeAsync).WithSummary("上报人提出异议，退回整改");
        findings.MapPost("/{id:guid}/rejection", RejectAsync).WithSummary("不予受理，理由告知上报人");
        findings.MapPost("/{id:guid}/merger", MergeAsync).WithSummary("并入另一条重复的隐患");
        findings.MapPost("/{id:guid}/recheck", RecheckAsync).WithSummary("关闭后回头看：保持住了，或重新出现");
    }

    static async Task<Ok<Paged<FindingRow>>> ListAsync([AsParameters] FindingListRequest request, FindingQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.ListAsync(request.ToFilter(), cancel));

    static async Task<Ok<UnitLoads>> LoadsAsync([Description("单位 id")] Guid? unit, FindingLoads loads, CancellationToken cancel) =>
        TypedResults.Ok(await loads.OfAsync(unit, cancel));

    static async Task<Ok<FindingAnswer>> FindAsync(Guid id, FindingDetails details, CancellationToken cancel) =>
        TypedResults.Ok(FindingAnswer.Of(await details.FindAsync(id, cancel)));

    static async Task<Created<FindingAnswer>> ReportAsync(
        ReportRequest request, FindingActions actions, FindingReporting reporting, FindingDetails details, Me me, CancellationToken cancel)
    {
        var report = await reporting.CompleteAsync(request.Description, request.PlaceId, request.Place ?? "", request.Urgent ?? false, request.Source ?? FindingSource.Spontaneous,
            request.FoundAt, request.WithoutName ?? false, cancel);
        await actions.ReportAsync(request.Id, report, [], cancel);
        if (report.ReporterId is null) return TypedResults.Created($"/api/v1/findings/{request.Id}", (FindingAnswer?)null);
        return TypedResults.Created($"/api/v1/findings/{request.Id}", FindingAnswer.Of(await details.FindAsync(request.Id, cancel)));
    }

    static Task<Ok<FindingAnswer>> GradeAsync(Guid id, GradingRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.GradeAsync(id, request.Version, request.Grade, request.CategoryId, request.Basis ?? "", cancel), cancel);

    static Task<Ok<FindingAnswer>> AssignAsync(Guid id, AssignmentRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.AssignAsync(id, request.Version,
            new FivePoints(request.PersonId, request.DueOn, request.UnitId, request.Duty ?? "", request.Standard, request.Measure), request.VerifierId, cancel), cancel);

    static Task<Ok<FindingAnswer>> RectifyAsync(Guid id, NoteRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.RectifyAsync(id, request.Version, request.Note ?? "", [], cancel), cancel);

    static async Task<Ok<FindingAnswer>> AddPhotosAsync(Guid id, PhotoStage stage, HttpRequest request, FindingPhotoActions photos, FindingDetails details, CancellationToken cancel)
    {
        await photos.AddAsync(id, stage, request, cancel);
        return TypedResults.Ok(FindingAnswer.Of(await details.FindAsync(id, cancel)));
    }

    static Task<Ok<FindingAnswer>> SendBackAsync(Guid id, ReasonRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.SendBackAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> ExtendAsync(Guid id, ExtensionRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.ExtendAsync(id, request.Version, request.Until, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> EscalateAsync(Guid id, ReasonRequest request, FindingEscalation escalation, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, escalation.EscalateAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> SuperviseAsync(Guid id, ReasonRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.ListForSupervisionAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> VerifyAsync(Guid id, NoteRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.VerifyAsync(id, request.Version, request.Note ?? "", cancel), cancel);

    static Task<Ok<FindingAnswer>> CloseAsync(Guid id, NoteRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.CloseAsync(id, request.Version, request.Note ?? "", cancel), cancel);

    static Task<Ok<FindingAnswer>> ConfirmAsync(Guid id, NoteRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.ConfirmAsync(id, request.Version, request.Note ?? "", cancel), cancel);

    static Task<Ok<FindingAnswer>> DisputeAsync(Guid id, ReasonRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.DisputeAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> RejectAsync(Guid id, ReasonRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.RejectAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<FindingAnswer>> MergeAsync(Guid id, MergerRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.MergeAsync(id, request.Version, request.IntoId, request.Reason ?? "", cancel), cancel);

    static Task<Ok<FindingAnswer>> RecheckAsync(Guid id, RecheckRequest request, FindingActions actions, FindingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, actions.RecheckAsync(id, request.Version, request.Held, request.Note ?? "", cancel), cancel);

    /// <summary>The act, then the finding as it is now, with what may be done next.</summary>
    static async Task<Ok<FindingAnswer>> AnswerAsync(Guid id, FindingDetails details, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(FindingAnswer.Of(await details.FindAsync(id, cancel)));
    }
}

public sealed record FindingListRequest(
    [property: Description("单位及其下级；不给就是您能看到的全部单位")] Guid? Unit, FindingStatus? Status, bool? Open, bool? Overdue, bool? Supervised,
    [property: Description("只要与我有关的")] bool? Mine, FindingGrade? Grade, FindingSource? Source, string? Category, Guid? Place,
    DateOnly? From, DateOnly? To, string? Text, [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit)
{
    public FindingFilter ToFilter() => new()
    {
        Unit = Unit, Status = Status, Open = Open ?? false, Overdue = Overdue ?? false, Supervised = Supervised ?? false, Mine = Mine ?? false,
        Grade = Grade, Source = Source, Category = Category, Place = Place, From = From, To = To, Text = Text, After = After,
        Limit = Limit is null or (>= 1 and <= FindingFilter.MostPerPage) ? Limit ?? 50 : throw new Refusal($"limit 应在 1—{FindingFilter.MostPerPage} 之间。", "limit"),
    };
}

public sealed record ReportRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("看到了什么")] string Description,
    [property: Description("已知地点")] Guid? PlaceId, [property: Description("地点的文字，没有 placeId 时必填")] string? Place, bool? Urgent,
    FindingSource? Source, [property: Description("发现时间，不给就是现在")] DateTimeOffset? FoundAt, [property: Description("不署名：不记录是谁，也收不到进展")] bool? WithoutName);

public sealed record GradingRequest(int Version, FindingGrade Grade, string? CategoryId, [property: Description("判定依据，重大必填")] string? Basis);

public sealed record AssignmentRequest(
    int Version, [property: Description("定人员")] Guid PersonId, [property: Description("定时间")] DateOnly DueOn, [property: Description("定责任：责任单位")] Guid UnitId,
    string? Duty, [property: Description("定标准")] string Standard, [property: Description("定措施")] string Measure, [property: Description("复核人，可不填")] Guid? VerifierId);

public sealed record NoteRequest(int Version, string? Note);
public sealed record ReasonRequest(int Version, string Reason);
public sealed record ExtensionRequest(int Version, DateOnly Until, string Reason);
public sealed record MergerRequest(int Version, [property: Description("并入哪一条")] Guid IntoId, string? Reason);
public sealed record RecheckRequest(int Version, [property: Description("保持住了没有")] bool Held, string? Note);
