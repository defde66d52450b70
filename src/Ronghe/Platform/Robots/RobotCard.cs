using System.Text;

namespace Ronghe.Platform.Robots;

/// <summary>
/// What a group is shown: that something is there, how much of it, and the way into the product. Never what it says: whoever follows the
/// link signs in first and sees there what he may see.
/// </summary>
/// <param name="Title">Begins with the product's name, which a group may ask for as its key word.</param>
/// <param name="Link">The whole address of what is shown.</param>
public sealed record RobotCard(string Title, IReadOnlyList<RobotLine> Lines, string LinkText, Uri Link)
{
    public const string Name = "融合";

    /// <summary>The same with fewer lines, for a platform that takes no more.</summary>
    public RobotCard Short(int lines) => Lines.Count <= lines ? this : this with { Lines = [.. Lines.Take(lines), new($"……另有 {Lines.Count - lines} 类，请登录查看")] };
}

/// <summary>One line of a card, with a link of its own where it has one.</summary>
/// <param name="Href">On the product's host.</param>
public sealed record RobotLine(string Text, string? Href = null)
{
    /// <summary>Signs that a platform takes for layout, a link or a call to everybody, and what stands for them.</summary>
    const string Marks = "<>[](){}*_`#~|\\@&!\"'", Plain = "＜＞［］（）｛｝＊＿｀＃～｜＼＠＆！＂＇";

    /// <summary>Words as they are read, whatever a platform would make of them.</summary>
    public static string Tame(string text)
    {
        var tame = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator) continue;
            var mark = rune.IsBmp ? Marks.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            if (mark < 0) tame.Append(rune.ToString());
            else tame.Append(Plain[mark]);
        }
        return tame.ToString();
    }
}
