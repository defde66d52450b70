using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Tasks;

/// <summary>Whom tasks concern: who has to act next, and who waits for an answer.</summary>
public sealed class TaskNotices(AppDb db)
{
    const string Given = "task.given", Returned = "task.returned", ToConfirm = "task.to-confirm", Changed = "task.changed", Done = "task.done";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Given, "交办给我的", "有一件事交办给您，请登录平台查看。") { IsMandatory = true },
        new(Returned, "退回我再办的", "有一件交办的事退回给您，请登录平台查看。") { IsMandatory = true },
        new(ToConfirm, "请我确认办结的", "有一件交办的事等您确认，请登录平台查看。") { IsMandatory = true },
        new(Changed, "与我有关的交办延期、转办、撤销", "与您有关的一件交办有了变化，请登录平台查看。"),
        new(Done, "我办的已确认办结", "您办的一件事已确认办结，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<TaskNotices>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == TaskActions.Kind).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var tasks = await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, cancel);
        return [.. from row in mine
                   where tasks.ContainsKey(row.SubjectId)
                   let task = tasks[row.SubjectId]
                   from told in About(row.Event, task)
                   from person in told.People.OfType<Guid>().Distinct()
                   where person != row.ActorId
                   select new NoticeDraft(person, told.Kind, $"journal {row.Seq}", told.Text, $"/tasks/{task.Id}")];
    }

    static IEnumerable<(Guid?[] People, string Kind, string Text)> About(string @event, GivenTask task)
    {
        var name = task.Title.Length > 40 ? task.Title[..40] + "…" : task.Title;
        return @event switch
        {
            "task.given" => [([task.OwnerId], Given, $"交办给您：{name}，期限 {task.DueOn:yyyy-MM-dd}")],
            "task.handed-over" => [([task.OwnerId], Given, $"转给您办：{name}，期限 {task.DueOn:yyyy-MM-dd}"), ([task.GiverId, task.ConfirmerId], Changed, $"转给别人办了：{name}")],
            "task.reported" => [([task.ConfirmerId], ToConfirm, $"报办结，请您确认：{name}")],
            "task.returned" => [([task.OwnerId], Returned, $"退回再办：{name}")],
            "task.extended" => [([task.OwnerId, task.GiverId], Changed, $"延了期：{name}，新期限 {task.DueOn:yyyy-MM-dd}")],
            "task.cancelled" => [([task.OwnerId, task.GiverId], Changed, $"撤销了：{name}")],
            "task.confirmed" => [([task.OwnerId, task.GiverId], Done, $"已确认办结：{name}")],
            _ => [],
        };
    }
}
