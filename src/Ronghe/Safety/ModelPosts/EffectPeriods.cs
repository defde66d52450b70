namespace Ronghe.Safety.ModelPosts;

/// <summary>Two stretches of days to compare: a term so far, and as many days right before it, as far back as there are records.</summary>
/// <param name="BeforeFrom">First day of the time before; <see cref="From"/> when there is none.</param>
/// <param name="From">First day of the term.</param>
/// <param name="Until">Its last day, or today.</param>
public sealed record EffectPeriods(DateOnly BeforeFrom, DateOnly From, DateOnly Until)
{
    public int DaysBefore => From.DayNumber - BeforeFrom.DayNumber;
    public int DaysDuring => Until.DayNumber - From.DayNumber + 1;
    /// <summary>Records do not go back as far as the term is long.</summary>
    public bool IsCut => DaysBefore < DaysDuring;

    /// <param name="from">Of the term.</param>
    /// <param name="last">Of the term, or the day on which it ended early.</param>
    /// <param name="today">No later.</param>
    /// <param name="recordsSince">Day of the company's oldest record; null when it has none.</param>
    /// <returns>Null while the term has not begun.</returns>
    public static EffectPeriods? Of(DateOnly from, DateOnly last, DateOnly today, DateOnly? recordsSince)
    {
        if (from > today || last < from) return null;
        var until = last < today ? last : today;
        var wanted = from.AddDays(-(until.DayNumber - from.DayNumber + 1));
        var known = recordsSince is { } since && since < from ? since : from;
        return new(wanted > known ? wanted : known, from, until);
    }
}
