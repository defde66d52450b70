using System.Globalization;

namespace Ronghe.Platform.Web;

/// <summary>Times are kept in UTC; people read and type them in the plant's zone.</summary>
public static class PlantTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateTimeOffset At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(At(clock.GetUtcNow()).DateTime);

    /// <summary>11-20; with the year when it is not <paramref name="year"/>.</summary>
    public static string Say(DateOnly day, int year = 0) =>
        day.ToString(day.Year == year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>11-20 09:12; with the year when it is not <paramref name="year"/>.</summary>
    public static string Say(DateTimeOffset at, int year = 0)
    {
        var local = At(at);
        return local.ToString(local.Year == year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>11 月 20 日 星期五</summary>
    public static string SayLong(DateOnly day) =>
        $"{day.Month} 月 {day.Day} 日 星期{"日一二三四五六"[(int)day.DayOfWeek]}";
}
