namespace Ronghe.Tasks;

public enum TaskState { Given, Doing, Reported, Confirmed, Cancelled }

/// <summary>Everything that can be done to a task, in the order of its life.</summary>
public enum TaskVerb { Give, Start, Report, Confirm, Return, Extend, HandOver, Cancel }

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class TaskStates
{
    public static readonly IReadOnlyList<TaskState> Open = [TaskState.Given, TaskState.Doing, TaskState.Reported];

    /// <summary>For each verb the states in which it is possible. Guards, pages and tests read this list.</summary>
    public static readonly IReadOnlyDictionary<TaskVerb, TaskState[]> Possible = new Dictionary<TaskVerb, TaskState[]>
    {
        [TaskVerb.Start] = [TaskState.Given],
        // What is done in one go needs no step of its own for having begun.
        [TaskVerb.Report] = [TaskState.Given, TaskState.Doing],
        [TaskVerb.Confirm] = [TaskState.Reported],
        [TaskVerb.Return] = [TaskState.Reported],
        [TaskVerb.Extend] = [TaskState.Given, TaskState.Doing],
        [TaskVerb.HandOver] = [TaskState.Given, TaskState.Doing],
        [TaskVerb.Cancel] = [TaskState.Given, TaskState.Doing, TaskState.Reported],
    };

    public static string Title(this TaskState state) => state switch
    {
        TaskState.Given => "待接办",
        TaskState.Doing => "办理中",
        TaskState.Reported => "待确认",
        TaskState.Confirmed => "已办结",
        _ => "已撤销",
    };

    public static string Title(this TaskVerb verb) => verb switch
    {
        TaskVerb.Give => "交办",
        TaskVerb.Start => "接办",
        TaskVerb.Report => "报办结",
        TaskVerb.Confirm => "确认办结",
        TaskVerb.Return => "退回",
        TaskVerb.Extend => "延期",
        TaskVerb.HandOver => "转办",
        _ => "撤销",
    };
}
