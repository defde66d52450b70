using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>The heading of one column: its own text and, under a two-level header, the group above it.</summary>
public sealed record Heading(int Column, string Title, string Group)
{
    public string Letters => CellAddress.Letters(Column);
}

/// <summary>Turns header rows into headings, and compares headings as people write them.</summary>
static class Headings
{
    /// <summary>Longer texts are notes, not headings.</summary>
    const int Longest = 40;
    const int ColumnsLookedAt = 256;

    public static List<Heading> Of(Sheet sheet, int first, int last)
    {
        var headings = new List<Heading>();
        var merges = sheet.Merges.Where(merge => merge.Top >= first && merge.Top <= last).ToList();
        var width = 0;
        for (var row = first; row <= last; row++) width = Math.Max(width, sheet.Row(row)?.Width ?? 0);
        for (var column = 0; column < Math.Min(width, ColumnsLookedAt); column++)
        {
            var (group, title) = ("", "");
            for (var row = first; row <= last; row++)
            {
                var text = At(sheet, merges, column, row);
                if (text.Length == 0 || text == title) continue;
                (group, title) = (group + title, text);
            }
            if (title.Length > 0) headings.Add(new Heading(column, title, group));
        }
        return headings;
    }

    /// <summary>A merged heading belongs to every column and row that it spans.</summary>
    static string At(Sheet sheet, List<CellRange> merges, int column, int row)
    {
        var cell = sheet[column, row];
        for (var i = 0; cell.IsBlank && i < merges.Count; i++)
            if (merges[i].Contains(column, row)) cell = sheet[merges[i].Left, merges[i].Top];
        return cell.Kind == CellKind.Text && cell.Length <= Longest * 2 ? CellText.OneLine(cell.ToString()) : "";
    }

    /// <summary>Lower case, half-width, no blanks, no mark for "required", no unit or format in brackets at the end.</summary>
    public static string Normal(string heading)
    {
        var normal = new StringBuilder(heading.Length);
        foreach (var c in heading)
            if (CellText.HalfWidth(c) is var half && !CellText.IsSpace(half) && half is not ('*' or ':' or '、' or '_' or '-'))
                normal.Append(char.ToLowerInvariant(half));
        var text = normal.ToString();
        var bracket = text.IndexOf('(');
        return bracket > 0 && text[^1] == ')' ? text[..bracket] : text;
    }

    /// <summary>0 to 1: how surely a heading means this column.</summary>
    public static double Fit(ColumnNames wanted, string title, string group)
    {
        if (title.Length is 0 or > Longest) return 0;
        var best = 0.0;
        for (var i = 0; i < wanted.Names.Length; i++)
        {
            var name = wanted.Names[i];
            var lead = i == 0 ? 1.0 : 0.97;
            if (name == title) return lead;
            if (group.Length > 0 && name.Length == group.Length + title.Length && name.StartsWith(group, StringComparison.Ordinal)
                && name.EndsWith(title, StringComparison.Ordinal)) best = Math.Max(best, 0.95 * lead);
            else best = Math.Max(best, lead * Math.Max(Containment(name, title), 0.9 * Likeness(name, title)));
        }
        return best;
    }

    static double Containment(string name, string title)
    {
        var (longer, shorter) = name.Length > title.Length ? (name, title) : (title, name);
        return shorter.Length >= 2 && longer.Contains(shorter, StringComparison.Ordinal) ? 0.4 + 0.4 * shorter.Length / longer.Length : 0;
    }

    /// <summary>Shared pairs of neighbouring characters (Dice); 参加工作年月 resembles 参加工作时间.</summary>
    static double Likeness(string a, string b)
    {
        if (a.Length < 3 || b.Length < 3) return 0;
        var shared = 0;
        for (var i = 0; i + 1 < a.Length; i++)
            if (b.AsSpan().Contains(a.AsSpan(i, 2), StringComparison.Ordinal)) shared++;
        return Math.Min(1, 2.0 * shared / (a.Length + b.Length - 2));
    }

    /// <summary>Identifies a layout: the same headings in the same order give the same text, wherever the header stands.</summary>
    public static string Fingerprint(IEnumerable<Heading> headings)
    {
        var text = new StringBuilder();
        foreach (var heading in headings) text.Append(heading.Column).Append(' ').Append(Normal(heading.Group)).Append('/').Append(Normal(heading.Title)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..12]);
    }
}

/// <summary>A wanted column's title and aliases, normalised once.</summary>
sealed class ColumnNames(ColumnSpec spec)
{
    public ColumnSpec Spec { get; } = spec;
    public string[] Names { get; } = [Headings.Normal(spec.Title), .. spec.Aliases.Select(Headings.Normal)];
}
