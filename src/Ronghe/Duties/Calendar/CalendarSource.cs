namespace Ronghe.Duties.Calendar;

/// <summary>What a line of the one calendar is for: Party life, production, or both at once (M25).</summary>
public enum PlanTag { Party, Production, Both }

/// <summary>Something that stands on the calendar.</summary>
/// <param name="Key">With the id unique, and the same however often it is asked for: subscribed calendars know the line by it.</param>
/// <param name="Href">Where it is looked at; who may not see the record does not get the line.</param>
/// <param name="Outside">What may be said of it outside the application, in a subscribed calendar: its kind, never its content.</param>
public sealed record CalendarEntry(string Key, Guid Id, string Title, DateOnly From, DateOnly To, PlanTag Tag, string Href, string Outside)
{
    public string Icon { get; init; } = "calendar-event";
    /// <summary>Place, unit, state: a quiet second line.</summary>
    public string? Detail { get; init; }
    public bool IsDone { get; init; }
    public bool IsLate { get; init; }
    /// <summary>Null for a deadline; set for what people do on these days, which can meet with other such things.</summary>
    public CalendarWork? Work { get; init; }

    public bool Touches(DateOnly from, DateOnly to) => From <= to && To >= from;
}

/// <summary>Who is busy with it.</summary>
/// <param name="Units">Where it takes place, or whose people it takes.</param>
/// <param name="People">Those named in it.</param>
public sealed record CalendarWork(IReadOnlyList<Guid> Units, IReadOnlyList<Guid> People)
{
    /// <summary>It ties people down, as an overhaul does; anything else can be joined with another gathering.</summary>
    public bool IsBinding { get; init; }
    /// <summary>Tied to a safety task by a link, not only by its tag.</summary>
    public bool IsTied { get; init; }
    /// <summary>Of an entry of the calendar's own, which can be joined with another.</summary>
    public int? PlanVersion { get; init; }
}

/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Mine">Only what concerns me; otherwise everything within my reach.</param>
public sealed record CalendarAsk(DateOnly From, DateOnly To, bool Mine);

/// <summary>
/// A wing's part of the calendar, registered by it. It asks its own access for what this person may see and leaves out what has to stay
/// hidden until it happens.
/// </summary>
/// <param name="Title">What its lines are: 检查, 公示.</param>
/// <param name="FindAsync">Lines that touch the days asked for.</param>
public sealed record CalendarSource(string Title, Func<IServiceProvider, CalendarAsk, CancellationToken, Task<IReadOnlyList<CalendarEntry>>> FindAsync)
{
    /// <summary>Its lines are things people do, not deadlines: the overlap view asks it too.</summary>
    public bool IsWork { get; init; }
}

public static class PlanTags
{
    public static string Title(this PlanTag tag) => tag switch { PlanTag.Party => "党建", PlanTag.Production => "生产", _ => "党建 + 生产" };

    /// <summary>Both answers to either question.</summary>
    public static bool Is(this PlanTag tag, PlanTag asked) => tag == asked || tag == PlanTag.Both;
}
