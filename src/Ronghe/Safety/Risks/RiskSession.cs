using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Risks;

public enum RiskSessionStatus { Planned, Held, Closed, Cancelled }

public enum RiskSessionVerb { Plan, Take, Drop, Hold, Report, Close, Cancel }

/// <summary>
/// 风险研判会: a unit or Party organisation studies risks together, with what is known laid before it (M21). Planned → Held → Closed, closed
/// only when each risk has its level, each measure somebody and a date, and each problem found is in good hands; aside: Cancelled.
/// </summary>
public sealed class RiskSession : Aggregate
{
    public const int MaxTitle = 80, MaxText = 2_000, MostPeople = 60, MostRisks = 100, LeastPresent = 2;
    /// <summary>In days; what spans more is no period any more.</summary>
    const int LongestPeriod = 400;

    RiskSession() { }

    public Guid CompanyId { get; private init; }
    public RiskKind Kind { get; private init; }
    /// <summary>The unit or Party organisation that holds it.</summary>
    public Guid NodeId { get; private init; }
    public string Title { get; private init; } = "";
    public DateOnly From { get; private init; }
    public DateOnly To { get; private init; }
    public DateOnly PlannedOn { get; private init; }
    public Guid ChairId { get; private init; }
    public Guid[] InvitedIds { get; private init; } = [];
    /// <summary>Work of the period that the inputs do not know: overhauls, outages, campaigns.</summary>
    public string WorkPlan { get; private init; } = "";
    public Guid PlannedById { get; private init; }
    public DateTimeOffset PlannedAt { get; private init; }
    public RiskSessionStatus Status { get; private set; }
    public Guid[] RiskIds { get; private set; } = [];
    public DateOnly? HeldOn { get; private set; }
    public DateTimeOffset? HeldAt { get; private set; }
    public Guid[] PresentIds { get; private set; } = [];
    /// <summary>What was known when it was held; null before.</summary>
    public RiskSessionInputs? Inputs { get; private set; }
    /// <summary>What the session concluded, or why it was cancelled.</summary>
    public string Conclusion { get; private set; } = "";
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>For each verb the states in which it is possible. Guards, pages and tests read this list.</summary>
    public static readonly IReadOnlyDictionary<RiskSessionVerb, RiskSessionStatus[]> Possible = new Dictionary<RiskSessionVerb, RiskSessionStatus[]>
    {
        [RiskSessionVerb.Take] = [RiskSessionStatus.Planned, RiskSessionStatus.Held],
        [RiskSessionVerb.Drop] = [RiskSessionStatus.Planned, RiskSessionStatus.Held],
        [RiskSessionVerb.Hold] = [RiskSessionStatus.Planned],
        [RiskSessionVerb.Report] = [RiskSessionStatus.Held],
        [RiskSessionVerb.Close] = [RiskSessionStatus.Held],
        [RiskSessionVerb.Cancel] = [RiskSessionStatus.Planned],
    };

    public bool Concerns(Guid? person) => person is { } id && (ChairId == id || InvitedIds.Contains(id) || PresentIds.Contains(id));

    public string? Obstacle(RiskSessionVerb verb) => Possible[verb].Contains(Status) ? null
        : $"现在是“{Status.Title()}”，{string.Join("、", Possible[verb].Select(status => $"“{status.Title()}”"))}时才能{verb.Title()}。";

    public bool Can(RiskSessionVerb verb) => Obstacle(verb) is null;

    public static RiskSession Plan(Guid id, Guid companyId, RiskSessionPlan plan, Guid by, DateTimeOffset at, DateOnly today)
    {
        plan.Check(today);
        var session = new RiskSession
        {
            Id = id, CompanyId = companyId, Kind = plan.Kind, NodeId = plan.NodeId, Title = plan.Title.Trim(), From = plan.From, To = plan.To, PlannedOn = plan.On, ChairId = plan.ChairId,
            InvitedIds = [.. plan.InvitedIds.Where(person => person != plan.ChairId).Distinct()], WorkPlan = plan.WorkPlan.Trim(), PlannedById = by, PlannedAt = at,
        };
        session.MoveTo(RiskSessionStatus.Planned);
        return session;
    }

    public void Take(IReadOnlyList<Guid> risks)
    {
        Guard(RiskSessionVerb.Take);
        if (risks.Count == 0) throw new Refusal("请至少选一个要研判的风险。", nameof(RiskIds));
        var taken = RiskIds.Union(risks).ToArray();
        if (taken.Length > MostRisks) throw new Refusal($"一次最多研判 {MostRisks} 个风险，没有列入。请分次开。", nameof(RiskIds));
        RiskIds = taken;
        Acted();
    }

    /// <param name="isStudied">It was assessed in this session already.</param>
    public void Drop(Guid risk, bool isStudied)
    {
        Guard(RiskSessionVerb.Drop);
        if (isStudied) throw new Refusal("这个风险已经在本次会上评了级，不能撤下。");
        RiskIds = [.. RiskIds.Where(one => one != risk)];
        Acted();
    }

    /// <summary>From now on it is kept what was known.</summary>
    public void Hold(DateOnly on, IReadOnlyList<Guid> present, RiskSessionInputs inputs, DateTimeOffset at, DateOnly today)
    {
        Guard(RiskSessionVerb.Hold);
        if (on > today) throw new Refusal("召开日期晚于今天，请核对。没有保存，填写的内容还在。", nameof(HeldOn));
        if (on < PlannedAt.PlantDate().AddDays(-LongestPeriod)) throw new Refusal("召开日期太早，请核对年份。没有保存，填写的内容还在。", nameof(HeldOn));
        var all = present.Distinct().ToArray();
        if (all.Length < LeastPresent) throw new Refusal($"研判是大家一起做的事，到会至少 {LeastPresent} 人。没有保存，填写的内容还在。", nameof(PresentIds));
        if (all.Length > MostPeople) throw new Refusal($"到会人员最多记 {MostPeople} 人，没有保存，填写的内容还在。", nameof(PresentIds));
        (HeldOn, HeldAt, PresentIds, Inputs) = (on, at, all, inputs);
        MoveTo(RiskSessionStatus.Held);
    }

    /// <summary>A problem seen in the session goes into the one loop; here it is only asked whether this is the time for it.</summary>
    public void Report() => Guard(RiskSessionVerb.Report);

    public void Close(string conclusion, IReadOnlyList<StudiedRisk> risks, IReadOnlyList<SessionFinding> findings, DateTimeOffset at)
    {
        Guard(RiskSessionVerb.Close);
        Require(conclusion, "请写研判结论：哪些风险变了，重点盯什么。");
        if (WhyNotClosed(risks, findings) is { } reason) throw new Refusal(reason);
        (Conclusion, ClosedAt) = (conclusion.Trim(), at);
        MoveTo(RiskSessionStatus.Closed);
    }

    /// <summary>Null when nothing is left open, else what is.</summary>
    public static string? WhyNotClosed(IReadOnlyList<StudiedRisk> risks, IReadOnlyList<SessionFinding> findings)
    {
        if (risks.Count == 0) return "还没有列入研判的风险。";
        if (Titles(risks.Where(risk => !risk.IsStudied)) is { } unrated) return $"{unrated}还没有在这次会上评级。";
        if (Titles(risks.Where(risk => risk.State == RiskState.Proposed)) is { } proposed) return $"{proposed}还等另一位领导确认级别。";
        if (Titles(risks.Where(risk => risk.Level > RiskLevel.Blue && risk.Measures == 0)) is { } bare) return $"{bare}还没有措施。";
        if (Titles(risks.Where(risk => risk.Adrift > 0)) is { } adrift) return $"{adrift}有措施的责任人已离岗，请先转办。";
        if (findings.Where(finding => !finding.IsSettled).Select(finding => finding.Number).ToList() is { Count: > 0 } loose) return $"隐患 {string.Join('、', loose.Take(5))} 还没有落实责任人和期限。";
        return null;
    }

    public void Cancel(string reason, DateTimeOffset at)
    {
        Guard(RiskSessionVerb.Cancel);
        Require(reason, "取消要写明原因。");
        (Conclusion, ClosedAt) = (reason.Trim(), at);
        MoveTo(RiskSessionStatus.Cancelled);
    }

    static string? Titles(IEnumerable<StudiedRisk> risks) =>
        risks.Select(risk => $"“{risk.Title}”").ToList() is { Count: > 0 } titles ? string.Join("", titles.Take(3)) + (titles.Count > 3 ? $"等 {titles.Count} 个" : "") : null;

    static void Require(string text, string message)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, nameof(Conclusion));
        if (text.Length > MaxText) throw new Refusal($"文字超过 {MaxText} 字，没有保存，文字还在。请精简后再提交。", nameof(Conclusion));
    }

    void Guard(RiskSessionVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void MoveTo(RiskSessionStatus status)
    {
        Status = status;
        Acted();
    }

    internal static bool IsTooLong(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber > LongestPeriod;
}

/// <summary>What is planned: which risks, by whom, over what period, when, who takes part.</summary>
public sealed record RiskSessionPlan(RiskKind Kind, string Title, Guid NodeId, DateOnly From, DateOnly To, DateOnly On, Guid ChairId, IReadOnlyList<Guid> InvitedIds, string WorkPlan)
{
    /// <summary>In years; farther off is a slip of the pen.</summary>
    const int Farthest = 3;

    public void Check(DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写研判会的名称，例如“四季度安全风险研判”。", nameof(Title));
        if (Title.Trim().Length > RiskSession.MaxTitle) throw new Refusal($"名称超过 {RiskSession.MaxTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        if (NodeId == Guid.Empty) throw new Refusal("请选由哪个单位或党组织组织。", nameof(NodeId));
        if (Math.Abs(From.Year - today.Year) > Farthest) throw new Refusal("时段离今天太远，请核对年份。没有保存，填写的内容还在。", nameof(From));
        if (To < From) throw new Refusal("时段的止日早于起日，请核对。没有保存，填写的内容还在。", nameof(To));
        if (RiskSession.IsTooLong(From, To)) throw new Refusal("时段太长，请核对年份。没有保存，填写的内容还在。", nameof(To));
        if (On.Year < From.Year - 1 || On.Year > To.Year + 1) throw new Refusal("开会日期离研判的时段太远，请核对。没有保存，填写的内容还在。", nameof(On));
        if (ChairId == Guid.Empty) throw new Refusal("请选主持人。", nameof(ChairId));
        if (InvitedIds.Count > RiskSession.MostPeople) throw new Refusal($"参加人最多 {RiskSession.MostPeople} 人，没有保存，填写的内容还在。", nameof(InvitedIds));
        if (WorkPlan.Length > RiskSession.MaxText) throw new Refusal($"重点工作超过 {RiskSession.MaxText} 字，没有保存，填写的内容还在。请精简。", nameof(WorkPlan));
    }
}

/// <summary>A risk on the session's list, and what the session made of it.</summary>
/// <param name="IsStudied">Assessed in this session.</param>
/// <param name="Measures">Those that were not cancelled.</param>
/// <param name="Adrift">Open ones whose owner has left.</param>
public sealed record StudiedRisk(Guid Id, string Title, RiskState State, RiskLevel? Level, bool IsStudied, int Measures, int Adrift);

public static class RiskSessionTitles
{
    public static string Title(this RiskSessionStatus status) => status switch
    {
        RiskSessionStatus.Planned => "待召开", RiskSessionStatus.Held => "研判中", RiskSessionStatus.Closed => "已结束", _ => "已取消",
    };

    public static string Title(this RiskSessionVerb verb) => verb switch
    {
        RiskSessionVerb.Plan => "安排", RiskSessionVerb.Take => "列入风险", RiskSessionVerb.Drop => "撤下风险", RiskSessionVerb.Hold => "召开", RiskSessionVerb.Report => "登记隐患",
        RiskSessionVerb.Close => "结束", _ => "取消",
    };
}
