using System.Globalization;

namespace Ronghe.Platform.Calendar;

/// <summary>
/// Which days are worked in China: public holidays, and the weekend days worked in exchange for them (调休), as the State
/// Council announces them each year. Years that are not announced yet know weekends only.
/// </summary>
public sealed class WorkCalendar
{
    readonly Dictionary<DateOnly, string> _holidays = [];
    readonly Dictionary<DateOnly, string> _exchanged = [];

    public static WorkCalendar China { get; } = Load();

    /// <summary>Last year whose arrangement is in the table; later years are estimates.</summary>
    public int LastKnownYear { get; private set; }

    public bool IsWorkday(DateOnly day) =>
        _exchanged.ContainsKey(day) || (!_holidays.ContainsKey(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>e.g. 国庆节 for a day off that belongs to it; null on every other day.</summary>
    public string? HolidayName(DateOnly day) => _holidays.GetValueOrDefault(day);

    /// <summary>The holiday for which this weekend day is worked; null on every other day.</summary>
    public string? WorkedFor(DateOnly day) => _exchanged.GetValueOrDefault(day);

    /// <summary>
    /// The working day that lies so many working days after the given day, which itself does not count; negative goes back.
    /// Zero returns the day unchanged, worked or not.
    /// </summary>
    public DateOnly AddWorkdays(DateOnly day, int workdays)
    {
        var step = Math.Sign(workdays);
        for (var left = Math.Abs(workdays); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkday(day)) left--;
        }
        return day;
    }

    /// <summary>Working days after the first day up to and including the second; negative when the second comes first.</summary>
    public int WorkdaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkdaysBetween(to, from);
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            if (IsWorkday(day)) count++;
        return count;
    }

    static WorkCalendar Load()
    {
        var calendar = new WorkCalendar();
        using var table = new StreamReader(typeof(WorkCalendar).Assembly.GetManifestResourceStream("holidays.txt")!);
        while (table.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            var day = DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            (parts[1] == "work" ? calendar._exchanged : calendar._holidays)[day] = parts[2];
            calendar.LastKnownYear = Math.Max(calendar.LastKnownYear, day.Year);
        }
        return calendar;
    }
}
