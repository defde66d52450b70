using Ronghe.Findings;

namespace Ronghe.Safety.Risks;

/// <summary>
/// What a session has before it, gathered from the records of its units. A planned session shows what is known now; when it is held this
/// is kept with it, so that it can later be read what was known (decision 22).
/// </summary>
/// <param name="At">When it was gathered.</param>
/// <param name="Since">Since when changes are told: the session before, else the beginning of the period.</param>
public sealed record RiskSessionInputs(
    DateTimeOffset At, DateTimeOffset Since, string? SessionBefore, IReadOnlyList<FindingSum> Findings, IReadOnlyList<OverdueFinding> Overdue, int OverdueCount, IReadOnlyList<NamedCount> Violations,
    IReadOnlyList<RiskSeason> Seasons, IReadOnlyList<OpenMeasure> Measures, IReadOnlyList<LevelCount> Register, IReadOnlyList<RiskChange> Changes, RiskSessionNews News)
{
    public int OpenFindings => Findings.Sum(sum => sum.Count);
    public int OverdueMeasures(DateOnly today) => Measures.Count(measure => measure.DueOn < today);
}

/// <summary>Open findings of one category and grade.</summary>
public sealed record FindingSum(string Category, FindingGrade? Grade, int Count);
public sealed record OverdueFinding(Guid Id, string Number, string Description, string Place, DateOnly DueOn);
public sealed record NamedCount(string Name, string Detail, int Count);
public sealed record OpenMeasure(Guid TaskId, string Title, string Owner, DateOnly DueOn, string Risk);
public sealed record LevelCount(RiskLevel? Level, int Count, int ReviewOverdue);

/// <summary>A level that began to count since the session before.</summary>
public sealed record RiskChange(Guid RiskId, string Title, RiskLevel Level, AssessmentStage Stage, DateTimeOffset At);

/// <summary>How much else happened since the session before.</summary>
public sealed record RiskSessionNews(int FindingsReported, int FindingsClosed, int Violations, int RisksIdentified, int RisksClosed, int MeasuresDone);

/// <summary>A problem that was seen in the session.</summary>
public sealed record SessionFinding(Guid Id, string Number, string Description, FindingStatus Status, Guid? RectifierId, DateOnly? DueOn)
{
    /// <summary>Gone, or somebody's with a date.</summary>
    public bool IsSettled => Status is FindingStatus.Closed or FindingStatus.Rejected or FindingStatus.Merged || (Status != FindingStatus.Reported && RectifierId is not null && DueOn is not null);
}
