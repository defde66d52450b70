using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Tasks;

/// <summary>
/// A promise that must be kept: what somebody does by a date because a body or a person decided it.
/// Given → Doing → Reported → Confirmed; aside: Cancelled. A return leads back to Doing, a hand-over to Given.
/// </summary>
/// <remarks>Not called Task, which in C# is something else on every line.</remarks>
public sealed class GivenTask : Aggregate
{
    public const int MaxTitle = 200, MaxText = 2_000, MostExtensions = 2;
    /// <summary>In years; later is a slip of the pen.</summary>
    const int LongestAhead = 5;

    readonly List<TaskStep> _steps = [];

    GivenTask() { }

    public Guid CompanyId { get; private init; }
    /// <summary>What is to be done, in one sentence.</summary>
    public string Title { get; private init; } = "";
    /// <summary>What done looks like.</summary>
    public string Requirement { get; private init; } = "";
    /// <summary>The owner's unit.</summary>
    public Guid UnitId { get; private set; }
    public Guid OwnerId { get; private set; }
    /// <summary>Null when the system gave it.</summary>
    public Guid? GiverId { get; private init; }
    /// <summary>Who says that it is done; never the owner.</summary>
    public Guid ConfirmerId { get; private init; }
    public DateOnly DueOn { get; private set; }
    public TaskState State { get; private set; }
    public DateTimeOffset GivenAt { get; private init; }
    public DateTimeOffset? ReportedAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public int Extensions { get; private set; }
    public int Returns { get; private set; }

    public IReadOnlyList<TaskStep> Steps => _steps;

    public bool IsOpen => TaskStates.Open.Contains(State);
    public bool IsOverdue(DateOnly today) => State is TaskState.Given or TaskState.Doing && DueOn < today;

    /// <summary>Null when the state allows the verb, else the reason in one sentence. Guards, pages and tests ask here.</summary>
    public string? Obstacle(TaskVerb verb)
    {
        if (!TaskStates.Possible[verb].Contains(State))
            return $"现在是“{State.Title()}”，{string.Join("、", TaskStates.Possible[verb].Select(state => $"“{state.Title()}”"))}时才能{verb.Title()}。";
        return verb == TaskVerb.Extend && Extensions >= MostExtensions ? $"已延期 {Extensions} 次，达到上限。办不成的请转办或撤销，并写明原因。" : null;
    }

    public bool Can(TaskVerb verb) => Obstacle(verb) is null;

    public static GivenTask Give(Guid id, Guid companyId, Guid unitId, NewTask facts, Guid? by, DateTimeOffset at, DateOnly today)
    {
        facts.Check(by, today);
        var task = new GivenTask
        {
            Id = id, CompanyId = companyId, UnitId = unitId, Title = facts.Title.Trim(), Requirement = facts.Requirement.Trim(), OwnerId = facts.OwnerId,
            GiverId = by, ConfirmerId = facts.ConfirmerId ?? by!.Value, DueOn = facts.DueOn, GivenAt = at,
        };
        task.MoveTo(TaskState.Given, TaskVerb.Give, by, at, $"期限 {facts.DueOn:yyyy-MM-dd}");
        return task;
    }

    /// <summary>The owner takes it on.</summary>
    public void Start(string note, Guid by, DateTimeOffset at)
    {
        Guard(TaskVerb.Start);
        GuardOwner(by);
        CheckLength(note, "Note");
        MoveTo(TaskState.Doing, TaskVerb.Start, by, at, note);
    }

    /// <summary>The owner says that it is done, and what came of it.</summary>
    public void Report(string note, Guid by, DateTimeOffset at)
    {
        Guard(TaskVerb.Report);
        GuardOwner(by);
        Require(note, "Note", "请写一句办成了什么，确认人凭它核对。");
        ReportedAt = at;
        MoveTo(TaskState.Reported, TaskVerb.Report, by, at, note);
    }

    public void Confirm(string note, Guid by, DateTimeOffset at)
    {
        Guard(TaskVerb.Confirm);
        GuardNotOwner(by);
        CheckLength(note, "Note");
        ConfirmedAt = at;
        MoveTo(TaskState.Confirmed, TaskVerb.Confirm, by, at, note);
    }

    public void Return(string reason, Guid by, DateTimeOffset at)
    {
        Guard(TaskVerb.Return);
        GuardNotOwner(by);
        Require(reason, "Note", "退回要写明还差什么。");
        (ReportedAt, Returns) = (null, Returns + 1);
        MoveTo(TaskState.Doing, TaskVerb.Return, by, at, reason);
    }

    /// <summary>A later date with a reason, at most <see cref="MostExtensions"/> times.</summary>
    public void Extend(DateOnly until, string reason, Guid? by, DateTimeOffset at)
    {
        Guard(TaskVerb.Extend);
        Require(reason, "Reason", "延期要写明原因。");
        if (until <= DueOn) throw new Refusal($"新期限要晚于现在的期限 {DueOn:yyyy-MM-dd}。", nameof(DueOn));
        if (until > DueOn.AddYears(1)) throw new Refusal("一次最多延一年，请核对年份。", nameof(DueOn));
        (DueOn, Extensions) = (until, Extensions + 1);
        MoveTo(State, TaskVerb.Extend, by, at, $"延至 {until:yyyy-MM-dd}。{reason.Trim()}");
    }

    /// <summary>To another person, who starts anew; the date stays.</summary>
    /// <param name="toId">The new owner.</param>
    /// <param name="unitId">The new owner's unit.</param>
    public void HandOver(Guid toId, Guid unitId, string reason, Guid? by, DateTimeOffset at)
    {
        Guard(TaskVerb.HandOver);
        Require(reason, "Reason", "转办要写明原因。");
        if (toId == OwnerId) throw new Refusal("已经是他在办，请选另一位。", "ToId");
        if (toId == ConfirmerId) throw new Refusal("确认人不能同时是办理人，请选另一位。", "ToId");
        (OwnerId, UnitId) = (toId, unitId);
        MoveTo(TaskState.Given, TaskVerb.HandOver, by, at, reason);
    }

    public void Cancel(string reason, Guid? by, DateTimeOffset at)
    {
        Guard(TaskVerb.Cancel);
        Require(reason, "Reason", "撤销要写明原因。");
        MoveTo(TaskState.Cancelled, TaskVerb.Cancel, by, at, reason);
    }

    internal static DateOnly Latest(DateOnly today) => today.AddYears(LongestAhead);

    void Guard(TaskVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void GuardOwner(Guid by)
    {
        if (by != OwnerId) throw new Forbidden("只有办理人能接办、报办结。");
    }

    void GuardNotOwner(Guid by)
    {
        if (by == OwnerId) throw new Forbidden("办理人不能确认自己的事，请由别人确认。");
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

    void MoveTo(TaskState state, TaskVerb verb, Guid? by, DateTimeOffset at, string note)
    {
        _steps.Add(new TaskStep(Id, Version + (verb == TaskVerb.Give ? 0 : 1), verb, state, by, at, note.Trim()));
        State = state;
        Acted();
    }
}

/// <summary>What is given: what, what done looks like, to whom, until when, and who confirms (the giver when nobody is named).</summary>
public sealed record NewTask(string Title, string Requirement, Guid OwnerId, DateOnly DueOn, Guid? ConfirmerId = null)
{
    public void Check(Guid? giver, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写要办什么事，一句话就行。", nameof(Title));
        if (Title.Length > GivenTask.MaxTitle) throw new Refusal($"事项超过 {GivenTask.MaxTitle} 字，没有保存，文字还在。细节请写在“办到什么样算好”里。", nameof(Title));
        if (Requirement.Length > GivenTask.MaxText) throw new Refusal($"要求超过 {GivenTask.MaxText} 字，没有保存，文字还在。请精简。", nameof(Requirement));
        if (OwnerId == Guid.Empty) throw new Refusal("请选办理人。", nameof(OwnerId));
        if (DueOn < today) throw new Refusal("期限不能早于今天。", nameof(DueOn));
        if (DueOn > GivenTask.Latest(today)) throw new Refusal("期限太远，请核对年份。", nameof(DueOn));
        if ((ConfirmerId ?? giver) is not { } confirmer) throw new Refusal("请选确认人。", nameof(ConfirmerId));
        if (confirmer == OwnerId) throw new Refusal("办理人不能确认自己的事，请另选确认人。", nameof(ConfirmerId));
    }
}

/// <summary>Where a task comes from: the record that it was born of, and how (measure, resolution, …).</summary>
public sealed record TaskOrigin(string Kind, Guid Id, string Relation);

/// <summary>One step of a task's course.</summary>
[PartOf(typeof(GivenTask), "步骤")]
public sealed record TaskStep(Guid TaskId, int Version, TaskVerb Verb, TaskState To, Guid? ById, DateTimeOffset At, string Note)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
}
