using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Risks;

/// <summary>
/// What may go wrong, how bad it would be, and what is done against it: Identified → Assessed → Controlled → reviewed again and again →
/// Lowered → Closed; aside: Proposed, while a second person has not yet agreed to a red level or to leaving it.
/// </summary>
public sealed class Risk : Aggregate
{
    public const int MaxTitle = 100, MaxText = 2_000, MaxPlace = 200, MaxAccident = 40;

    readonly List<RiskAssessment> _assessments = [];

    Risk() { }

    public Guid CompanyId { get; private init; }
    public RiskKind Kind { get; private init; }
    public string Title { get; private set; } = "";
    /// <summary>How it comes about and what follows.</summary>
    public string Scenario { get; private set; } = "";
    /// <summary>The unit that answers for it.</summary>
    public Guid UnitId { get; private set; }
    public Guid? PlaceId { get; private set; }
    /// <summary>A place, a zone or a process, in words.</summary>
    public string PlaceText { get; private set; } = "";
    public string AccidentType { get; private set; } = "";
    /// <summary>Who keeps it under control and reviews it.</summary>
    public Guid? OwnerId { get; private set; }
    /// <summary>Where the content pack knows it, e.g. RK-06.</summary>
    public string? ContentId { get; init; }
    /// <summary>Null for one of the default register.</summary>
    public Guid? IdentifiedById { get; private init; }
    public DateTimeOffset IdentifiedAt { get; private init; }
    public RiskState State { get; private set; }
    /// <summary>Where it goes back to when what is proposed is not agreed to.</summary>
    public RiskState? ProposedFrom { get; private set; }
    /// <summary>As it counts; while a level is only proposed, the graver of the two.</summary>
    public RiskLevel? Level { get; private set; }
    /// <summary>The level that was last agreed to.</summary>
    public RiskLevel? Agreed { get; private set; }
    /// <summary>Order of the list, gravest first: 0 not assessed, 1 blue … 4 red.</summary>
    public int Rank { get; private set; }
    public DateOnly? ReviewOn { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>Why it was closed.</summary>
    public string Reason { get; private set; } = "";

    public IReadOnlyList<RiskAssessment> Assessments => _assessments;

    public RiskAssessment? Proposed => _assessments.Find(one => one.Standing == AssessmentStanding.Proposed);

    public bool IsReviewOverdue(DateOnly today) => RiskStates.Reviewed.Contains(State) && ReviewOn < today;

    /// <summary>Null when the state allows the verb, else the reason in one sentence. Guards, pages and tests ask here.</summary>
    public string? Obstacle(RiskVerb verb) => RiskStates.Possible[verb].Contains(State) ? null : verb switch
    {
        RiskVerb.AddMeasure when State == RiskState.Identified => "先评级，再定措施。",
        RiskVerb.Control when State == RiskState.Proposed => "等另一位领导确认以后，才能纳入管控。",
        RiskVerb.Close when State == RiskState.Assessed => "先落实措施、纳入管控，再关闭。",
        _ => $"现在是“{State.Title()}”，{string.Join("、", RiskStates.Possible[verb].Select(state => $"“{state.Title()}”"))}时才能{verb.Title()}。",
    };

    public bool Can(RiskVerb verb) => Obstacle(verb) is null;

    public static Risk Identify(Guid id, Guid companyId, RiskKind kind, RiskFacts facts, Guid? by, DateTimeOffset at, string? contentId = null)
    {
        facts.Check();
        var risk = new Risk { Id = id, CompanyId = companyId, Kind = kind, IdentifiedById = by, IdentifiedAt = at, ContentId = contentId };
        risk.Take(facts);
        risk.MoveTo(RiskState.Identified);
        return risk;
    }

    public void Restate(RiskFacts facts)
    {
        Guard(RiskVerb.Restate);
        facts.Check();
        Take(facts);
        Acted();
    }

    /// <summary>First rating, review or return to life, by what the risk is at that moment. Red, and leaving red, wait for a second person.</summary>
    public RiskAssessment Assess(RiskRating rating, RiskJudgement judgement, Guid by, DateTimeOffset at, DateOnly today)
    {
        Guard(RiskVerb.Assess);
        if (Kind == RiskKind.Business && rating.Method == RiskMethod.Lec) throw new Refusal("LEC 法评的是作业条件，经营风险请用矩阵法。没有保存，填写的内容还在。", "Method");
        CheckLength(judgement.Note, "Note");
        var (from, agreed) = (ProposedFrom ?? State, Agreed);
        if (agreed is { } before && rating.Level != before && string.IsNullOrWhiteSpace(judgement.Note)) throw new Refusal($"级别由“{before.Say()}”变为“{rating.Level.Say()}”，请写明理由。没有保存，填写的内容还在。", "Note");
        var needsSecond = rating.Level == RiskLevel.Red || agreed == RiskLevel.Red;
        if (needsSecond && judgement.ConfirmerId is null) throw new Refusal($"{(rating.Level == RiskLevel.Red ? "评为红色" : "从红色降下来")}要由另一位领导确认，请选确认人。没有保存，填写的内容还在。", "ConfirmerId");
        if (needsSecond && judgement.ConfirmerId == by) throw new Refusal("确认人不能是评级的人自己，请另选一位领导。没有保存，填写的内容还在。", "ConfirmerId");
        Proposed?.Replace();
        var assessment = new RiskAssessment(Id, from is RiskState.Controlled or RiskState.Lowered ? AssessmentStage.Residual : AssessmentStage.Initial, rating, judgement, needsSecond, by, at);
        _assessments.Add(assessment);
        if (needsSecond) Propose(from, Graver(agreed, rating.Level));
        else Settle(from, agreed, assessment, today);
        return assessment;
    }

    /// <summary>A second person agrees; from here on the level counts.</summary>
    public void Confirm(string note, Guid by, DateTimeOffset at, DateOnly today)
    {
        Guard(RiskVerb.Confirm);
        GuardSecond(by);
        CheckLength(note, "Note");
        var (assessment, agreed) = (Proposed!, Agreed);
        assessment.Confirm(note, by, at);
        Settle(ProposedFrom!.Value, agreed, assessment, today);
    }

    public void SendBack(string reason, Guid by, DateTimeOffset at)
    {
        Guard(RiskVerb.SendBack);
        GuardSecond(by);
        Require(reason, "Note", "退回要写明理由，评级的人会看到。");
        Proposed!.SendBack(reason, by, at);
        var from = ProposedFrom!.Value;
        ProposedFrom = null;
        SetLevel(Agreed);
        MoveTo(from);
    }

    /// <summary>The measure itself is a task; here it is only told that the risk has one more.</summary>
    public void AddMeasure()
    {
        Guard(RiskVerb.AddMeasure);
        Acted();
    }

    /// <param name="measures">How many measures there are that were not cancelled.</param>
    public void Control(int measures)
    {
        Guard(RiskVerb.Control);
        if (OwnerId is null) throw new Refusal("还没有管控责任人，请先在“修改”里指定。");
        if (measures == 0 && Level > RiskLevel.Blue) throw new Refusal("还没有措施。黄色以上的风险先定措施，每条有责任人和期限，再纳入管控。");
        MoveTo(RiskState.Controlled);
    }

    /// <param name="reason">Why it is none any more.</param>
    /// <param name="openMeasures">How many measures are still being carried out.</param>
    public void Close(string reason, int openMeasures, DateTimeOffset at)
    {
        Guard(RiskVerb.Close);
        if (Level == RiskLevel.Red) throw new Refusal("红色风险不能直接关闭，先复评，降级以后再关闭。");
        if (openMeasures > 0) throw new Refusal($"还有 {openMeasures} 条措施没有办结，办结或撤销以后再关闭。");
        Require(reason, "Note", "关闭要写明理由：风险怎么消除的，或为什么不算风险。");
        (Reason, ClosedAt, ReviewOn) = (reason.Trim(), at, null);
        MoveTo(RiskState.Closed);
    }

    void Propose(RiskState from, RiskLevel level)
    {
        ProposedFrom = from;
        SetLevel(level);
        MoveTo(RiskState.Proposed);
    }

    void Settle(RiskState from, RiskLevel? before, RiskAssessment assessment, DateOnly today)
    {
        SetLevel(assessment.Level);
        (Agreed, ProposedFrom, ReviewOn, ClosedAt, Reason) = (assessment.Level, null, today.AddDays(assessment.ReviewDays), null, "");
        MoveTo(from is RiskState.Controlled or RiskState.Lowered
            ? assessment.Level < before ? RiskState.Lowered : assessment.Level == before ? from : RiskState.Assessed
            : RiskState.Assessed);
    }

    static RiskLevel Graver(RiskLevel? one, RiskLevel other) => one > other ? one.Value : other;

    void SetLevel(RiskLevel? level) => (Level, Rank) = (level, level is null ? 0 : (int)level + 1);

    void Take(RiskFacts facts) => (Title, Scenario, UnitId, PlaceId, PlaceText, AccidentType, OwnerId) =
        (facts.Title.Trim(), facts.Scenario.Trim(), facts.UnitId, facts.PlaceId, facts.PlaceText.Trim(), facts.AccidentType.Trim(), facts.OwnerId);

    void Guard(RiskVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void GuardSecond(Guid by)
    {
        if (Proposed!.ById == by) throw new Forbidden("评级的人不能自己确认，请由另一位领导办理。");
    }

    static void Require(string text, string field, string message)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, field);
        CheckLength(text, field);
    }

    static void CheckLength(string text, string field)
    {
        if (text.Length > MaxText) throw new Refusal($"文字超过 {MaxText} 字，没有保存，文字还在。请精简后再提交。", field);
    }

    void MoveTo(RiskState state)
    {
        State = state;
        Acted();
    }
}

/// <summary>What a risk is, apart from how grave: what, how it comes about, whose, where, who keeps it under control.</summary>
public sealed record RiskFacts(string Title, string Scenario, Guid UnitId, Guid? PlaceId, string PlaceText, string AccidentType, Guid? OwnerId)
{
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写是什么风险，例如“皮带机绞伤”。", nameof(Title));
        if (Title.Trim().Length > Risk.MaxTitle) throw new Refusal($"风险名称超过 {Risk.MaxTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        if (string.IsNullOrWhiteSpace(Scenario)) throw new Refusal("请写怎么发生、会造成什么后果。", nameof(Scenario));
        if (Scenario.Length > Risk.MaxText) throw new Refusal($"情形超过 {Risk.MaxText} 字，没有保存，填写的内容还在。请精简。", nameof(Scenario));
        if (UnitId == Guid.Empty) throw new Refusal("请选责任单位。", nameof(UnitId));
        if (PlaceText.Length > Risk.MaxPlace) throw new Refusal($"地点超过 {Risk.MaxPlace} 字，没有保存，填写的内容还在。", nameof(PlaceText));
        if (AccidentType.Length > Risk.MaxAccident) throw new Refusal($"事故类别超过 {Risk.MaxAccident} 字，没有保存，填写的内容还在。", nameof(AccidentType));
    }
}

/// <summary>What stands beside the points of an assessment: why, who is to agree to it, in which session it was studied.</summary>
public sealed record RiskJudgement(string Note, Guid? ConfirmerId, Guid? SessionId = null);
