using Ronghe.Safety.Inspections;
using Ronghe.Safety.ModelPosts;
using Ronghe.Safety.Risks;
using Ronghe.Tasks;

namespace Ronghe.Demo;

/// <summary>What the safety wing of the demo plant has lived through. Days count from the story's day zero, people are numbers of the roster, units and branches codes.</summary>
public sealed record SafetyStory
{
    public IReadOnlyList<StoryZone> Zones { get; init; } = [];
    public IReadOnlyList<StoryRound> Rounds { get; init; } = [];
    public IReadOnlyList<StoryInspection> Inspections { get; init; } = [];
    public IReadOnlyList<StorySpotCheck> SpotChecks { get; init; } = [];
    /// <summary>By the department that may be drawn: what a spot check finds there.</summary>
    public IReadOnlyDictionary<string, StoryFault> SpotFaults { get; init; } = new Dictionary<string, StoryFault>();
    public StoryWatch Watch { get; init; } = new();
    public IReadOnlyList<StoryViolation> Violations { get; init; } = [];
    public IReadOnlyList<StoryTask> Tasks { get; init; } = [];
    public IReadOnlyList<StoryNotice> Notices { get; init; } = [];
    public IReadOnlyList<StoryPost> Posts { get; init; } = [];
    public IReadOnlyList<StoryRiskSession> RiskSessions { get; init; } = [];
}

/// <summary>Who leads a zone from when on; <see cref="UntilDay"/> when the term has an end.</summary>
public sealed record StoryZone(string Zone, int Day, string Lead, string? Deputy, int? UntilDay);

/// <summary>A zone's walks: on which weekday (0 is Monday), in which weeks before this one, by which list.</summary>
public sealed record StoryRound(string Zone, int Weekday, int[] WeeksAgo, string Checklist)
{
    /// <summary>What was put right on the spot, by item, in the latest of the weeks.</summary>
    public IReadOnlyDictionary<string, string> Noted { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<StoryFault> Faults { get; init; } = [];
}

/// <summary>A fault that an inspection finds, of a round also in which week.</summary>
public sealed record StoryFault : FindingCourse
{
    public string? Item { get; init; }
    public int WeeksAgo { get; init; }
    public StoryExplanation? Explained { get; init; }
}

public sealed record StoryMember(string No, TeamRole Role);

/// <summary>An inspection that people planned: announced when, begun when, closed when (null: still open).</summary>
public sealed record StoryInspection(
    string Key, InspectionKind Kind, string Title, string Unit, string PlannedBy, string Lead, int PlannedDay, int Day, string? Checklist, string Conclusion, int? ClosedDay)
{
    public IReadOnlyList<StoryMember> Members { get; init; } = [];
    public IReadOnlyDictionary<string, string> Noted { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<StoryFault> Faults { get; init; } = [];
}

/// <summary>A month's spot check; without a day it is planned and not begun.</summary>
public sealed record StorySpotCheck(string Key, string PlannedBy, string Lead, string? Member, int PlannedDay, int? Day, bool FindsFault, bool IsSaidTwice, string? Conclusion, int? ClosedDay);

/// <summary>说清楚: what the inspected unit says, and on which day.</summary>
public sealed record StoryExplanation(int Day, string By, string What, string Why, string Duty, string Measure, int DueDay, string Heard);

public sealed record StoryWatch
{
    public IReadOnlyList<StoryWatchWeek> Weeks { get; init; } = [];
    public IReadOnlyList<StoryAbsence> Absences { get; init; } = [];
    public IReadOnlyList<StorySwap> Swaps { get; init; } = [];
    public IReadOnlyList<StoryWatchFinding> Findings { get; init; } = [];
    /// <summary>Branches that have arranged no week after this one.</summary>
    public IReadOnlyList<string> NotAhead { get; init; } = [];
    /// <summary>Weeks that somebody still has to close.</summary>
    public IReadOnlyList<StoryWatchWeek> LeftOpen { get; init; } = [];
}

/// <summary>A branch's week, counted from this one, and who stands watch in it.</summary>
public sealed record StoryWatchWeek(string Branch, int Week)
{
    public IReadOnlyList<string> Members { get; init; } = [];
}

public sealed record StoryAbsence(string No, int NotedDay, int FromDay, int ToDay);

/// <summary>Whoever has the week asks: somebody by name, or whoever has the other week; <see cref="AgreedDay"/> null while it waits.</summary>
public sealed record StorySwap(string Branch, int Week, string? Asked, int? ForWeek, string Reason, int AskedDay, int? AgreedDay);

public sealed record StoryWatchFinding : FindingCourse
{
    public required string Branch { get; init; }
    public required int Day { get; init; }
    public required TimeOnly Time { get; init; }
}

public sealed record StoryHearing(int Day, string By, string Said);
public sealed record StoryDecision(int Day, string By, bool Confirmed, string Reason);
public sealed record StoryViolation(string Key, string Kind, int Day, string By, string? Person, string? Outsider, string Place, string Evidence, StoryHearing? Heard, StoryDecision? Decided);

/// <param name="ToDay">A later date.</param>
/// <param name="To">Who takes it over.</param>
public sealed record StoryTaskAct(TaskVerb Verb, int Day, string By, string Note, int? ToDay, string? To);
public sealed record StoryTask(string Key, int Day, string By, string Owner, string Title, string Requirement, int DueDay)
{
    public IReadOnlyList<StoryTaskAct> Acts { get; init; } = [];
}

public sealed record StoryObjection(int Day, string By, string Text, bool WithoutName, int AnsweredDay, string AnsweredBy, bool Upheld, string Answer);
public sealed record StoryNotice(string Key, int Day, string By, string Title, string Text, string[] ShownTo, int Workdays, int OpenedDay, int? ClosedDay, string? Outcome)
{
    public IReadOnlyList<StoryObjection> Objections { get; init; } = [];
}

public sealed record StoryActivity(ActivityKind Kind, int Day, string Title, string Outcome);

/// <summary>A model post: put forward by somebody (null: by himself), and how far it has come.</summary>
public sealed record StoryPost(
    string Key, ModelPostKind Kind, string Person, string? By, string Zone, int Day, string Statement, string Recommender, string? Recommended, bool IsBeingShown, int ReviewedDay, string? Reviewed)
{
    public IReadOnlyList<StoryActivity> Activities { get; init; } = [];
}

/// <summary>Without a day of closing it is planned and not held.</summary>
public sealed record StoryRiskSession(
    string Key, RiskKind Kind, string Title, string Unit, string Chair, string[] Present, int PlannedDay, int HeldDay, int? ClosedDay, string WorkPlan, string? Conclusion)
{
    public IReadOnlyList<StoryRisk> Risks { get; init; } = [];
}

/// <param name="Confirmer">The second person, when it is red.</param>
/// <param name="Residual">Its points once the measures hold.</param>
public sealed record StoryRisk(
    string Key, string Title, string Scenario, string Unit, string? Place, string AccidentType, string Owner, RiskMethod Method, decimal[] Values, string Why, string? Confirmer,
    int? LoweredDay, decimal[] Residual, string? WhyLower)
{
    public IReadOnlyList<StoryMeasure> Measures { get; init; } = [];
}

public sealed record StoryMeasure(string Title, string Requirement, string Owner, int DueDay, int? DoneDay, string? Result);
