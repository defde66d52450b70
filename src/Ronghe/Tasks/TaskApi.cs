using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Tasks;

/// <summary>Tasks for programs: the same acts, rights and refusals as the pages.</summary>
public static class TaskApi
{
    public static void MapTaskApi(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/api/v1/tasks").WithTags("交办事项").Requires(TaskPermissions.Use);
        tasks.MapGet("/", ListAsync).WithSummary("交办列表，按交办时间从新到旧，用 after 翻页");
        tasks.MapPost("/", GiveAsync).WithSummary("交办一件事；id 由调用方生成（UUIDv7），重复发送只存一件").Requires(TaskPermissions.Give);
        tasks.MapGet("/{id:guid}", FindAsync).WithSummary("一件事的全部：要求、期限、经过、来源、您现在能办的");
        tasks.MapPost("/{id:guid}/start", (Guid id, TaskNoteRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.StartAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("接办");
        tasks.MapPost("/{id:guid}/report", (Guid id, TaskNoteRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ReportAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("报办结：办成了什么");
        tasks.MapPost("/{id:guid}/confirmation", (Guid id, TaskNoteRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ConfirmAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("确认办结；办理人不能确认自己的事");
        tasks.MapPost("/{id:guid}/return", (Guid id, TaskReasonRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ReturnAsync(id, request.Version, request.Reason, cancel), cancel)).WithSummary("退回再办");
        tasks.MapPost("/{id:guid}/extension", (Guid id, TaskExtensionRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ExtendAsync(id, request.Version, request.Until, request.Reason, cancel), cancel)).WithSummary("延期，写明原因，最多两次");
        tasks.MapPost("/{id:guid}/handover", (Guid id, HandOverRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.HandOverAsync(id, request.Version, request.ToId, request.Reason, cancel), cancel)).WithSummary("转办给另一位");
        tasks.MapPost("/{id:guid}/cancellation", (Guid id, TaskReasonRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CancelAsync(id, request.Version, request.Reason, cancel), cancel)).WithSummary("撤销，写明原因");
    }

    static async Task<Ok<Paged<TaskRow>>> ListAsync([AsParameters] TaskListRequest request, TaskQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.ListAsync(request.ToFilter(), cancel));

    static async Task<Ok<TaskAnswer>> FindAsync(Guid id, TaskQueries queries, CancellationToken cancel) => TypedResults.Ok(TaskAnswer.Of(await queries.FindAsync(id, cancel)));

    static async Task<Created<TaskAnswer>> GiveAsync(GiveRequest request, TaskActions actions, TaskQueries queries, CancellationToken cancel)
    {
        var origin = request.OriginKind is { Length: > 0 } kind && request.OriginId is { } of ? new TaskOrigin(kind, of, "task") : null;
        await actions.GiveAsync(request.Id, new NewTask(request.Title, request.Requirement ?? "", request.OwnerId, request.DueOn, request.ConfirmerId), origin, cancel);
        return TypedResults.Created($"/api/v1/tasks/{request.Id}", TaskAnswer.Of(await queries.FindAsync(request.Id, cancel)));
    }

    /// <summary>The act, then the task as it is now.</summary>
    static async Task<Ok<TaskAnswer>> AnswerAsync(Guid id, TaskQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(TaskAnswer.Of(await queries.FindAsync(id, cancel)));
    }
}

/// <summary>One task as programs see it, with the acts that the caller may do now.</summary>
public sealed record TaskAnswer(
    Guid Id, int Version, string Title, string Requirement, TaskState State, string StateTitle, Guid OwnerId, string Owner, Guid UnitId, string Unit, Guid? GiverId, string? Giver,
    Guid ConfirmerId, string Confirmer, DateOnly DueOn, int Extensions, int Returns, DateTimeOffset GivenAt, DateTimeOffset? ReportedAt, DateTimeOffset? ConfirmedAt,
    TaskOriginLine? Origin, IReadOnlyList<TaskStepLine> Steps, IReadOnlyList<TaskActLine> Acts)
{
    public static TaskAnswer Of(TaskDetail detail)
    {
        var task = detail.Task;
        return new(task.Id, task.Version, task.Title, task.Requirement, task.State, task.State.Title(), task.OwnerId, detail.Owner, task.UnitId, detail.Unit, task.GiverId, detail.Giver,
            task.ConfirmerId, detail.Confirmer, task.DueOn, task.Extensions, task.Returns, task.GivenAt, task.ReportedAt, task.ConfirmedAt, detail.Origin, detail.Steps, detail.Acts);
    }
}

public sealed record TaskListRequest(
    [property: Description("单位及其下级；不给就是您能看到的全部")] Guid? Unit, TaskState? State, bool? Open, bool? Overdue, [property: Description("只要与我有关的")] bool? Mine,
    string? Text, [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit)
{
    public TaskFilter ToFilter() => new()
    {
        Unit = Unit, State = State, Open = Open ?? false, Overdue = Overdue ?? false, Mine = Mine ?? false, Text = Text, After = After,
        Limit = Limit is null or (>= 1 and <= TaskFilter.MostPerPage) ? Limit ?? 50 : throw new Refusal($"limit 应在 1—{TaskFilter.MostPerPage} 之间。", "limit"),
    };
}

public sealed record GiveRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("要办什么")] string Title, [property: Description("办到什么样算好")] string? Requirement,
    [property: Description("办理人")] Guid OwnerId, [property: Description("期限")] DateOnly DueOn, [property: Description("确认人，不填就是交办人")] Guid? ConfirmerId,
    [property: Description("来源记录的种类，例如 finding")] string? OriginKind, [property: Description("来源记录")] Guid? OriginId);

public sealed record TaskNoteRequest(int Version, string? Note);
public sealed record TaskReasonRequest(int Version, string Reason);
public sealed record TaskExtensionRequest(int Version, DateOnly Until, string Reason);
public sealed record HandOverRequest(int Version, [property: Description("转给谁")] Guid ToId, string Reason);
