using Ronghe.Platform.Calendar;

namespace Ronghe.Tasks;

/// <summary>How pages speak of a task: its badge and its deadline in words.</summary>
public static class TaskLook
{
    public static (string Status, string? Text) Badge(TaskState state, DateOnly dueOn, DateOnly today) =>
        state is TaskState.Given or TaskState.Doing && dueOn < today ? ("overdue", Deadline(dueOn, today)) : (NameOf(state), state.Title());

    /// <summary>The colour of a state, by the names that badges and timelines know.</summary>
    public static string NameOf(TaskState state) => state switch
    {
        TaskState.Given => "reported", TaskState.Doing => "assigned", TaskState.Reported => "rectified", TaskState.Confirmed => "closed", _ => "rejected",
    };

    /// <summary>还剩 3 个工作日, 今天到期, 超期 2 天.</summary>
    public static string Deadline(DateOnly due, DateOnly today)
    {
        if (due < today) return $"超期 {today.DayNumber - due.DayNumber} 天";
        if (due == today) return "今天到期";
        return WorkCalendar.China.WorkdaysBetween(today, due) is > 0 and var left ? $"还剩 {left} 个工作日" : "假期内到期";
    }
}
