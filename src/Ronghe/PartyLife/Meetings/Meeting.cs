using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

/// <summary>
/// A body meets: an agenda becomes resolutions, resolutions become tasks, and the minutes are the record itself.
/// Planned → Announced → Held → Minuted → Archived; aside: Cancelled. When it took place and when that was entered are both kept; after
/// archiving nothing is altered, corrections are added.
/// </summary>
public sealed partial class Meeting : Aggregate
{
    public const int LongestTitle = 80, LongestPlace = 80, LongestText = 4_000, LongestReason = 500, MostItems = 40;

    readonly List<AgendaItem> _agenda = [];
    readonly List<MeetingVote> _votes = [];
    readonly List<Resolution> _resolutions = [];
    readonly List<Correction> _corrections = [];

    Meeting() { }

    public Guid CompanyId { get; private init; }
    /// <summary>Code of a <see cref="MeetingType"/>.</summary>
    public string Type { get; private init; } = "";
    /// <summary>As it was called when it was planned.</summary>
    public string TypeName { get; private init; } = "";
    /// <summary>The edition of the rules under which it was planned.</summary>
    public int RulesNumber { get; private init; }
    /// <summary>The Party organisation or unit that holds it.</summary>
    public Guid BodyId { get; private init; }
    public string Title { get; private set; } = "";
    public string Place { get; private set; } = "";
    public DateTimeOffset PlannedAt { get; private set; }
    public DateTimeOffset PlannedUntil { get; private set; }
    public Guid ChairId { get; private set; }
    public Guid RecorderId { get; private set; }
    /// <summary>Of a lecture: who gives it.</summary>
    public Guid? LecturerId { get; private set; }
    public Guid PlannedById { get; private init; }
    /// <summary>When it was entered.</summary>
    public DateTimeOffset EnteredAt { get; private init; }
    public MeetingStatus Status { get; private set; }
    public DateTimeOffset? AnnouncedAt { get; private set; }
    /// <summary>What the codes shown at the meeting are made from; leaves the server only as such a code.</summary>
    public byte[] CodeKey { get; private init; } = [];
    /// <summary>When it really began and ended.</summary>
    public DateTimeOffset? HeldFrom { get; private set; }
    public DateTimeOffset? HeldUntil { get; private set; }
    /// <summary>The day of it, as duties and shares ask for it.</summary>
    [Derived] public DateOnly? HeldOn { get; private set; }
    /// <summary>When that was entered.</summary>
    public DateTimeOffset? HeldEnteredAt { get; private set; }
    /// <summary>Entered on a later day than that of the meeting.</summary>
    public bool IsLate { get; private set; }
    public string LateReason { get; private set; } = "";
    /// <summary>How many of those due had come, against what the type asks for, in one sentence.</summary>
    public string QuorumText { get; private set; } = "";
    /// <summary>What was still to be done from earlier meetings when this one began.</summary>
    public IReadOnlyList<CarriedTask> Carried { get; private set; } = [];
    public string Conclusion { get; private set; } = "";
    public DateTimeOffset? MinutedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public Guid? ArchivedById { get; private set; }
    /// <summary>Why it was cancelled, or what the minutes still lack.</summary>
    public string Reason { get; private set; } = "";
    [Derived] public string[] SearchTokens { get; private set; } = [];

    public IReadOnlyList<AgendaItem> Agenda => _agenda;
    public IReadOnlyList<MeetingVote> Votes => _votes;
    public IReadOnlyList<Resolution> Resolutions => _resolutions;
    public IReadOnlyList<Correction> Corrections => _corrections;

    public bool IsRunBy(Guid? person) => person is { } id && (ChairId == id || RecorderId == id);

    /// <summary>Null when the state allows the verb, else the reason in one sentence. Guards, pages and tests ask here.</summary>
    public string? Obstacle(MeetingVerb verb) => MeetingStates.Possible[verb].Contains(Status) ? null
        : $"现在是“{Status.Title()}”，{string.Join("、", MeetingStates.Possible[verb].Select(status => $"“{status.Title()}”"))}时才能{verb.Title()}。" + (Status == MeetingStatus.Archived && verb != MeetingVerb.Correct ? "已归档的记录不再改动，写错的请补一条更正。" : "");

    public bool Can(MeetingVerb verb) => Obstacle(verb) is null;

    public static Meeting Plan(Guid id, Guid companyId, MeetingEdition edition, MeetingPlan plan, byte[] codeKey, Guid by, DateTimeOffset at)
    {
        plan.Check(edition.Rules, at);
        var meeting = new Meeting
        {
            Id = id, CompanyId = companyId, Type = plan.Type, TypeName = edition.Rules.Of(plan.Type).Name, RulesNumber = edition.Number, BodyId = plan.BodyId, PlannedById = by, EnteredAt = at, CodeKey = codeKey,
        };
        meeting.Take(plan);
        foreach (var line in edition.Rules.Of(plan.Type).Agenda.Where(_ => plan.WithUsualAgenda))
            meeting._agenda.Add(AgendaItem.Of(meeting, Guid.CreateVersion7(), new(line.Title, line.Kind), edition.Rules, isAddedLate: false));
        meeting.MoveTo(MeetingStatus.Planned);
        return meeting;
    }

    /// <summary>Another time, place or person. Its type and its body are what it is.</summary>
    public void Restate(MeetingPlan plan, MeetingRuleSet rules, DateTimeOffset at)
    {
        Guard(MeetingVerb.Restate);
        plan.Check(rules, at);
        Take(plan);
        Acted();
    }

    public AgendaItem AddItem(Guid id, NewItem facts, MeetingRuleSet rules)
    {
        Guard(MeetingVerb.Agenda);
        if (_agenda.Count >= MostItems) throw new Refusal($"一次会议最多 {MostItems} 个议题，没有添加。请分次开。", nameof(Agenda));
        var item = AgendaItem.Of(this, id, facts, rules, isAddedLate: Status == MeetingStatus.Held);
        _agenda.Add(item);
        Acted();
        return item;
    }

    public void ChangeItem(Guid id, NewItem facts, MeetingRuleSet rules)
    {
        Guard(MeetingVerb.Agenda);
        Item(id).Restate(facts, rules);
        Acted();
    }

    /// <summary>What was announced and then not dealt with is not taken off but recorded as such.</summary>
    public void RemoveItem(Guid id)
    {
        Guard(MeetingVerb.Agenda);
        if (Status == MeetingStatus.Held) throw new Refusal("会议已经开了，议题不再撤下；没有讨论的，请记成“没有讨论”。");
        _agenda.Remove(Item(id));
        for (var no = 1; no <= _agenda.Count; no++) _agenda.OrderBy(item => item.No).ElementAt(no - 1).Stand(no);
        Acted();
    }

    public void Announce(DateTimeOffset at)
    {
        Guard(MeetingVerb.Announce);
        if (_agenda.Count == 0) throw new Refusal("还没有议题，请先写议程再发通知。", nameof(Agenda));
        if (PlannedAt <= at) throw new Refusal("开会时间已经过去，不能再发通知。会开过了就直接记录；没有开的请改时间。", nameof(PlannedAt));
        AnnouncedAt = at;
        MoveTo(MeetingStatus.Announced);
    }

    /// <summary>It begins, or is entered afterwards; then late and for a reason.</summary>
    public void Hold(DateTimeOffset from, string lateReason, VoteFormula? needed, Turnout turnout, IReadOnlyList<CarriedTask> carried, DateTimeOffset at)
    {
        Guard(MeetingVerb.Hold);
        if (from > at) throw new Refusal("开始时间晚于现在，请核对。没有保存，填写的内容还在。", nameof(HeldFrom));
        if (from < at.AddDays(-MeetingPlan.Farthest)) throw new Refusal("开始时间太早，请核对年份。没有保存，填写的内容还在。", nameof(HeldFrom));
        var isLate = from.PlantDate() < at.PlantDate();
        if (isLate) Require(lateReason, nameof(LateReason), "这是补录：请写明为什么当天没有记。补录会一直标着。", LongestReason);
        if (turnout.Present == 0) throw new Refusal("还没有人到会。请先签到或记到会，再开会。", "Present");
        if (needed is not null && !needed.Quorum.IsMet(turnout.Present, turnout.Due)) throw new Refusal(WhyNoQuorum(needed, turnout.Present, turnout.Due, "不能开会，请改期或取消"), "Present");
        (HeldFrom, HeldOn, HeldEnteredAt, IsLate, LateReason) = (from, from.PlantDate(), at, isLate, isLate ? lateReason.Trim() : "");
        QuorumText = $"应到 {turnout.Due} 人，实到 {turnout.Present} 人" + (needed is null ? "" : $"，{needed.Quorum.Say()}");
        Carried = carried;
        MoveTo(MeetingStatus.Held);
    }

    public void Cancel(string reason)
    {
        Guard(MeetingVerb.Cancel);
        Require(reason, nameof(Reason), "取消要写明原因。", LongestReason);
        Reason = reason.Trim();
        MoveTo(MeetingStatus.Cancelled);
    }

    /// <summary>Attendance is kept beside the meeting, row by row; here it is asked whether this is the time for it.</summary>
    public void Invite() => GuardAttendance(MeetingVerb.Invite);

    /// <inheritdoc cref="Invite"/>
    public void Attend() => GuardAttendance(MeetingVerb.Attend);

    /// <inheritdoc cref="Invite"/>
    public void AskLeave(DateTimeOffset at)
    {
        Guard(MeetingVerb.Leave);
        if (at >= PlannedUntil) throw new Refusal("会议时间已经过去，不能再请假。请找会议记录人补记。");
    }

    /// <inheritdoc cref="Invite"/>
    public void CheckIn(DateTimeOffset at)
    {
        Guard(MeetingVerb.CheckIn);
        if (at < PlannedAt.AddMinutes(-MeetingCode.MinutesBefore)) throw new Refusal($"还没到签到时间，会前 {MeetingCode.MinutesBefore} 分钟开始。");
    }

    void GuardAttendance(MeetingVerb verb)
    {
        Guard(verb);
        // A vote stands on the number of those present.
        if (_votes.Count > 0) throw new Refusal("已经记了表决，到会情况不能再改。确实记错的，请先撤下表决。");
    }

    void Take(MeetingPlan plan)
    {
        (Title, Place, PlannedAt, PlannedUntil) = (plan.Title.Trim(), plan.Place.Trim(), plan.At, plan.At.AddMinutes(plan.Minutes));
        (ChairId, RecorderId, LecturerId) = (plan.ChairId, plan.RecorderId, plan.LecturerId);
        SearchTokens = Platform.Search.SearchTokens.ForText(Title);
    }

    AgendaItem Item(Guid id) => _agenda.FirstOrDefault(item => item.Id == id) ?? throw new NotFound("这个议题");

    static string WhyNoQuorum(VoteFormula formula, int present, int due, string then) =>
        $"应到 {due} 人，实到 {present} 人，没有达到“{formula.Quorum.Say()}”（至少 {formula.Quorum.Least(due)} 人），{then}。没有保存，填写的内容还在。";

    static void Require(string text, string field, string message, int longest)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, field);
        if (text.Length > longest) throw new Refusal($"文字超过 {longest} 字，没有保存，文字还在。请精简后再提交。", field);
    }

    void Guard(MeetingVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void MoveTo(MeetingStatus status)
    {
        Status = status;
        Acted();
    }
}
