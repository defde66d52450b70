namespace Ronghe.Platform.Spreadsheets;

/// <summary>Excel's day numbers. Serial 60 is the 29 February 1900 that never was; from 61 on they agree with OLE dates.</summary>
static class DateSerial
{
    /// <summary>Days between the 1900 and the 1904 system (old Macintosh workbooks).</summary>
    public const double Offset1904 = 1462;

    const double Last = 2958466;

    public static DateTime? ToDateTime(double serial)
    {
        if (!(serial >= 0 && serial < Last)) return null;
        var days = serial < 60 ? serial + 1 : serial;
        // Seconds are as fine as Excel's own display; rounding removes 23:59:59.9999.
        return new DateTime(1899, 12, 30).AddSeconds(Math.Round(days * 86400));
    }

    public static double Of(DateOnly date)
    {
        var days = date.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        return days < 61 ? days - 1 : days;
    }

    public static double Of(DateTime at) => Of(DateOnly.FromDateTime(at)) + at.TimeOfDay.TotalDays;
}
