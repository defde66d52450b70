namespace Ronghe.Platform.Spreadsheets;

/// <summary>A person as a ledger names them, with the employee number when it is given: 张三（000123）, 张三 000123, 张三.</summary>
public readonly record struct PersonName(string Name, string? Number)
{
    /// <summary>
    /// Everyone in the text, joined by 、 comma, semicolon, slash or line break. A number belongs to the name before it.
    /// Blanks inside one name ("张　三") do not split it; blanks between two full names do.
    /// </summary>
    public static List<PersonName> ReadAll(string text)
    {
        var people = new List<PersonName>(2);
        if (CellText.IsNothing(CellText.Trim(text))) return people;
        var from = 0;
        var bracket = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is '(' or '（') bracket = true;
            else if (i < text.Length && text[i] is ')' or '）') bracket = false;
            var end = i == text.Length || (text[i] is '\n' or '\r' or '；' or ';') || (!bracket && text[i] is '、' or ',' or '，' or '/');
            if (!end) continue;
            AddFrom(text.AsSpan(from, i - from), people);
            from = i + 1;
            bracket = false;
        }
        return people;
    }

    static void AddFrom(ReadOnlySpan<char> part, List<PersonName> people)
    {
        while (!(part = part.Trim()).IsEmpty)
        {
            var digit = part.IndexOfAnyInRange('0', '9');
            var full = part.IndexOfAnyInRange('０', '９');
            if (full >= 0 && (digit < 0 || full < digit)) digit = full;
            var name = digit < 0 ? part : part[..digit];
            var rest = digit < 0 ? [] : part[digit..];
            var length = 0;
            while (length < rest.Length && char.IsAsciiDigit(CellText.HalfWidth(rest[length]))) length++;
            AddNames(name, length > 0 ? CellText.HalfWidth(rest[..length].ToString()) : null, people);
            part = rest[length..].TrimStart(" \u3000\u00A0)）");
        }
    }

    /// <summary>The number goes to the last of the names before it.</summary>
    static void AddNames(ReadOnlySpan<char> names, string? number, List<PersonName> people)
    {
        var clean = names.Trim(" \u3000\u00A0\t(（)）:：");
        if (clean.IsEmpty && number is null) return;
        // A remark in brackets is no part of the name: 张三（班长）.
        if (clean.IndexOfAny('(', '（') is var remark and > 0) clean = clean[..remark].TrimEnd();
        // The number may come first: 000123 张三.
        if (number is null && people is [.., { Name: "" }])
        {
            people[^1] = people[^1] with { Name = CellText.Name(clean.ToString()) };
            return;
        }
        if (SplitsAt(clean) is var space && space > 0)
        {
            people.Add(new PersonName(CellText.Name(clean[..space].ToString()), null));
            AddNames(clean[space..], number, people);
            return;
        }
        people.Add(new PersonName(CellText.Name(clean.ToString()), number));
    }

    /// <summary>Index of a blank between two names of two or more Chinese characters each; -1 when it is one name.</summary>
    static int SplitsAt(ReadOnlySpan<char> names)
    {
        var space = names.IndexOfAny(" \u3000\u00A0\t");
        if (space < 2) return -1;
        var next = names[space..].TrimStart(" \u3000\u00A0\t");
        var second = next.IndexOfAny(" \u3000\u00A0\t");
        if (second < 0) second = next.Length;
        return second >= 2 && CellText.IsHan(names[0]) && CellText.IsHan(next[0]) ? space : -1;
    }
}
