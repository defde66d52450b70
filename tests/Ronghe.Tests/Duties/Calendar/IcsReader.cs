using System.Globalization;
using System.Text;

namespace Ronghe.Tests.Duties.Calendar;

/// <summary>Reads RFC 5545 as a calendar program does, and is strict about what must hold: line ends, length of lines, pairs of BEGIN and END.</summary>
static class IcsReader
{
    public sealed record Event(IReadOnlyDictionary<string, string> Properties)
    {
        public string Uid => Properties["UID"];
        public string Summary => Unescape(Properties["SUMMARY"]);
        public DateOnly From => Day("DTSTART;VALUE=DATE");
        /// <summary>The last day, included.</summary>
        public DateOnly To => Day("DTEND;VALUE=DATE").AddDays(-1);

        DateOnly Day(string name) => DateOnly.ParseExact(Properties[name], "yyyyMMdd", CultureInfo.InvariantCulture);
    }

    public static IReadOnlyList<Event> Read(string text)
    {
        Assert.DoesNotContain("\n", text.Replace("\r\n", ""));
        Assert.EndsWith("\r\n", text);
        var lines = text[..^2].Split("\r\n");
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75));
        var unfolded = new List<string>();
        foreach (var line in lines)
            if (line[0] is ' ' or '\t') unfolded[^1] += line[1..];
            else unfolded.Add(line);
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], unfolded.Take(2));
        Assert.Equal("END:VCALENDAR", unfolded[^1]);
        Assert.Contains(unfolded, line => line.StartsWith("PRODID:", StringComparison.Ordinal));
        return [.. Events(unfolded)];
    }

    static IEnumerable<Event> Events(List<string> lines)
    {
        Dictionary<string, string>? open = null;
        foreach (var line in lines)
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(at > 0, line);
            var (name, value) = (line[..at], line[(at + 1)..]);
            if (line == "BEGIN:VEVENT")
            {
                Assert.Null(open);
                open = [];
            }
            else if (line == "END:VEVENT")
            {
                foreach (var needed in (string[])["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"]) Assert.True(open!.ContainsKey(needed), needed);
                Assert.Matches(@"^\d{8}T\d{6}Z$", open!["DTSTAMP"]);
                yield return new(open!);
                open = null;
            }
            else open?.Add(name, value);
        }
        Assert.Null(open);
    }

    static string Unescape(string text)
    {
        var read = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is ';' or ',') throw new FormatException($"“{text}” is not escaped.");
            if (text[at] != '\\') read.Append(text[at]);
            else read.Append(text[++at] is 'n' or 'N' ? '\n' : text[at]);
        }
        return read.ToString();
    }
}
