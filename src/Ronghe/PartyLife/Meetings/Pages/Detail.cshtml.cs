using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>One meeting: its agenda, what it resolved, who is to come, and the act that comes next. A form is named after its act.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class DetailModel(MeetingDetails details, MeetingActions actions, MeetingSitting sitting, MeetingRecording recording, MeetingRulebook rulebook, MeetingChoices choices, RecordHistory history, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ItemForm Item { get; private set; } = new();
    public PlanForm Plan { get; private set; } = new();
    public Guid CorrectionId { get; private set; } = Guid.CreateVersion7();
    public MeetingDetail Meeting { get; private set; } = null!;
    public IReadOnlyList<Option> Kinds { get; private set; } = [];
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    CancellationToken Cancel => HttpContext.RequestAborted;

    public bool Offers(MeetingVerb verb) => Meeting.Acts.Has(verb.ToString().ToLowerInvariant());
    public bool Can(MeetingVerb verb) => Meeting.Acts.Possible.Contains(verb.ToString().ToLowerInvariant());
    public string? NameOf(Guid? id) => id is { } known ? _names.GetValueOrDefault(known) : null;

    protected override IEnumerable<string> Offered => MeetingStates.Possible.Keys.Where(Can).Select(verb => verb == MeetingVerb.Agenda ? "AddItem" : verb.ToString());

    public override async Task<IActionResult> ShowAsync()
    {
        Meeting = await details.FindAsync(Id, Cancel);
        History = await history.OfAsync(MeetingActions.Kind, Id, Cancel);
        Kinds = [.. (await rulebook.CurrentAsync(Cancel)).Rules.Kinds.Where(kind => kind.IsOn).Select(kind => new Option(kind.Id, kind.Name))];
        if (!IsSent("Restate")) Plan = PlanForm.Of(Meeting);
        _names = await choices.NamesAsync([Plan.ChairId, Plan.RecorderId, Plan.LecturerId], Cancel);
        return Page();
    }

    /// <summary>Whether anything stands under “what you can do”.</summary>
    public bool HasAct => Meeting.Acts.Possible.Any(key => key is not ("agenda" or "invite" or "attend" or "record" or "vote" or "resolve" or "leave")) || (Can(MeetingVerb.Leave) && Meeting.Mine is AttendanceState.Unknown)
        || (Offers(MeetingVerb.Minute) && Meeting.Status == MeetingStatus.Held);

    public bool MayCheckIn => Meeting.Status == MeetingStatus.Announced && (Meeting.Mine is AttendanceState.Unknown or AttendanceState.Leave) && Now >= Meeting.PlannedAt.AddMinutes(-MeetingCode.MinutesBefore);

    public string Turn => Meeting.Status switch
    {
        MeetingStatus.Announced when Meeting.Mine is { } mine => $"请您 {Meeting.PlannedAt.Say(Today.Year)} 到会。您现在是“{mine.Title()}”。",
        MeetingStatus.Minuted => $"等 {Meeting.Chair} 确认纪要。",
        _ => "现在没有轮到您办的事。",
    };

    /// <summary>As planned, unless that is still to come.</summary>
    public DateTimeOffset UsualEnd => Meeting.HeldFrom is { } from && from + (Meeting.PlannedUntil - Meeting.PlannedAt) is var end && end < Now ? end : Now;

    public string Sub => $"{Meeting.Body} · {(Meeting.HeldFrom ?? Meeting.PlannedAt).Say(Today.Year)}{(Meeting.Place == "" ? "" : $" · {Meeting.Place}")} · {Meeting.Chair}主持";

    public string TurnoutText => MeetingStates.TookPlace.Contains(Meeting.Status)
        ? $"应到 {Meeting.Turnout.Due} 人，实到 {Meeting.Turnout.Present} 人{(Meeting.Turnout.Guests > 0 ? $"，列席 {Meeting.Turnout.Guests} 人" : "")}"
        : $"应到 {Meeting.Turnout.Due} 人{(Meeting.Turnout.Present > 0 ? $"，已签到 {Meeting.Turnout.Present} 人" : "")}";

    public static string Say(ItemLine item) => string.Join(" · ", new[]
    {
        item.KindName + (item.Tags.Count > 0 ? $"（{string.Join("、", item.Tags)}）" : ""), item.IsSpecial ? "专题" : null, item.IsAddedLate ? "会上临时提出" : null,
        item.About.Count > 0 ? "关联：" + string.Join("、", item.About.Select(one => one.Name ?? one.KindTitle)) : null, item.Outcome == "" ? null : item.Outcome,
    }.OfType<string>());

    public async Task<IActionResult> OnPostRestateAsync(int version, PlanForm plan)
    {
        Plan = plan;
        await actions.RestateAsync(Id, version, plan.ToPlan("", Id), Cancel);
        return RedirectWithMessage("已修改。发过通知的，改了时间或地点会再告诉大家。");
    }

    public async Task<IActionResult> OnPostAddItemAsync(int version, ItemForm item)
    {
        Item = item;
        await actions.AddItemAsync(Id, version, item.Id, item.ToItem(), item.About, Cancel);
        return RedirectWithMessage("已加上。");
    }

    public Task<IActionResult> OnPostAnnounceAsync(int version, bool despite) => DoneAsync(actions.AnnounceAsync(Id, version, despite, Cancel), "已通知，名单上的人都会收到消息。");
    public Task<IActionResult> OnPostLeaveAsync(string? note) => DoneAsync(sitting.AskLeaveAsync(Id, note ?? "", Cancel), "已请假，记录人会看到原因。");

    public Task<IActionResult> OnPostHoldAsync(int version, DateTimeOffset? from, string? note) =>
        DoneAsync(sitting.HoldAsync(Id, version, from ?? throw new Refusal("请填开始时间。", "from"), note ?? "", Cancel), "已开会。逐个点开议题，记讨论、表决和决议。");

    public Task<IActionResult> OnPostMinuteAsync(int version, DateTimeOffset? until, string? note) =>
        DoneAsync(recording.MinuteAsync(Id, version, until ?? throw new Refusal("请填结束时间。", "until"), note ?? "", Cancel), "纪要已形成，等主持人确认归档。");

    public Task<IActionResult> OnPostSendBackAsync(int version, string? note) => DoneAsync(recording.SendBackAsync(Id, version, note ?? "", Cancel), "已退回，记录人会看到您写的。");
    public Task<IActionResult> OnPostArchiveAsync(int version) => DoneAsync(recording.ArchiveAsync(Id, version, Cancel), "已归档。从现在起不再改动，写错的补更正。");

    public Task<IActionResult> OnPostCorrectAsync(int version, Guid correction, string? what, string? note) =>
        DoneAsync(recording.CorrectAsync(Id, version, correction, what ?? "", note ?? "", Cancel), "更正已补上，和原来的记录放在一起。");

    public Task<IActionResult> OnPostCancelAsync(int version, string? note) => DoneAsync(actions.CancelAsync(Id, version, note ?? "", Cancel), "会议已取消。");

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }
}
