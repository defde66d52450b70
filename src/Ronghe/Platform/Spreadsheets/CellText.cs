using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Cleans what people type. Every method returns the same instance when there is nothing to clean.</summary>
public static class CellText
{
    /// <summary>Blanks of every width, no-break and zero-width ones included.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\u3000' or '\u00A0' or '\uFEFF' or '\u200B' or '\u200C' or '\u200D' or '\u2060' || char.IsWhiteSpace(c);

    /// <summary>Outer blanks off; inside, no-break and zero-width blanks become ordinary or vanish. Line breaks stay.</summary>
    public static string Clean(string text)
    {
        var trimmed = Trim(text);
        foreach (var c in trimmed)
            if (c is '\u00A0' or '\uFEFF' or '\u200B' or '\u2060' or '\r') return Replaced(trimmed);
        return trimmed;
    }

    static string Replaced(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\uFEFF' or '\u200B' or '\u2060') continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
            clean.Append(text[i] switch { '\u00A0' => ' ', '\r' => '\n', var c => c });
        }
        return clean.ToString();
    }

    public static string Trim(string text)
    {
        int from = 0, to = text.Length;
        while (from < to && IsSpace(text[from])) from++;
        while (to > from && IsSpace(text[to - 1])) to--;
        return to - from == text.Length ? text : text[from..to];
    }

    /// <summary>Full-width digits, letters and signs as their ASCII twins: "００１２" is "0012", "（" is "(".</summary>
    public static string HalfWidth(string text)
    {
        foreach (var c in text)
            if (HalfWidth(c) != c) return string.Create(text.Length, text, static (half, full) =>
            {
                for (var i = 0; i < half.Length; i++) half[i] = HalfWidth(full[i]);
            });
        return text;
    }

    public static char HalfWidth(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' => ' ',
        _ => c,
    };

    /// <summary>A code or number: half-width and without any blank, "１０ ０２" is "1002".</summary>
    public static string Code(string text) => WithoutSpaces(HalfWidth(text));

    /// <summary>One line: every run of blanks and line breaks becomes one blank, none between Chinese characters.</summary>
    public static string OneLine(string text)
    {
        text = Trim(text);
        var any = false;
        foreach (var c in text) any |= IsSpace(c);
        if (!any) return text;
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsSpace(text[i])) line.Append(text[i]);
            else if (!IsSpace(text[i + 1]) && !(IsHan(line[^1]) && IsHan(text[i + 1]))) line.Append(' ');
        }
        return line.ToString();
    }

    /// <summary>A person's name: "张　三" is 张三, a foreign name keeps single blanks.</summary>
    public static string Name(string text) => OneLine(text);

    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF' or '·' or '\u3007' || char.IsSurrogate(c);

    /// <summary>Words people write into a cell to say that there is nothing: "/", "—", "无".</summary>
    public static bool IsNothing(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c is not ('/' or '／' or '-' or '－' or '—' or '–' or '\\')) return text is "无" or "N/A" or "n/a" or "NA";
        return true;
    }

    static string WithoutSpaces(string text)
    {
        foreach (var c in text)
            if (IsSpace(c)) return string.Concat(text.Where(kept => !IsSpace(kept)));
        return text;
    }
}
