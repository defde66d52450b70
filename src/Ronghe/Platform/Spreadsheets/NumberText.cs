using System.Globalization;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>A number as its cell shows it, as far as identity depends on it: 585 under "000000" is 000585, 1990.1 under "0.00" is 1990.10.</summary>
static class NumberText
{
    public static string Of(double value, string format)
    {
        if (Pads(format, out var integers, out var decimals) && Math.Abs(value) < 1e15)
            return value.ToString(Pattern(integers, decimals), CultureInfo.InvariantCulture);
        return value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Plain zero patterns only ("0.00", "000000"); everything else is decoration.</summary>
    static bool Pads(string format, out int integers, out int decimals)
    {
        integers = decimals = 0;
        var point = false;
        foreach (var c in format)
        {
            if (c == '0' && point) decimals++;
            else if (c == '0') integers++;
            else if (c == '.' && !point && integers > 0) point = true;
            else return false;
        }
        return integers + decimals is > 1 and <= 30;
    }

    static string Pattern(int integers, int decimals) => (integers, decimals) switch
    {
        (1, 2) => "0.00",
        (6, 0) => "000000",
        _ => new string('0', integers) + (decimals > 0 ? "." + new string('0', decimals) : ""),
    };
}
