namespace Ronghe.Platform.Calendar;

/// <summary>The plant's clock on the wall: Beijing time, whatever the server's zone.</summary>
public static class PlantTime
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().PlantDate();
    public static DateTimeOffset ToPlant(this DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
    public static DateOnly PlantDate(this DateTimeOffset at) => DateOnly.FromDateTime(at.ToPlant().DateTime);

    /// <summary>The instant (UTC) of a date and time of day on the plant's wall.</summary>
    public static DateTimeOffset At(this DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
