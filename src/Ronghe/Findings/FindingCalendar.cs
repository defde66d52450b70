using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Counts;
using Ronghe.Platform.Calendar;

namespace Ronghe.Findings;

/// <summary>Deadlines of rectifications on the calendar: a number for each day that opens to its list, from the kept counts; those that are past stand on today.</summary>
public sealed class FindingCalendar(AppDb db, Me me, UnitCounts counts, TimeProvider clock)
{
    public static readonly CalendarSource Source = new("整改期限", (scope, ask, cancel) => scope.GetRequiredService<FindingCalendar>().LinesAsync(ask, cancel));

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var today = clock.Today();
        var days = ask.Mine ? await MineAsync(ask, cancel) : await ReachAsync(ask, today, cancel);
        var late = ask.From <= today && ask.To >= today ? days.Where(day => day.Day < today).Sum(day => day.Total) : 0;
        var mine = ask.Mine ? "mine=true&" : "";
        return
        [
            .. late > 0 ? [Line("late", today, late, $"{late} 条整改已超期", $"/findings?{mine}overdue=true") with { IsLate = true }] : (CalendarEntry[])[],
            .. days.Where(day => day.Total > 0 && day.Day >= today && day.Day >= ask.From && day.Day <= ask.To)
                .Select(day => Line($"{day.Day:yyyyMMdd}", day.Day, day.Total, $"{day.Total} 条整改到期", $"/findings?{mine}due={day.Day:yyyy-MM-dd}")),
        ];
    }

    CalendarEntry Line(string key, DateOnly on, long total, string title, string href) =>
        new("findings-" + key, me.Id, title, on, on, PlanTag.Production, href, total == 1 ? "整改到期" : $"整改到期（{total} 条）") { Icon = "alert-triangle" };

    /// <summary>Those that I rectify, late ones included.</summary>
    Task<List<DayCount>> MineAsync(CalendarAsk ask, CancellationToken cancel) => db.Findings
        .Where(f => f.RectifierId == me.PersonId && f.Status == FindingStatus.Assigned && f.DueOn <= ask.To).GroupBy(f => f.DueOn!.Value)
        .Select(day => new DayCount(day.Key, day.LongCount())).ToListAsync(cancel);

    Task<List<DayCount>> ReachAsync(CalendarAsk ask, DateOnly today, CancellationToken cancel) =>
        counts.ByDayAsync(me.ReachOf(FindingPermissions.View), FindingCounting.Due, ask.From > today ? ask.From : DateOnly.MinValue, ask.To, cancel);
}
