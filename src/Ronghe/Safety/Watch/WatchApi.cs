using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Safety.Watch;

/// <summary>The watch for programs: the same acts and refusals as the pages.</summary>
public static class WatchApi
{
    public static void MapWatchApi(this IEndpointRouteBuilder routes)
    {
        var watch = routes.MapGroup("/api/v1/watch").WithTags("党员监督台").Requires(WatchPermissions.View);
        watch.MapGet("/", RotaAsync).WithSummary("一个支部的值守安排：前四周和已经排好的");
        watch.MapGet("/mine", MineAsync).WithSummary("轮到我的值守");
        watch.MapGet("/mine/findings", async (WatchQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FoundByMeAsync(cancel))).WithSummary("我值守时发现的，跟到改完");
        watch.MapGet("/board", async (Guid? branch, WatchBoard board, CancellationToken cancel) => TypedResults.Ok(await board.OfAsync(branch, cancel))).WithSummary("监督台公示：没关闭的、近来改好的；没有姓名。branch 不填就是全部支部");
        watch.MapGet("/{id:guid}", FindAsync).WithSummary("一周的值守：值守人、发现了什么、办到哪一步");
        watch.MapPost("/drawing", DrawAsync).WithSummary("从本周起排班，已经排好的不动").Requires(WatchPermissions.Arrange);
        watch.MapPost("/{id:guid}/replacement", ReplaceAsync).WithSummary("换人").Requires(WatchPermissions.Arrange);
        watch.MapPost("/{id:guid}/closure", CloseAsync).WithSummary("办结：发现的都已关闭，或已派发到人、有期限");
        watch.MapPost("/{id:guid}/swaps", AskAsync).WithSummary("提出换班");
        watch.MapPost("/swaps/{id:guid}/agreement", AgreeAsync).WithSummary("同意换班");
        watch.MapPost("/swaps/{id:guid}/refusal", DeclineAsync).WithSummary("谢绝换班");
        watch.MapPost("/swaps/{id:guid}/withdrawal", WithdrawAsync).WithSummary("撤回换班");
        watch.MapPost("/absences", BeAwayAsync).WithSummary("登记自己不在岗的日子，排班会避开");
        watch.MapPost("/absences/{id:guid}/cancellation", ReturnAsync).WithSummary("取消不在岗");
    }

    /// <param name="branch">Mine, or the first one, when nothing is said.</param>
    static async Task<Ok<IReadOnlyList<WatchRow>>> RotaAsync(Guid? branch, WatchQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.RotaAsync(branch ?? (await queries.BranchesAsync(cancel)).Select(one => one.Id).FirstOrDefault(), cancel));

    static async Task<Ok<IReadOnlyList<WatchRow>>> MineAsync(WatchQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.MineAsync(cancel));

    static async Task<Ok<WatchDetail>> FindAsync(Guid id, WatchQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FindAsync(id, cancel));

    static async Task<Ok<IReadOnlyList<WatchRow>>> DrawAsync(DrawingRequest request, WatchActions actions, WatchQueries queries, CancellationToken cancel)
    {
        await actions.DrawAsync(request.BranchId, request.Weeks, cancel);
        return TypedResults.Ok(await queries.RotaAsync(request.BranchId, cancel));
    }

    static async Task<Ok<WatchDetail>> ReplaceAsync(Guid id, ReplacementRequest request, WatchActions actions, WatchQueries queries, CancellationToken cancel)
    {
        await actions.ReplaceAsync(id, request.Version, request.PersonId, request.ById, cancel);
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }

    static async Task<Ok<WatchDetail>> CloseAsync(Guid id, SeenRequest request, WatchActions actions, WatchQueries queries, CancellationToken cancel)
    {
        await actions.CloseAsync(id, request.Version, cancel);
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }

    static async Task<Created<Made>> AskAsync(Guid id, SwapRequest request, WatchActions actions, CancellationToken cancel) =>
        TypedResults.Created((string?)null, new Made(await actions.AskAsync(id, request.AskedId, request.InReturnId, request.Reason ?? "", cancel)));

    static async Task<NoContent> AgreeAsync(Guid id, SeenRequest request, WatchActions actions, CancellationToken cancel)
    {
        await actions.AgreeAsync(id, request.Version, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> DeclineAsync(Guid id, SeenRequest request, WatchActions actions, CancellationToken cancel)
    {
        await actions.DeclineAsync(id, request.Version, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> WithdrawAsync(Guid id, SeenRequest request, WatchActions actions, CancellationToken cancel)
    {
        await actions.WithdrawAsync(id, request.Version, cancel);
        return TypedResults.NoContent();
    }

    static async Task<Created<Made>> BeAwayAsync(AbsenceRequest request, WatchActions actions, CancellationToken cancel) =>
        TypedResults.Created((string?)null, new Made(await actions.BeAwayAsync(request.From, request.To, cancel)));

    static async Task<NoContent> ReturnAsync(Guid id, WatchActions actions, CancellationToken cancel)
    {
        await actions.ReturnAsync(id, cancel);
        return TypedResults.NoContent();
    }

    internal static IServiceCollection AddWatchExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiExample(typeof(DrawingRequest), """{"branchId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","weeks":4}"""))
        .AddSingleton(new ApiExample(typeof(ReplacementRequest), """{"version":1,"personId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","byId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a61"}"""))
        .AddSingleton(new ApiExample(typeof(SeenRequest), """{"version":1}"""))
        .AddSingleton(new ApiExample(typeof(SwapRequest), """{"askedId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","reason":"那一周上夜班"}"""))
        .AddSingleton(new ApiExample(typeof(AbsenceRequest), """{"from":"2026-12-07","to":"2026-12-13"}"""));

    public sealed record DrawingRequest(Guid BranchId, int Weeks);

    public sealed record ReplacementRequest(int Version, Guid PersonId, Guid ById);

    public sealed record SeenRequest(int Version);

    public sealed record SwapRequest(Guid AskedId, Guid? InReturnId = null, string? Reason = null);

    public sealed record AbsenceRequest(DateOnly From, DateOnly To);

    public sealed record Made(Guid Id);
}
