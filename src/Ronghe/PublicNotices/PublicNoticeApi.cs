using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.PublicNotices;

/// <summary>Public notices for programs: the same acts, rights and refusals as the pages.</summary>
public static class PublicNoticeApi
{
    public static void MapPublicNoticeApi(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/api/v1/public-notices").WithTags("公示").Requires(PublicNoticePermissions.Read);
        notices.MapGet("/", ListAsync).WithSummary("给您看的公示，从新到旧，用 after 翻页");
        notices.MapPost("/", DraftAsync).WithSummary("起草；id 由调用方生成（UUIDv7），重复发送只存一份").Requires(PublicNoticePermissions.Publish);
        notices.MapGet("/{id:guid}", FindAsync).WithSummary("一份公示：内容、期限、结果、您能看的异议和能办的事");
        notices.MapPut("/{id:guid}", RestateAsync).WithSummary("修改草稿").Requires(PublicNoticePermissions.Publish);
        notices.MapPost("/{id:guid}/opening", (Guid id, PublicNoticeVersion request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.OpenAsync(id, request.Version, cancel), cancel)).WithSummary("开始公示").Requires(PublicNoticePermissions.Publish);
        notices.MapPost("/{id:guid}/objections", (Guid id, ObjectionRequest request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ObjectAsync(id, request.Id, request.Text, request.WithoutName ?? false, cancel), cancel)).WithSummary("提出异议；可以不署名，不署名就不记录是谁");
        notices.MapPost("/{id:guid}/objections/{objection:guid}/answer", (Guid id, Guid objection, ObjectionAnswer request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.AnswerAsync(id, request.Version, objection, request.Upheld, request.Answer, cancel), cancel)).WithSummary("答复异议；写公示的人不能答复").Requires(PublicNoticePermissions.Publish);
        notices.MapPost("/{id:guid}/outcome", (Guid id, OutcomeRequest request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CloseAsync(id, request.Version, request.Held, request.Reason ?? "", cancel), cancel)).WithSummary("期满后宣布结果").Requires(PublicNoticePermissions.Publish);
        notices.MapPost("/{id:guid}/withdrawal", (Guid id, WithdrawalRequest request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.WithdrawAsync(id, request.Version, request.Reason, cancel), cancel)).WithSummary("撤回，写明原因").Requires(PublicNoticePermissions.Publish);
    }

    static async Task<Ok<Paged<PublicNoticeRow>>> ListAsync(PublicNoticeState? state, string? after, int? limit, PublicNoticeQueries queries, CancellationToken cancel)
    {
        if (limit is < 1 or > PublicNoticeFilter.MostPerPage) throw new Refusal($"limit 应在 1—{PublicNoticeFilter.MostPerPage} 之间。", "limit");
        return TypedResults.Ok(await queries.ListAsync(new() { State = state, After = after, Limit = limit ?? 50 }, cancel));
    }

    static async Task<Ok<PublicNoticeAnswer>> FindAsync(Guid id, PublicNoticeQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(PublicNoticeAnswer.Of(await queries.FindAsync(id, cancel)));

    static async Task<Created<PublicNoticeAnswer>> DraftAsync(PublicNoticeRequest request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel)
    {
        (string, Guid)? about = request.AboutKind is { Length: > 0 } kind && request.AboutId is { } of ? (kind, of) : null;
        await actions.DraftAsync(request.Id, new(request.Title, request.Text, request.ShownTo, request.Workdays), about, cancel);
        return TypedResults.Created($"/api/v1/public-notices/{request.Id}", PublicNoticeAnswer.Of(await queries.FindAsync(request.Id, cancel)));
    }

    static Task<Ok<PublicNoticeAnswer>> RestateAsync(Guid id, RestatementRequest request, PublicNoticeActions actions, PublicNoticeQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.RestateAsync(id, request.Version, new(request.Title, request.Text, request.ShownTo, request.Workdays), cancel), cancel);

    static async Task<Ok<PublicNoticeAnswer>> AnswerAsync(Guid id, PublicNoticeQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(PublicNoticeAnswer.Of(await queries.FindAsync(id, cancel)));
    }
}

public sealed record PublicNoticeAnswer(
    Guid Id, int Version, string Title, string Text, PublicNoticeState State, string Author, string[] ShownTo, int Workdays, DateOnly? From, DateOnly? Until, bool? Held, string Reason,
    int ObjectionCount, IReadOnlyList<ObjectionLine> Objections, AboutLine? About, IReadOnlyList<PublicNoticeAct> Acts)
{
    public static PublicNoticeAnswer Of(PublicNoticeDetail detail)
    {
        var notice = detail.Notice;
        return new(notice.Id, notice.Version, notice.Title, notice.Text, notice.State, detail.Author, detail.ShownTo, notice.Workdays, notice.From, notice.Until, notice.Held, notice.Reason,
            notice.Objections.Count, detail.Objections, detail.About, detail.Acts);
    }
}

public sealed record PublicNoticeRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, string Title, string Text, [property: Description("给哪些单位及其下级看")] Guid[] ShownTo,
    [property: Description("公示几个工作日，公布当天不算")] int Workdays, [property: Description("关于什么记录，例如 task")] string? AboutKind, Guid? AboutId);

public sealed record RestatementRequest(int Version, string Title, string Text, Guid[] ShownTo, int Workdays);
public sealed record PublicNoticeVersion(int Version);
public sealed record ObjectionRequest([property: Description("由调用方生成的 UUIDv7")] Guid Id, string Text, [property: Description("不署名：不记录是谁，也收不到答复")] bool? WithoutName);
public sealed record ObjectionAnswer(int Version, [property: Description("异议成立")] bool Upheld, string Answer);
public sealed record OutcomeRequest(int Version, [property: Description("通过")] bool Held, string? Reason);
public sealed record WithdrawalRequest(int Version, string Reason);
