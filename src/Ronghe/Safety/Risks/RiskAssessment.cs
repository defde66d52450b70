namespace Ronghe.Safety.Risks;

/// <summary>Before measures work, or with them.</summary>
public enum AssessmentStage { Initial, Residual }

public enum AssessmentStanding { Counts, Proposed, SentBack, Replaced }

/// <summary>One rating of a risk; all of them stay as its history, with the edition of the rules that they were made by.</summary>
public sealed class RiskAssessment
{
    RiskAssessment() { }

    internal RiskAssessment(Guid riskId, AssessmentStage stage, RiskRating rating, RiskJudgement judgement, bool needsSecond, Guid by, DateTimeOffset at)
    {
        (RiskId, Stage, ById, At) = (riskId, stage, by, at);
        (Method, Values, Score, Level, ReviewDays, RulesNumber) = (rating.Method, rating.Values, rating.Score, rating.Level, rating.ReviewDays, rating.RulesNumber);
        (Note, SessionId, ConfirmerId) = (judgement.Note.Trim(), judgement.SessionId, needsSecond ? judgement.ConfirmerId : null);
        (Standing, SettledAt) = (needsSecond ? AssessmentStanding.Proposed : AssessmentStanding.Counts, needsSecond ? null : at);
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid RiskId { get; private init; }
    public AssessmentStage Stage { get; private init; }
    public RiskMethod Method { get; private init; }
    /// <summary>Points in the order of the method's factors.</summary>
    public decimal[] Values { get; private init; } = [];
    public decimal Score { get; private init; }
    public RiskLevel Level { get; private init; }
    public int ReviewDays { get; private init; }
    /// <summary>0 is the default that comes with the product.</summary>
    public int RulesNumber { get; private init; }
    public Guid? SessionId { get; private init; }
    public Guid ById { get; private init; }
    public DateTimeOffset At { get; private init; }
    public string Note { get; private init; } = "";
    public AssessmentStanding Standing { get; private set; }
    /// <summary>Who was asked to agree; others with the right may as well.</summary>
    public Guid? ConfirmerId { get; private init; }
    public Guid? SettledById { get; private set; }
    /// <summary>When it began to count, or was sent back.</summary>
    public DateTimeOffset? SettledAt { get; private set; }
    public string SettledNote { get; private set; } = "";

    internal void Confirm(string note, Guid by, DateTimeOffset at) => Settle(AssessmentStanding.Counts, note, by, at);

    internal void SendBack(string reason, Guid by, DateTimeOffset at) => Settle(AssessmentStanding.SentBack, reason, by, at);

    internal void Replace() => Standing = AssessmentStanding.Replaced;

    void Settle(AssessmentStanding standing, string note, Guid by, DateTimeOffset at) => (Standing, SettledNote, SettledById, SettledAt) = (standing, note.Trim(), by, at);
}

public static class AssessmentTitles
{
    public static string Title(this AssessmentStage stage) => stage == AssessmentStage.Initial ? "初始评级" : "残余评级";

    public static string Title(this AssessmentStanding standing) => standing switch
    {
        AssessmentStanding.Counts => "有效", AssessmentStanding.Proposed => "待确认", AssessmentStanding.SentBack => "已退回", _ => "被后一次代替",
    };
}
