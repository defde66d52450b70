namespace Ronghe.Platform.Spreadsheets;

/// <summary>Reads from a number format whether the number under it is a date, and how fine a date it shows.</summary>
static class NumberFormat
{
    /// <summary>Ids that the file does not spell out. 27–36 and 50–58 are those of a Chinese Excel.</summary>
    public static string BuiltIn(int id) => id switch
    {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 or 19 or 20 or 21 or 32 or 33 or 34 or 35 or 45 or 46 or 47 or 55 or 56 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 or 36 or 50 or 52 or 57 => "yyyy\"年\"m\"月\"",
        28 or 29 or 51 or 53 or 54 or 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        49 => "@",
        _ => "General",
    };

    public static bool IsDate(string format)
    {
        var (year, month, day, time) = Letters(format);
        return year || day || (month && !time);
    }

    public static bool ShowsDay(string format) => Letters(format).Day;

    /// <summary>Looks at the first section only, past quoted text, escapes, paddings and bracketed colours or locales.</summary>
    static (bool Year, bool Month, bool Day, bool Time) Letters(string format)
    {
        if (format is "General" or "@" or "0") return default;
        bool year = false, month = false, day = false, time = false;
        for (var i = 0; i < format.Length && format[i] != ';'; i++)
        {
            switch (format[i])
            {
                case '"': i = Past(format, i, '"'); break;
                case '[' when i + 1 < format.Length && format[i + 1] is 'h' or 'H' or 'm' or 'M' or 's' or 'S': time = true; break;
                case '[': i = Past(format, i, ']'); break;
                case '\\' or '_' or '*': i++; break;
                case 'y' or 'Y': year = true; break;
                case 'd' or 'D': day = true; break;
                case 'm' or 'M': month = true; break;
                case 'h' or 'H' or 's' or 'S': time = true; break;
                // "General", "G/通用格式" and number patterns; zeros after a date part are fractions of a second.
                case 'G' or '#' or '0' or '?' when !(year || day || time): return default;
            }
        }
        return (year, month, day, time);
    }

    static int Past(string format, int from, char end)
    {
        var at = format.IndexOf(end, from + 1);
        return at < 0 ? format.Length : at;
    }
}
