using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What is planned: which meeting of which body, when and where, who leads it and who writes.</summary>
public sealed record MeetingPlan(string Type, Guid BodyId, string Title, DateTimeOffset At, int Minutes, string Place, Guid ChairId, Guid RecorderId)
{
    /// <summary>In days, to either side; farther off is a slip of the pen.</summary>
    public const int Farthest = 400;
    public const int Shortest = 10, Longest = 720;

    public Guid? LecturerId { get; init; }
    /// <summary>With the lines of the type's usual agenda.</summary>
    public bool WithUsualAgenda { get; init; }

    public void Check(MeetingRuleSet rules, DateTimeOffset now)
    {
        rules.Of(Type);
        if (BodyId == Guid.Empty) throw new Refusal("请选由哪个党组织或单位开会。", nameof(BodyId));
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写会议名称，例如“11 月支委会”。", nameof(Title));
        if (Title.Trim().Length > Meeting.LongestTitle) throw new Refusal($"会议名称超过 {Meeting.LongestTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        if (Place.Length > Meeting.LongestPlace) throw new Refusal($"地点超过 {Meeting.LongestPlace} 字，没有保存，填写的内容还在。", nameof(Place));
        if (Math.Abs((At - now).TotalDays) > Farthest) throw new Refusal("开会时间离今天太远，请核对年份。没有保存，填写的内容还在。", nameof(At));
        if (Minutes is < Shortest or > Longest) throw new Refusal($"预计时长应在 {Shortest}—{Longest} 分钟之间，没有保存，填写的内容还在。", nameof(Minutes));
        if (ChairId == Guid.Empty) throw new Refusal("请选主持人。", nameof(ChairId));
        if (RecorderId == Guid.Empty) throw new Refusal("请选记录人。", nameof(RecorderId));
        if (RecorderId == ChairId) throw new Refusal("主持人和记录人请分开：纪要由一个人写、另一个人确认。", nameof(RecorderId));
    }
}

public enum ItemState { Open, Discussed, Dropped }

/// <summary>An item as it is put on the agenda.</summary>
public sealed record NewItem(string Title, string Kind)
{
    public const int MostTags = 2;

    /// <summary>Further kinds.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>The body studies this subject on its own (专题), as some duties ask for.</summary>
    public bool IsSpecial { get; init; }
}

/// <summary>What is written of an item: how the matter stands, what was said, what came of it; or why it was not dealt with.</summary>
public sealed record ItemWords(bool IsDiscussed, string Discussion, string Outcome);

/// <summary>One item of the agenda. What it counts as is kept as it was when it was put there.</summary>
[PartOf(typeof(Meeting), "议题")]
public sealed class AgendaItem
{
    public const int LongestTitle = 120;

    public Guid Id { get; private init; }
    public Guid MeetingId { get; private init; }
    public int No { get; private set; }
    public string Title { get; private set; } = "";
    /// <summary>Id of an <see cref="AgendaKind"/>.</summary>
    public string Kind { get; private set; } = "";
    public string KindName { get; private set; } = "";
    public string[] Tags { get; private set; } = [];
    public bool IsSafety { get; private set; }
    public bool IsProduction { get; private set; }
    public bool IsSpecial { get; private set; }
    /// <summary>Brought up at the meeting, not announced.</summary>
    public bool IsAddedLate { get; private init; }
    public ItemState State { get; private set; }
    public string Discussion { get; private set; } = "";
    /// <summary>What came of it; of one that was dropped, why.</summary>
    public string Outcome { get; private set; } = "";

    internal static AgendaItem Of(Meeting meeting, Guid id, NewItem facts, MeetingRuleSet rules, bool isAddedLate)
    {
        var item = new AgendaItem { Id = id, MeetingId = meeting.Id, No = meeting.Agenda.Count == 0 ? 1 : meeting.Agenda.Max(other => other.No) + 1, IsAddedLate = isAddedLate };
        item.Restate(facts, rules);
        return item;
    }

    internal void Restate(NewItem facts, MeetingRuleSet rules)
    {
        if (string.IsNullOrWhiteSpace(facts.Title)) throw new Refusal("请写议题。", nameof(Title));
        if (facts.Title.Trim().Length > LongestTitle) throw new Refusal($"议题超过 {LongestTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        var tags = facts.Tags.Where(tag => tag != facts.Kind).Distinct().ToArray();
        if (tags.Length > NewItem.MostTags) throw new Refusal($"一个议题除主类别外最多再打 {NewItem.MostTags} 个标签，没有保存，填写的内容还在。", nameof(Tags));
        AgendaKind[] kinds = [rules.Kind(facts.Kind), .. tags.Select(rules.Kind)];
        (Title, Kind, KindName, Tags, IsSpecial) = (facts.Title.Trim(), facts.Kind, kinds[0].Name, tags, facts.IsSpecial);
        (IsSafety, IsProduction) = (kinds.Any(kind => kind.IsSafety), kinds.Any(kind => kind.IsProduction));
    }

    internal void Stand(int no) => No = no;

    internal void Record(ItemWords words)
    {
        if (words.Discussion.Length > Meeting.LongestText || words.Outcome.Length > Meeting.LongestText) throw new Refusal($"讨论要点、结论各不超过 {Meeting.LongestText} 字，没有保存，文字还在。请精简后再提交。", nameof(Discussion));
        if (string.IsNullOrWhiteSpace(words.Outcome)) throw new Refusal(words.IsDiscussed ? "请写结论；只传达、通报的写“已传达”。" : "没有讨论的要写明为什么。", nameof(Outcome));
        (State, Discussion, Outcome) = (words.IsDiscussed ? ItemState.Discussed : ItemState.Dropped, words.IsDiscussed ? words.Discussion.Trim() : "", words.Outcome.Trim());
    }

    internal void RequireDealtWith()
    {
        if (State == ItemState.Dropped) throw new Refusal("这个议题记的是没有讨论，不能再有表决或决议。");
    }
}

public sealed record NewVote(Guid ItemId, string Formula, string Matter, int Yes, int No, int Abstain)
{
    const int Most = 100_000;

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Matter)) throw new Refusal("请写表决什么，例如“同意接收张海为预备党员”；选举写候选人。", nameof(Matter));
        if (Matter.Trim().Length > AgendaItem.LongestTitle) throw new Refusal($"表决事项超过 {AgendaItem.LongestTitle} 字，没有保存，填写的内容还在。", nameof(Matter));
        if (Yes is < 0 or > Most || No is < 0 or > Most || Abstain is < 0 or > Most) throw new Refusal("票数不对，请核对。没有保存，填写的内容还在。", nameof(Yes));
    }
}

/// <summary>A vote with the numbers on which it stands, and the rule by which it was counted, as they were.</summary>
[PartOf(typeof(Meeting), "表决")]
public sealed class MeetingVote
{
    public Guid Id { get; init; }
    public Guid MeetingId { get; init; }
    public Guid ItemId { get; init; }
    public string Formula { get; init; } = "";
    public string FormulaName { get; init; } = "";
    public string Matter { get; init; } = "";
    public int DueVoting { get; init; }
    public int PresentVoting { get; init; }
    public int Yes { get; init; }
    public int No { get; init; }
    public int Abstain { get; init; }
    public bool IsPassed { get; init; }
    public string Basis { get; init; } = "";
    public string Source { get; init; } = "";
    public Guid ById { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>What was resolved; what somebody has to do because of it is a task.</summary>
[PartOf(typeof(Meeting), "决议")]
public sealed class Resolution
{
    public Guid Id { get; init; }
    public Guid MeetingId { get; init; }
    public Guid ItemId { get; init; }
    public int No { get; init; }
    public string Text { get; init; } = "";
    public Guid? TaskId { get; init; }
    public Guid ById { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>Added after archiving and shown beside what it corrects; never in its place.</summary>
[PartOf(typeof(Meeting), "更正")]
public sealed class Correction
{
    public Guid Id { get; init; }
    public Guid MeetingId { get; init; }
    public string What { get; init; } = "";
    public string Text { get; init; } = "";
    public Guid ById { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A task of an earlier meeting that was open when this one began.</summary>
public sealed record CarriedTask(Guid Id, string Title, string Owner, DateOnly DueOn, string State, string Meeting, bool IsOverdue);

/// <summary>How many are due and present; counted by the database, for there may be thousands.</summary>
/// <param name="Unexplained">Due, not there, no reason given.</param>
public sealed record Turnout(int Due, int Present, int DueVoting, int PresentVoting, int Unexplained, int Guests, int Exempt)
{
    public static readonly Turnout Nobody = new(0, 0, 0, 0, 0, 0, 0);
}
