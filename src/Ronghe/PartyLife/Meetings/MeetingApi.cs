using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Meetings for programs: the same acts, rights and refusals as the pages.</summary>
public static class MeetingApi
{
    public static void MapMeetingApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/meetings").WithTags("会议").Requires(MeetingPermissions.Use);
        all.MapGet("/", ListAsync).WithSummary("会议列表，按计划时间从新到旧，用 after 翻页");
        all.MapPost("/", PlanAsync).WithSummary("安排会议；id 由调用方生成（UUIDv7），重复发送只存一次。应到会的人自动列入名单");
        all.MapGet("/rules", RulesAsync).WithSummary("会议种类、表决公式、议题类别，各带出处");
        all.MapGet("/agenda-share", ShareAsync).WithSummary("议题占比：按党组织或单位、时段，从议题算出").Requires(MeetingPermissions.View);
        all.MapGet("/agenda-items", ItemsAsync).WithSummary("占比背后的议题，用 after 翻页").Requires(MeetingPermissions.View);
        all.MapGet("/{id:guid}", FindAsync).WithSummary("一次会议的全部：议程、到会、表决、决议、待办、更正、您现在能办的");
        all.MapGet("/{id:guid}/people", PeopleAsync).WithSummary("名单和到会情况，按工号，用 after 翻页");
        var one = all.MapGroup("/{id:guid}");
        one.MapPost("/plan", RestateAsync).WithSummary("修改时间、地点、主持人、记录人");
        one.MapPost("/agenda", AddItemAsync).WithSummary("加议题，可以关联一条记录（隐患、风险、任务……）");
        one.MapPost("/agenda/{item:guid}", ChangeItemAsync).WithSummary("改议题");
        one.MapPost("/agenda/{item:guid}/removal", RemoveItemAsync).WithSummary("撤下议题；开会以后不能撤");
        one.MapPost("/agenda/{item:guid}/record", RecordAsync).WithSummary("记录议题：讨论要点和结论，或者没有讨论的原因");
        one.MapPost("/announcement", AnnounceAsync).WithSummary("发通知；有人同一时间有别的会时先告诉您");
        one.MapPost("/guests", InviteAsync).WithSummary("请人列席");
        one.MapPost("/exemption", ExemptAsync).WithSummary("不计入应到会，写明理由；理由为空就是恢复计入");
        one.MapPost("/attendance", AttendAsync).WithSummary("登记到会、缺席");
        one.MapPost("/leave", LeaveAsync).WithSummary("为自己请假");
        one.MapPost("/check-in", CheckInAsync).WithSummary("用会场屏幕上的签到码为自己签到");
        one.MapPost("/opening", HoldAsync).WithSummary("开会：实际开始时间；晚一天以上登记的标为补录，要写原因");
        one.MapPost("/votes", VoteAsync).WithSummary("记表决；到会人数和通过票数按规则核对");
        one.MapPost("/votes/{vote:guid}/removal", RemoveVoteAsync).WithSummary("撤下记错的表决");
        one.MapPost("/resolutions", ResolveAsync).WithSummary("记决议；要有人办的，同时交办");
        one.MapPost("/resolutions/{resolution:guid}/removal", RemoveResolutionAsync).WithSummary("撤下记错的决议，它的待办一并撤销");
        one.MapPost("/minutes", MinuteAsync).WithSummary("形成纪要：结束时间、小结");
        one.MapPost("/return", SendBackAsync).WithSummary("退回纪要");
        one.MapPost("/archive", ArchiveAsync).WithSummary("确认纪要并归档；之后不再改动");
        one.MapPost("/corrections", CorrectAsync).WithSummary("归档后补一条更正");
        one.MapPost("/cancellation", CancelAsync).WithSummary("取消，写明原因");
    }

    static async Task<Ok<Paged<MeetingRow>>> ListAsync([AsParameters] MeetingListRequest request, MeetingQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.ListAsync(request.ToFilter(), cancel));

    static async Task<Ok<MeetingDetail>> FindAsync(Guid id, MeetingDetails details, CancellationToken cancel) => TypedResults.Ok(await details.FindAsync(id, cancel));

    static async Task<Ok<Paged<AttendanceRow>>> PeopleAsync(Guid id, AttendanceState? state, bool? due, string? text, string? after, MeetingQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.PeopleAsync(id, state, due, text, after, cancel));

    static async Task<Ok<MeetingEdition>> RulesAsync(MeetingRulebook rulebook, CancellationToken cancel) => TypedResults.Ok(await rulebook.CurrentAsync(cancel));

    static async Task<Ok<AgendaShare>> ShareAsync(Guid? body, DateOnly? from, DateOnly? to, AgendaShares shares, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await shares.OfAsync(Period(body, from, to, clock), cancel));

    static async Task<Ok<Paged<AgendaItemRow>>> ItemsAsync(
        Guid? body, DateOnly? from, DateOnly? to, string? kind, bool? safety, bool? production, bool? resolved, string? after, AgendaShares shares, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await shares.ItemsAsync(new(Period(body, from, to, clock), kind, safety, production, resolved, after), cancel));

    /// <summary>This year unless days are given.</summary>
    static AgendaPeriod Period(Guid? body, DateOnly? from, DateOnly? to, TimeProvider clock) => new(body, from ?? new DateOnly(clock.Today().Year, 1, 1), to ?? clock.Today());

    static async Task<Created<MeetingDetail>> PlanAsync(MeetingPlanRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel)
    {
        await actions.PlanAsync(request.Id, request.Plan.ToPlan(request.Type, request.BodyId) with { WithUsualAgenda = request.UsualAgenda ?? true }, cancel);
        return TypedResults.Created($"/api/v1/meetings/{request.Id}", await details.FindAsync(request.Id, cancel));
    }

    static Task<Ok<MeetingDetail>> RestateAsync(Guid id, MeetingRestateRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, async () =>
        {
            var now = await details.FindAsync(id, cancel);
            await actions.RestateAsync(id, request.Version, request.Plan.ToPlan(now.Type, now.BodyId), cancel);
        }, cancel);

    static Task<Ok<MeetingDetail>> AddItemAsync(Guid id, AgendaItemRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => actions.AddItemAsync(id, request.Version, request.Id ?? throw new Refusal("请为议题生成一个 UUIDv7。", "id"), request.ToItem(), request.About, cancel), cancel);

    static Task<Ok<MeetingDetail>> ChangeItemAsync(Guid id, Guid item, AgendaItemRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => actions.ChangeItemAsync(id, request.Version, item, request.ToItem(), request.About, cancel), cancel);

    static Task<Ok<MeetingDetail>> RemoveItemAsync(Guid id, Guid item, MeetingVersion request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => actions.RemoveItemAsync(id, request.Version, item, cancel), cancel);

    static Task<Ok<MeetingDetail>> RecordAsync(Guid id, Guid item, ItemRecordRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.RecordItemAsync(id, request.Version, item, new(request.Discussed, request.Discussion ?? "", request.Outcome), cancel), cancel);

    static Task<Ok<MeetingDetail>> AnnounceAsync(Guid id, AnnouncementRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => actions.AnnounceAsync(id, request.Version, request.DespiteClashes ?? false, cancel), cancel);

    static Task<Ok<MeetingDetail>> InviteAsync(Guid id, GuestsRequest request, MeetingSitting sitting, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => sitting.InviteAsync(id, request.Version, request.People, cancel), cancel);

    static Task<Ok<MeetingDetail>> ExemptAsync(Guid id, ExemptionRequest request, MeetingSitting sitting, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => sitting.ExemptAsync(id, request.Version, request.PersonId, request.Reason ?? "", cancel), cancel);

    static Task<Ok<MeetingDetail>> AttendAsync(Guid id, AttendanceRequest request, MeetingSitting sitting, MeetingDetails details, CancellationToken cancel) => AnswerAsync(id, details, () => request.Rest is true
        ? sitting.AttendRestAsync(id, request.State, request.Reason ?? "", cancel) : sitting.AttendAsync(id, request.People ?? [], request.State, request.Reason ?? "", cancel), cancel);

    static Task<Ok<MeetingDetail>> LeaveAsync(Guid id, LeaveRequest request, MeetingSitting sitting, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => sitting.AskLeaveAsync(id, request.Reason, cancel), cancel);

    static async Task<NoContent> CheckInAsync(Guid id, CheckInRequest request, MeetingSitting sitting, CancellationToken cancel)
    {
        await sitting.CheckInAsync(id, request.Code, cancel);
        return TypedResults.NoContent();
    }

    static Task<Ok<MeetingDetail>> HoldAsync(Guid id, OpeningRequest request, MeetingSitting sitting, MeetingDetails details, TimeProvider clock, CancellationToken cancel) =>
        AnswerAsync(id, details, () => sitting.HoldAsync(id, request.Version, request.From ?? clock.GetUtcNow(), request.LateReason ?? "", cancel), cancel);

    static Task<Ok<MeetingDetail>> VoteAsync(Guid id, VoteRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) => AnswerAsync(id, details, () =>
        recording.VoteAsync(id, request.Version, request.Id, new(request.ItemId, request.Formula, request.Matter, request.Yes, request.No, request.Abstain), cancel), cancel);

    static Task<Ok<MeetingDetail>> RemoveVoteAsync(Guid id, Guid vote, MeetingVersion request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.RemoveVoteAsync(id, request.Version, vote, cancel), cancel);

    static Task<Ok<MeetingDetail>> ResolveAsync(Guid id, ResolutionRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.ResolveAsync(id, request.Version, request.Id, request.ItemId, request.Text, request.Task, cancel), cancel);

    static Task<Ok<MeetingDetail>> RemoveResolutionAsync(Guid id, Guid resolution, MeetingVersion request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.RemoveResolutionAsync(id, request.Version, resolution, cancel), cancel);

    static Task<Ok<MeetingDetail>> MinuteAsync(Guid id, MinutesRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.MinuteAsync(id, request.Version, request.Until, request.Conclusion ?? "", cancel), cancel);

    static Task<Ok<MeetingDetail>> SendBackAsync(Guid id, MeetingReasonRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.SendBackAsync(id, request.Version, request.Reason, cancel), cancel);

    static Task<Ok<MeetingDetail>> ArchiveAsync(Guid id, MeetingVersion request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.ArchiveAsync(id, request.Version, cancel), cancel);

    static Task<Ok<MeetingDetail>> CorrectAsync(Guid id, CorrectionRequest request, MeetingRecording recording, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => recording.CorrectAsync(id, request.Version, request.Id, request.What, request.Text, cancel), cancel);

    static Task<Ok<MeetingDetail>> CancelAsync(Guid id, MeetingReasonRequest request, MeetingActions actions, MeetingDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, () => actions.CancelAsync(id, request.Version, request.Reason, cancel), cancel);

    /// <summary>The act, then the meeting as it is now.</summary>
    static async Task<Ok<MeetingDetail>> AnswerAsync(Guid id, MeetingDetails details, Func<Task> act, CancellationToken cancel)
    {
        await act();
        return TypedResults.Ok(await details.FindAsync(id, cancel));
    }
}
