using System.Globalization;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web;

/// <summary>Days and times as people read them, in the plant's zone. Given the current year, a date of that year leaves it out.</summary>
public static class Spoken
{
    /// <summary>11-20</summary>
    public static string Say(this DateOnly day, int year = 0) =>
        day.ToString(day.Year == year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>11-20 09:12</summary>
    public static string Say(this DateTimeOffset at, int year = 0)
    {
        var local = at.ToPlant();
        return local.ToString(local.Year == year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>11 月 20 日 星期五</summary>
    public static string SayLong(this DateOnly day) => $"{day.Month} 月 {day.Day} 日 星期{"日一二三四五六"[(int)day.DayOfWeek]}";
}
