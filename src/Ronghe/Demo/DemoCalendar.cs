using Ronghe.Platform.Calendar;

namespace Ronghe.Demo;

/// <summary>Moves the story's year: its day zero, a Monday, becomes the Monday of the week of “today”.</summary>
public sealed record DemoCalendar(DateOnly Today)
{
    static readonly DateOnly StoryZero = new(2025, 11, 3);

    public DateOnly Zero => Today.Monday();
    /// <summary>Days by which every date of the story and the ledger moves; a whole number of weeks.</summary>
    public int Shift => Zero.DayNumber - StoryZero.DayNumber;

    public DateTimeOffset StoryDay(int day, TimeOnly time) => Zero.AddDays(day).At(time);
    public DateTimeOffset Ago(int days, TimeOnly time) => Today.AddDays(-days).At(time);
}
