using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Tasks;

/// <summary>The tasks part of “my work”: what I do, and what waits for my confirmation.</summary>
public sealed class TaskWork(AppDb db, Me me, TimeProvider clock)
{
    const int MostPerKind = 100;

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<TaskWork>().WaitingIds(),
        (scope, cancel) => scope.GetRequiredService<TaskWork>().WaitingAsync(cancel));

    internal IQueryable<Guid> WaitingIds() => Waiting().Select(task => task.Id);

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await Waiting().Select(task => new
        {
            task.Id, task.Title, task.State, task.DueOn, Since = task.ReportedAt ?? task.GivenAt,
            Owner = db.People.First(p => p.Id == task.OwnerId).Name, Giver = db.People.Where(p => p.Id == task.GiverId).Select(p => p.Name).FirstOrDefault(),
        }).ToListAsync(cancel);
        var today = clock.Today();
        return [.. rows.Select(task => task.State == TaskState.Reported
            ? new WaitingLine(task.Id, "user-check", $"确认办结：{task.Title}", $"{task.Owner} {task.Since.Say(today.Year)} 报办结", $"/tasks/{task.Id}#acts", "去确认", task.Since.PlantDate().AddDays(3)) { Since = task.Since }
            : new WaitingLine(task.Id, "clipboard-list", $"{(task.State == TaskState.Given ? "接办" : "办理")}：{task.Title}",
                $"{TaskLook.Deadline(task.DueOn, today)}（期限 {task.DueOn.Say(today.Year)}） · {task.Giver ?? "系统"} 交办", $"/tasks/{task.Id}#acts", "去办理", task.DueOn) { Since = task.Since, DueOn = task.DueOn })];
    }

    IQueryable<GivenTask> Waiting()
    {
        var person = me.Id;
        return db.Tasks.AsNoTracking()
            .Where(task => (task.OwnerId == person && (task.State == TaskState.Given || task.State == TaskState.Doing)) || (task.ConfirmerId == person && task.State == TaskState.Reported))
            .OrderBy(task => task.DueOn).Take(MostPerKind);
    }
}
