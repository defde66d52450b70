using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Robots;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Robots;

namespace Ronghe.PublicNotices;

/// <summary>Groups hear that a public notice has begun, where all of their people may read it.</summary>
public sealed class PublicNoticeRobots(AppDb db)
{
    const string Opened = "public-notice.opened";

    public static readonly IReadOnlyList<RobotNewsKind> Kinds = [new(Opened, "公示", "有 {0} 份新的公示", "给本单位看的公示开始时")];

    public static readonly RobotNewsSource Source = new((scope, rows, cancel) => scope.GetRequiredService<PublicNoticeRobots>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<RobotNews>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var ids = rows.Where(row => row.Event == Opened).Select(row => row.SubjectId).Distinct().ToArray();
        if (ids.Length == 0) return [];
        var notices = await db.PublicNotices.AsNoTracking().Where(notice => ids.Contains(notice.Id) && notice.State == PublicNoticeState.Open)
            .Select(notice => new { notice.Id, notice.CompanyId, notice.ShownTo }).ToListAsync(cancel);
        var news = new List<RobotNews>();
        foreach (var notice in notices)
            foreach (var node in await db.GroupRobots.Within(db, notice.CompanyId, notice.ShownTo).Select(robot => robot.NodeId).Distinct().ToListAsync(cancel))
                news.Add(new(node, Opened, $"public-notice {notice.Id}", $"/public-notices/{notice.Id}"));
        return news;
    }
}
