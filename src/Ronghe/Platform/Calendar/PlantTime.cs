namespace Ronghe.Platform.Calendar;

/// <summary>The plant's clock on the wall: Beijing time, whatever the server's zone. Times are stored in UTC.</summary>
public static class PlantTime
{
    /// <summary>A fixed offset, so that a machine without time zone data tells the same time.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "北京时间", "北京时间");

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().PlantDate();

    /// <summary>The same moment with the plant's offset, for showing.</summary>
    public static DateTimeOffset ToPlant(this DateTimeOffset at) => at.ToOffset(Zone.BaseUtcOffset);

    public static DateOnly PlantDate(this DateTimeOffset at) => DateOnly.FromDateTime(at.ToPlant().DateTime);

    /// <summary>The Monday of the week in which a day lies.</summary>
    public static DateOnly Monday(this DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The moment (UTC) of a date and time of day on the plant's wall; the first hours of all time, which UTC does not know, are its beginning.</summary>
    public static DateTimeOffset At(this DateOnly date, TimeOnly time) => date.ToDateTime(time) is var wall && wall.Ticks > Zone.BaseUtcOffset.Ticks
        ? new DateTimeOffset(wall, Zone.BaseUtcOffset).ToUniversalTime()
        : DateTimeOffset.MinValue;

    /// <summary>The first moment (UTC) that no longer belongs to this day: what is due on the day is overdue from here on.</summary>
    public static DateTimeOffset End(this DateOnly date) => date == DateOnly.MaxValue ? DateTimeOffset.MaxValue : date.AddDays(1).At(TimeOnly.MinValue);
}
