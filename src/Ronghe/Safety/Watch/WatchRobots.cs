using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Robots;

namespace Ronghe.Safety.Watch;

/// <summary>What the group of a branch hears of its watch (M07): that something was found, and that the week's roster is there. A link to the one record, never a second one.</summary>
public sealed class WatchRobots(AppDb db)
{
    const string Found = "watch.found", Roster = "watch.roster";

    public static readonly IReadOnlyList<RobotNewsKind> Kinds =
    [
        new(Found, "监督台新发现", "监督台新发现 {0} 条", "本支部值守党员在值守周里上报的"),
        new(Roster, "本周值守", "本周监督台值守已排好", "每周一次，和每日汇总一起发") { IsDaily = true },
    ];

    public static readonly RobotNewsSource Source = new((scope, rows, cancel) => scope.GetRequiredService<WatchRobots>().FoundAsync(rows, cancel));
    public static readonly RobotDailySource Daily = new((scope, nodes, today, cancel) => scope.GetRequiredService<WatchRobots>().RostersAsync(nodes, today, cancel));

    /// <summary>Of the branch whose member was on watch on the day of the finding.</summary>
    async Task<IReadOnlyList<RobotNews>> FoundAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var ids = rows.Where(row => row.Event == "finding.reported").Select(row => row.SubjectId).Distinct().ToArray();
        if (ids.Length == 0) return [];
        var found = await db.Findings.AsNoTracking().Where(finding => ids.Contains(finding.Id) && finding.Source == FindingSource.Watch && finding.ReporterId != null)
            .Select(finding => new { finding.Id, ReporterId = finding.ReporterId!.Value, finding.FoundAt, Place = db.Places.Where(place => place.Id == finding.PlaceId).Select(place => place.Code).FirstOrDefault() }).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var (people, mondays) = (found.Select(finding => finding.ReporterId).Distinct().ToArray(), found.Select(finding => finding.FoundAt.PlantDate().Monday()).Distinct().ToArray());
        var turns = await (
            from week in db.WatchWeeks
            from duty in week.Duties
            where mondays.Contains(week.Monday) && people.Contains(duty.PersonId)
            select new { week.BranchId, week.Monday, duty.PersonId }).ToListAsync(cancel);
        return [.. from finding in found
                   from turn in turns
                   where turn.PersonId == finding.ReporterId && turn.Monday == finding.FoundAt.PlantDate().Monday()
                   select new RobotNews(turn.BranchId, Found, $"finding {finding.Id}", $"/findings/{finding.Id}") { PlaceCode = finding.Place }];
    }

    async Task<IReadOnlyList<RobotNews>> RostersAsync(IReadOnlyList<Guid> nodes, DateOnly today, CancellationToken cancel)
    {
        var monday = today.Monday();
        var weeks = await db.WatchWeeks.AsNoTracking().Where(week => nodes.Contains(week.BranchId) && week.Monday == monday).Select(week => new { week.Id, week.BranchId }).ToListAsync(cancel);
        return [.. weeks.Select(week => new RobotNews(week.BranchId, Roster, $"watch {week.Id}", $"/watch/{week.Id}"))];
    }
}
