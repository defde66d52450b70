using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>The one calendar, by month or by week; on a phone both are a list of the days on which something is.</summary>
[Requires(CalendarPermissions.View)]
public sealed class CalendarModel(CalendarQueries calendar, Me me, TimeProvider clock) : RonghePage
{
    /// <summary>So many lines stand in a square of the month; the week shows all.</summary>
    public const int MostInSquare = 4;

    [FromQuery(Name = "view")] public string? View { get; set; }
    [FromQuery(Name = "day")] public DateOnly? Day { get; set; }
    /// <summary>Everything within my reach, not only what concerns me.</summary>
    [FromQuery(Name = "all")] public bool All { get; set; }
    [FromQuery(Name = "tag")] public PlanTag? Tag { get; set; }

    public DateOnly Today { get; } = clock.Today();
    public DateOnly On { get; private set; }
    public bool IsWeek { get; private set; }
    public CalendarAsk Ask { get; private set; } = null!;
    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];
    public int Count { get; private set; }
    public bool MayPlan { get; } = me.May(CalendarPermissions.Plan);

    /// <summary>Whether the holidays of what is shown are announced; until then only weekends are known.</summary>
    public bool IsEstimated => Ask.To.Year > WorkCalendar.China.LastKnownYear;

    public override async Task<IActionResult> ShowAsync()
    {
        On = Day is { Year: > CalendarQueries.FirstYear and < CalendarQueries.LastYear } day ? day : Today;
        IsWeek = View == "week";
        var first = IsWeek ? On.Monday() : new DateOnly(On.Year, On.Month, 1).Monday();
        Ask = new(first, IsWeek ? first.AddDays(6) : new DateOnly(On.Year, On.Month, 1).AddMonths(1).AddDays(-1).Monday().AddDays(6), !All);
        var lines = await calendar.FindAsync(Ask, cancel: HttpContext.RequestAborted);
        if (Tag is { } tag) lines = [.. lines.Where(line => line.Tag.Is(tag))];
        (Days, Count) = (CalendarQueries.Days(Ask, lines), lines.Count);
        return Page();
    }

    public string Title => IsWeek ? $"{Ask.From.Say(Today.Year)} 至 {Ask.To.Say(Today.Year)}" : $"{On.Year} 年 {On.Month} 月";

    /// <summary>This page, otherwise: another day, another view.</summary>
    public string Other(DateOnly? day = null, bool? week = null, bool? all = null, PlanTag? tag = null, bool anyTag = false)
    {
        var wanted = anyTag ? null : tag ?? Tag;
        return $"/calendar?day={day ?? On:yyyy-MM-dd}{(week ?? IsWeek ? "&view=week" : "")}{(all ?? All ? "&all=true" : "")}{(wanted is { } one ? $"&tag={one}" : "")}";
    }

    public DateOnly Back => IsWeek ? On.AddDays(-7) : new DateOnly(On.Year, On.Month, 1).AddMonths(-1);
    public DateOnly Next => IsWeek ? On.AddDays(7) : new DateOnly(On.Year, On.Month, 1).AddMonths(1);

    public string ClassOf(CalendarDay day) => string.Join(' ', new[]
    {
        "cal-day", day.IsWorkday ? null : "rest", day.On == Today ? "today" : null, !IsWeek && day.On.Month != On.Month ? "beyond" : null, day.Entries.Any(line => IsFirst(day, line)) ? "has" : null,
    }.OfType<string>());

    /// <summary>Party, production, both; done and late beside it. A line of several days goes on from its first one.</summary>
    public string ClassOf(CalendarDay day, CalendarEntry line, int at) => string.Join(' ', new[]
    {
        "cal-line", line.Tag.ToString().ToLowerInvariant(), line.IsDone ? "done" : line.IsLate ? "late" : null, IsFirst(day, line) ? null : "on", at >= MostInSquare ? "extra" : null,
    }.OfType<string>());

    /// <summary>Where a line begins, as far as it is shown.</summary>
    bool IsFirst(CalendarDay day, CalendarEntry line) => line.From == day.On || day.On == (IsWeek ? Ask.From : new DateOnly(On.Year, On.Month, 1));

    public static string? Until(CalendarEntry line) => line.To > line.From ? $"至 {line.To.Month} 月 {line.To.Day} 日" : null;
}
