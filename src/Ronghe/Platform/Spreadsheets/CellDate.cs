namespace Ronghe.Platform.Spreadsheets;

public enum DatePrecision : byte { Day, Month, Year }

/// <summary>A date and how finely it was given; a month is its first day, a year its first of January.</summary>
public readonly record struct PreciseDate(DateOnly Value, DatePrecision Precision);

/// <summary>What a cell says as a date: nothing, a date, or what is wrong with it.</summary>
public readonly record struct DateReading(PreciseDate? Date, string? Problem = null, string? Why = null)
{
    public static DateReading Blank { get; }
    public bool IsBlank => Date is null && Problem is null;
}

/// <summary>Reads dates as offices write them: real dates, day numbers, 2012.06.28, 20120628, 2012年6月28日, 1985.06 for June.</summary>
public static class CellDate
{
    public const int FirstYear = 1900;
    public const int LastYear = 2099;

    public static DateReading Read(in Cell cell, bool date1904 = false) => cell.Kind switch
    {
        CellKind.Blank => DateReading.Blank,
        CellKind.Date => OfSerial(cell.Number, Precision(cell.Format)),
        CellKind.Number => OfNumber(cell.Number, cell.Format, date1904),
        CellKind.Text => Read(cell.ToString()),
        _ => Unreadable("不是日期"),
    };

    public static DateReading Read(string text)
    {
        var trimmed = text.AsSpan();
        while (trimmed.Length > 0 && CellText.IsSpace(trimmed[0])) trimmed = trimmed[1..];
        while (trimmed.Length > 0 && CellText.IsSpace(trimmed[^1])) trimmed = trimmed[..^1];
        if (trimmed.IsEmpty || CellText.IsNothing(trimmed)) return DateReading.Blank;
        return trimmed.Length <= 40 ? new DateText(trimmed).Read() : Unreadable("不是日期");
    }

    static DatePrecision Precision(string format) =>
        NumberFormat.ShowsDay(format) ? DatePrecision.Day : format.AsSpan().ContainsAny('m', 'M') ? DatePrecision.Month : DatePrecision.Year;

    internal static DateReading OfSerial(double serial, DatePrecision precision)
    {
        if (DateSerial.ToDateTime(serial) is not { } at) return Impossible("超出日期范围");
        return Of(at.Year, at.Month, at.Day, precision);
    }

    /// <summary>
    /// Without a date format: 45723 is a day number, 20120628 and 198506 are written out, and 1985.06 is June. A cell that shows
    /// two decimals shows the month (1990.10 is stored as 1990.1); one that shows 1990.1 could mean January or October.
    /// </summary>
    static DateReading OfNumber(double number, string format, bool date1904)
    {
        if (number is < 0 or > 99_999_999) return Unreadable("不是日期");
        if (number >= 10_000) return number < 100_000
            ? OfSerial(date1904 ? number + DateSerial.Offset1904 : number, DatePrecision.Day)
            : OfDigits((int)number, number >= 10_000_000 ? 8 : 6);
        var year = (int)number;
        if (year < 1000) return Unreadable("不是日期");
        if (number == year) return Of(year, 1, 1, DatePrecision.Year);
        var hundredths = (number - year) * 100;
        var month = (int)Math.Round(hundredths);
        if (Math.Abs(hundredths - month) > 1e-6) return Unreadable("不是日期");
        if (month % 10 != 0 || ShowsTwoDecimals(format)) return Of(year, month, 1, DatePrecision.Month);
        return month == 10
            ? new DateReading(null, SheetErrorKind.AmbiguousDate, $"既可能是{year}年1月，也可能是{year}年10月")
            : Of(year, month / 10, 1, DatePrecision.Month);
    }

    static bool ShowsTwoDecimals(string format) => format.Contains("0.00", StringComparison.Ordinal);

    internal static DateReading OfDigits(int digits, int length) => length == 8
        ? Of(digits / 10000, digits / 100 % 100, digits % 100, DatePrecision.Day)
        : Of(digits / 100, digits % 100, 1, DatePrecision.Month);

    internal static DateReading Of(int year, int month, int day, DatePrecision precision)
    {
        if (year is < FirstYear or > LastYear) return Impossible($"{year}年不在{FirstYear}—{LastYear}年之间");
        if (month is < 1 or > 12) return Impossible($"没有{month}月");
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return Impossible($"{year}年{month}月没有{day}日");
        return new DateReading(new PreciseDate(new DateOnly(year, precision == DatePrecision.Year ? 1 : month, precision == DatePrecision.Day ? day : 1), precision));
    }

    internal static DateReading Impossible(string why) => new(null, SheetErrorKind.ImpossibleDate, why);
    internal static DateReading Unreadable(string why) => new(null, SheetErrorKind.UnreadableDate, why);
}

/// <summary>One pass over a written date; full-width characters count as their ASCII twins.</summary>
ref struct DateText(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> text = text;
    int at;

    public DateReading Read()
    {
        var (year, yearDigits) = Digits();
        if (yearDigits is 8 or 6) return AtEnd() ? CellDate.OfDigits(year, yearDigits) : CellDate.Unreadable("不是日期");
        if (yearDigits == 5 && AtEnd()) return CellDate.OfSerial(year, DatePrecision.Day);
        if (yearDigits != 4) return CellDate.Unreadable(yearDigits is 1 or 2 ? "看不出年份" : "不是日期");
        if (AtEnd()) return CellDate.Of(year, 1, 1, DatePrecision.Year);

        var yearMark = Separator('年');
        if (yearMark == '年' && AtEnd()) return CellDate.Of(year, 1, 1, DatePrecision.Year);
        var (month, monthDigits) = Digits();
        if (yearMark == '\0' || monthDigits is 0 or > 2) return CellDate.Unreadable("不是日期");
        if (AtEnd()) return CellDate.Of(year, month, 1, DatePrecision.Month);

        var monthMark = Separator('月');
        if (monthMark != '\0' && AtEnd()) return CellDate.Of(year, month, 1, DatePrecision.Month);
        var (day, dayDigits) = Digits();
        if (monthMark == '\0' || dayDigits is 0 or > 2) return CellDate.Unreadable("不是日期");
        DayMark();
        return RestIsTime() ? CellDate.Of(year, month, day, DatePrecision.Day) : CellDate.Unreadable("不是日期");
    }

    void DayMark()
    {
        var before = at;
        Spaces();
        if (Current is '日' or '号' or '.') at++;
        else at = before;
    }

    readonly char Current => at < text.Length ? CellText.HalfWidth(text[at]) : '\0';

    readonly bool AtEnd()
    {
        for (var i = at; i < text.Length; i++)
            if (!CellText.IsSpace(text[i])) return false;
        return true;
    }

    void Spaces()
    {
        while (at < text.Length && CellText.IsSpace(text[at])) at++;
    }

    (int Value, int Count) Digits()
    {
        Spaces();
        int value = 0, count = 0;
        for (; char.IsAsciiDigit(Current); at++)
            if (++count <= 8) value = value * 10 + (Current - '0');
        return (value, count);
    }

    /// <summary>One separator, blanks around it allowed; blanks alone separate too. NUL when there is none.</summary>
    char Separator(char word)
    {
        var from = at;
        Spaces();
        if (Current is '.' or '-' or '/' or '、' or ',' or '。' or '—' or '–' || Current == word)
        {
            var mark = Current;
            at++;
            return mark;
        }
        return at > from ? ' ' : '\0';
    }

    /// <summary>A time of day after the date is passed over; anything else means that this is no date.</summary>
    bool RestIsTime()
    {
        if (AtEnd()) return true;
        if (!CellText.IsSpace(text[at]) && Current != 'T') return false;
        for (; at < text.Length; at++)
            if (!(char.IsAsciiDigit(Current) || Current is ':' or '.' or ' ' or '-' or 'T' or 'Z' or '+' or '时' or '分' or '秒')) return false;
        return true;
    }
}
