using System.Globalization;
using System.Text;

namespace Ronghe.Duties.Calendar;

/// <summary>
/// Calendar lines as RFC 5545 writes them: whole days, the last one excluded; texts escaped, lines folded at 75 octets without cutting a
/// character in two. What stands in it leaves the plant's own system, so it tells the kind of each line and never its content.
/// </summary>
public static class IcsText
{
    public const string ContentType = "text/calendar; charset=utf-8";
    const int LongestLine = 75;

    /// <param name="name">Of the calendar, as programs show it.</param>
    /// <param name="entries">The lines.</param>
    /// <param name="product">Address of this product, for the links.</param>
    /// <param name="at">When the text was made.</param>
    public static string Of(string name, IEnumerable<CalendarEntry> entries, Uri product, DateTimeOffset at)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[
            ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Ronghe//Calendar//ZH"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"),
            ("NAME", Escape(name)), ("X-WR-CALNAME", Escape(name)), ("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"), ("X-PUBLISHED-TTL", "PT6H")])
            Write(text, key, value);
        foreach (var entry in entries.DistinctBy(UidOf)) WriteEvent(text, entry, product, at);
        Write(text, "END", "VCALENDAR");
        return text.ToString();
    }

    /// <summary>The same for the same line, whatever its days or words become.</summary>
    public static string UidOf(CalendarEntry entry) => $"{entry.Key}-{entry.Id:n}@ronghe";

    static void WriteEvent(StringBuilder text, CalendarEntry entry, Uri product, DateTimeOffset at)
    {
        Write(text, "BEGIN", "VEVENT");
        Write(text, "UID", Escape(UidOf(entry)));
        Write(text, "DTSTAMP", at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Write(text, "DTSTART;VALUE=DATE", Day(entry.From));
        Write(text, "DTEND;VALUE=DATE", Day(entry.To.AddDays(1)));
        Write(text, "SUMMARY", Escape(entry.Outside));
        Write(text, "CATEGORIES", entry.Tag == PlanTag.Both ? $"{PlanTag.Party.Title()},{PlanTag.Production.Title()}" : entry.Tag.Title());
        // A deadline leaves the day free.
        Write(text, "TRANSP", entry.Work is null ? "TRANSPARENT" : "OPAQUE");
        Write(text, "URL", new Uri(product, entry.Href).AbsoluteUri);
        Write(text, "END", "VEVENT");
    }

    static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text.ReplaceLineEndings("\n"))
            _ = letter switch
            {
                '\\' or ';' or ',' => escaped.Append('\\').Append(letter),
                '\n' => escaped.Append("\\n"),
                _ when char.IsControl(letter) => escaped,
                _ => escaped.Append(letter),
            };
        return escaped.ToString();
    }

    static void Write(StringBuilder text, string key, string value)
    {
        var octets = 0;
        foreach (var rune in $"{key}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                // The blank that says "goes on" counts too.
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
