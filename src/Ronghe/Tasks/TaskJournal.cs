using Ronghe.Platform.Journal;

namespace Ronghe.Tasks;

/// <summary>What the journal tells of tasks, in words.</summary>
static class TaskJournal
{
    public static string EventOf(TaskVerb verb) => verb switch
    {
        TaskVerb.Give => "task.given", TaskVerb.Start => "task.started", TaskVerb.Report => "task.reported", TaskVerb.Confirm => "task.confirmed",
        TaskVerb.Return => "task.returned", TaskVerb.Extend => "task.extended", TaskVerb.HandOver => "task.handed-over", _ => "task.cancelled",
    };

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(TaskActions.Kind, "交办事项", Enum.GetValues<TaskVerb>().ToDictionary(EventOf, verb => verb.Title())) { Record = typeof(GivenTask), Href = id => $"/tasks/{id}" },
    ];
}
