using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Violations;

/// <summary>Violations for programs: the same acts, rights and refusals as the pages.</summary>
public static class ViolationApi
{
    public static void MapViolationApi(this IEndpointRouteBuilder routes)
    {
        var violations = routes.MapGroup("/api/v1/violations").WithTags("违章").Requires(ViolationPermissions.View);
        violations.MapGet("/", ListAsync).WithSummary("违章列表，从新到旧，用 after 翻页；无权看姓名的只有地点、种类和岗位");
        violations.MapGet("/kinds", async (ViolationDictionary dictionary, CancellationToken cancel) => TypedResults.Ok(await dictionary.AllAsync(cancel))).WithSummary("违章字典");
        violations.MapGet("/nearby", async (Guid branch, string? span, ViolationsNearby nearby, TimeProvider clock, CancellationToken cancel) =>
            TypedResults.Ok(await nearby.OfAsync(branch, NearbyPeriod.Of(span, clock.Today()), cancel))).WithSummary("党员身边无违章：一个支部的党员所在班组、负责的责任区里认定的违章数，没有姓名；span 为 month、quarter 或 year");
        violations.MapPost("/", NoteAsync).WithSummary("记录违章；id 由调用方生成（UUIDv7），重复发送只存一条").Requires(ViolationPermissions.Note);
        violations.MapGet("/{id:guid}", async (Guid id, ViolationQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FindAsync(id, cancel))).WithSummary("一条违章");
        violations.MapPost("/{id:guid}/hearing", (Guid id, ViolationNoteRequest request, ViolationActions actions, ViolationQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.HearAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("记下本人的说明");
        violations.MapPost("/{id:guid}/confirmation", (Guid id, ViolationNoteRequest request, ViolationActions actions, ViolationQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ConfirmAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("认定；须先听说明，由记录人以外的人认定").Requires(ViolationPermissions.Decide);
        violations.MapPost("/{id:guid}/dismissal", (Guid id, ViolationNoteRequest request, ViolationActions actions, ViolationQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.DropAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("撤销，写明理由").Requires(ViolationPermissions.Note);
    }

    static async Task<Ok<Paged<ViolationRow>>> ListAsync(Guid? unit, ViolationState? state, string? nature, bool? mine, string? after, int? limit, ViolationQueries queries, CancellationToken cancel)
    {
        if (limit is < 1 or > ViolationFilter.MostPerPage) throw new Refusal($"limit 应在 1—{ViolationFilter.MostPerPage} 之间。", "limit");
        return TypedResults.Ok(await queries.ListAsync(new() { Unit = unit, State = state, Nature = nature, Mine = mine ?? false, After = after, Limit = limit ?? 50 }, cancel));
    }

    static async Task<Created<ViolationDetail>> NoteAsync(NoteViolationRequest request, ViolationActions actions, ViolationQueries queries, CancellationToken cancel)
    {
        var note = new ViolationNote(request.KindId, request.UnitId ?? Guid.Empty, request.PersonId, request.Contractor ?? "", request.PlaceId, request.Place ?? "", request.On, request.Evidence);
        List<(string, Guid)> related = [];
        if (request.FindingId is { } finding) related.Add(("finding", finding));
        if (request.ZoneId is { } zone) related.Add(("zone", zone));
        await actions.NoteAsync(request.Id, note, related, cancel);
        return TypedResults.Created($"/api/v1/violations/{request.Id}", await queries.FindAsync(request.Id, cancel));
    }

    static async Task<Ok<ViolationDetail>> AnswerAsync(Guid id, ViolationQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }
}

public sealed record NoteViolationRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("违章字典里的编码")] string KindId, [property: Description("违章人；外委人员不填")] Guid? PersonId,
    [property: Description("外委单位和姓名")] string? Contractor, [property: Description("负责外委的单位；有违章人时不用填")] Guid? UnitId, Guid? PlaceId, string? Place,
    DateOnly On, [property: Description("看到了什么、凭什么认定")] string Evidence, Guid? FindingId, Guid? ZoneId);

public sealed record ViolationNoteRequest(int Version, string? Note);
