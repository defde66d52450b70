using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Tasks;

/// <summary>Deadlines of open tasks on the calendar.</summary>
public sealed class TaskCalendar(AppDb db, Me me, TaskAccess access, TimeProvider clock)
{
    const int Most = 300;

    static readonly TaskState[] Running = [TaskState.Given, TaskState.Doing];

    public static readonly CalendarSource Source = new("交办期限", (scope, ask, cancel) => scope.GetRequiredService<TaskCalendar>().LinesAsync(ask, cancel));

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var tasks = ask.Mine ? db.Tasks.Where(task => task.OwnerId == me.PersonId) : access.Visible();
        var rows = await tasks.AsNoTracking().Where(task => Running.Contains(task.State) && task.DueOn >= ask.From && task.DueOn <= ask.To).OrderBy(task => task.DueOn).Take(Most)
            .Select(task => new { task.Id, task.Title, task.DueOn, Owner = db.People.First(person => person.Id == task.OwnerId).Name }).ToListAsync(cancel);
        var today = clock.Today();
        return [.. rows.Select(task => new CalendarEntry(TaskActions.Kind, task.Id, task.Title, task.DueOn, task.DueOn, PlanTag.Production, $"/tasks/{task.Id}", "交办的事到期")
        {
            Icon = "clipboard-list", Detail = $"交办期限 · {task.Owner}办理", IsLate = task.DueOn < today,
        })];
    }
}
