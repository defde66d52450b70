using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Duties.Calendar;

public enum PlanKind { Overhaul, Outage, SafetyMeeting, Training, Drill, PartyActivity, Other }

public enum PlanState { Planned, Cancelled, Joined }

public enum PlanVerb { Plan, Restate, Join, Cancel }

/// <summary>
/// A plan that lives nowhere else yet: an overhaul, a safety meeting, a training, a Party activity; for a unit, on some days.
/// Planned → Joined (it became one activity with another) or Cancelled.
/// </summary>
public sealed class PlanEntry : Aggregate
{
    const int LongestReason = 200;

    PlanEntry() { }

    public PlanEntry(Guid id, Guid companyId, PlanFacts facts, Guid by, DateTimeOffset at, DateOnly today)
    {
        facts.Check(today);
        (Id, CompanyId, PlannedById, PlannedAt) = (id, companyId, by, at);
        Take(facts);
    }

    public Guid CompanyId { get; private init; }
    public Guid UnitId { get; private set; }
    public PlanKind Kind { get; private set; }
    public PlanTag Tag { get; private set; }
    public string Title { get; private set; } = "";
    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public Guid? LeadId { get; private set; }
    /// <summary>Those named, besides the lead.</summary>
    public Guid[] PeopleIds { get; private set; } = [];
    public PlanState State { get; private set; }
    /// <summary>With which it became one.</summary>
    public Guid? JoinedIntoId { get; private set; }
    /// <summary>Of the cancellation.</summary>
    public string Reason { get; private set; } = "";
    public Guid PlannedById { get; private init; }
    public DateTimeOffset PlannedAt { get; private init; }

    public static readonly IReadOnlyDictionary<PlanVerb, PlanState[]> Possible = new Dictionary<PlanVerb, PlanState[]>
    {
        [PlanVerb.Restate] = [PlanState.Planned],
        [PlanVerb.Join] = [PlanState.Planned],
        [PlanVerb.Cancel] = [PlanState.Planned],
    };

    public bool Can(PlanVerb verb) => Possible[verb].Contains(State);

    public void Restate(PlanFacts facts, DateOnly today)
    {
        Guard(PlanVerb.Restate);
        facts.Check(today);
        Take(facts);
        Acted();
    }

    /// <summary>One activity for both: this one stays, carries both tags and takes in the other's people; the other points here.</summary>
    public void Join(PlanEntry other)
    {
        Guard(PlanVerb.Join);
        other.Guard(PlanVerb.Join);
        if (other.Id == Id) throw new Refusal("不能和自己合成一项，没有改动。");
        if (Tag == other.Tag && Tag != PlanTag.Both) throw new Refusal($"两项都是{Tag.Title()}的，合成一项要一项党建、一项生产。没有改动。");
        (Tag, PeopleIds) = (PlanTag.Both, [.. PeopleIds.Concat(other.PeopleIds).Concat(other.LeadId is { } lead ? [lead] : []).Where(person => person != LeadId).Distinct()]);
        (other.State, other.JoinedIntoId) = (PlanState.Joined, Id);
        Acted();
        other.Acted();
    }

    public void Cancel(string reason)
    {
        Guard(PlanVerb.Cancel);
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("取消要写明原因。", nameof(Reason));
        if (reason.Length > LongestReason) throw new Refusal($"原因超过 {LongestReason} 字，没有保存，填写的内容还在。", nameof(Reason));
        (State, Reason) = (PlanState.Cancelled, reason.Trim());
        Acted();
    }

    void Take(PlanFacts facts) => (UnitId, Kind, Tag, Title, From, To, LeadId, PeopleIds) =
        (facts.UnitId, facts.Kind, facts.Tag, facts.Title.Trim(), facts.From, facts.To, facts.LeadId, [.. facts.PeopleIds.Where(person => person != facts.LeadId).Distinct()]);

    void Guard(PlanVerb verb)
    {
        if (!Can(verb)) throw new Refusal($"“{Title}”{State.Title()}，不能再{verb.Title()}。");
    }
}

/// <summary>What is planned: of what kind, for whom, when, with whom.</summary>
public sealed record PlanFacts(PlanKind Kind, PlanTag Tag, string Title, Guid UnitId, DateOnly From, DateOnly To, Guid? LeadId, IReadOnlyCollection<Guid> PeopleIds)
{
    public const int LongestTitle = 60, MostPeople = 100, MostDays = 200;
    const int YearsBack = 1, YearsAhead = 3;

    public void Check(DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写计划的名称，例如“2 号机 C 级检修”。", nameof(Title));
        if (Title.Trim().Length > LongestTitle) throw new Refusal($"名称超过 {LongestTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        if (UnitId == Guid.Empty) throw new Refusal("请选是哪个单位的计划。", nameof(UnitId));
        if (To < From) throw new Refusal("结束日期早于开始日期，请核对。没有保存，填写的内容还在。", nameof(To));
        if (To.DayNumber - From.DayNumber >= MostDays) throw new Refusal($"一项计划最多 {MostDays} 天，请分段填写。没有保存，填写的内容还在。", nameof(To));
        if (From < today.AddYears(-YearsBack) || From > today.AddYears(YearsAhead)) throw new Refusal("开始日期离今天太远，请核对年份。没有保存，填写的内容还在。", nameof(From));
        if (PeopleIds.Count > MostPeople) throw new Refusal($"参加人最多写 {MostPeople} 名；整个单位都参加的，不用写人。没有保存，填写的内容还在。", nameof(PeopleIds));
    }
}

public static class PlanTitles
{
    public static string Title(this PlanKind kind) => kind switch
    {
        PlanKind.Overhaul => "检修", PlanKind.Outage => "停机", PlanKind.SafetyMeeting => "安全例会", PlanKind.Training => "培训", PlanKind.Drill => "演练", PlanKind.PartyActivity => "党建活动", _ => "其他",
    };

    public static string Title(this PlanState state) => state switch { PlanState.Planned => "已排", PlanState.Cancelled => "已取消", _ => "已并入另一项" };

    public static string Title(this PlanVerb verb) => verb switch { PlanVerb.Plan => "排进日历", PlanVerb.Restate => "修改", PlanVerb.Join => "合成一项", _ => "取消" };

    /// <summary>People who work on it cannot be at anything else on these days.</summary>
    public static bool IsBinding(this PlanKind kind) => kind is PlanKind.Overhaul or PlanKind.Outage;
}
