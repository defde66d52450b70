using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch;

/// <summary>Whom the watch concerns: whose turn it is, and who is asked to change.</summary>
public sealed class WatchNotices(AppDb db)
{
    const string Turn = "watch.turn", Asked = "watch.asked", Answered = "watch.answered";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Turn, "轮到我值守", "您有一项值守安排，请登录平台查看。"),
        new(Asked, "请我换班的", "有人请您换班，请登录平台查看。") { IsMandatory = true },
        new(Answered, "我提出的换班有了答复", "您提出的换班有了答复，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<WatchNotices>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var weeks = rows.Where(row => row.Event is "watch-week.drawn" or "watch-week.replaced").ToList();
        var swaps = rows.Where(row => row.Event is "watch-swap.asked" or "watch-swap.agreed" or "watch-swap.declined").ToList();
        if (weeks.Count + swaps.Count == 0) return [];
        var (weekIds, swapIds) = (weeks.Select(row => row.SubjectId).Distinct().ToArray(), swaps.Select(row => row.SubjectId).Distinct().ToArray());
        var turns = await db.WatchWeeks.AsNoTracking().Include(week => week.Duties).Where(week => weekIds.Contains(week.Id)).ToDictionaryAsync(week => week.Id, cancel);
        var asked = await db.WatchSwaps.AsNoTracking().Where(swap => swapIds.Contains(swap.Id)).ToDictionaryAsync(swap => swap.Id, cancel);
        return
        [
            .. from row in weeks
               let week = turns.GetValueOrDefault(row.SubjectId)
               where week is not null
               from duty in week.Duties
               where !duty.IsGivenUp && duty.PersonId != row.ActorId
               // Told once for each week and person, however often it is arranged anew.
               select new NoticeDraft(duty.PersonId, Turn, $"watch {week.Id} {duty.PersonId}", $"监督台值守：{week.Monday.Say()}起的一周轮到您", $"/watch/{week.Id}"),
            .. from row in swaps
               let swap = asked.GetValueOrDefault(row.SubjectId)
               where swap is not null
               select row.Event == "watch-swap.asked"
                   ? new NoticeDraft(swap.AskedId, Asked, $"journal {row.Seq}", "有人请您换监督台值守，请答复", "/watch")
                   : new NoticeDraft(swap.AskerId, Answered, $"journal {row.Seq}", row.Event == "watch-swap.agreed" ? "您提出的换班对方同意了" : "您提出的换班对方谢绝了", "/watch"),
        ];
    }
}
