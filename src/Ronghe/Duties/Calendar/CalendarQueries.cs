using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Duties.Calendar;

/// <summary>A day with its lines, and whether it is worked.</summary>
/// <param name="Note">国庆节, or for which holiday it is worked.</param>
public sealed record CalendarDay(DateOnly On, bool IsWorkday, string? Note, IReadOnlyList<CalendarEntry> Entries)
{
    public bool IsExchanged => IsWorkday && Note is not null;
}

/// <summary>The one calendar: lines from every wing, day by day.</summary>
public sealed class CalendarQueries(IEnumerable<CalendarSource> sources, IServiceProvider scope)
{
    public const int MostDays = 400, FirstYear = 2000, LastYear = 2100;

    /// <summary>By day, deadlines after what takes place; of several days from its first one.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> FindAsync(CalendarAsk ask, bool workOnly = false, CancellationToken cancel = default)
    {
        if (ask.From.Year < FirstYear || ask.To.Year > LastYear) throw new Refusal($"日历只看 {FirstYear}—{LastYear} 年，请核对日期。", nameof(ask.From));
        if (ask.To < ask.From || ask.To.DayNumber - ask.From.DayNumber > MostDays) throw new Refusal($"起止日期不对：结束不能早于开始，最多看 {MostDays} 天。", nameof(ask.To));
        var lines = new List<CalendarEntry>();
        foreach (var source in sources.Where(source => source.IsWork || !workOnly)) lines.AddRange(await source.FindAsync(scope, ask, cancel));
        return [.. lines.Where(line => line.Touches(ask.From, ask.To)).OrderBy(line => line.From).ThenBy(line => line.Work is null).ThenBy(line => line.Title, StringComparer.Ordinal)];
    }

    public static IReadOnlyList<CalendarDay> Days(CalendarAsk ask, IReadOnlyList<CalendarEntry> lines)
    {
        var (calendar, days) = (WorkCalendar.China, new List<CalendarDay>());
        for (var day = ask.From; day <= ask.To; day = day.AddDays(1))
            days.Add(new(day, calendar.IsWorkday(day), calendar.HolidayName(day) ?? calendar.WorkedFor(day), [.. lines.Where(line => line.Touches(day, day))]));
        return days;
    }
}
