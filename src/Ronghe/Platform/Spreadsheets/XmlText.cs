using System.Globalization;
using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Text as XML writes it: the five named entities, numbered characters, and line ends that are all one.</summary>
static class XmlText
{
    public static void Add(ReadOnlySpan<byte> text, CellTextBuffer into)
    {
        Span<char> characters = stackalloc char[2];
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAny((byte)'&', (byte)'\r');
            into.Add(special < 0 ? text : text[..special]);
            if (special < 0) return;
            text = text[special..];
            if (text[0] == '\r')
            {
                into.Add("\n");
                text = text[(text.Length > 1 && text[1] == '\n' ? 2 : 1)..];
                continue;
            }
            var end = text[..Math.Min(text.Length, 12)].IndexOf((byte)';');
            if (end < 0) throw SheetRefusals.Broken();
            into.Add(characters[..Character(text[1..end]).EncodeToUtf16(characters)]);
            text = text[(end + 1)..];
        }
    }

    public static string Resolved(ReadOnlySpan<byte> text)
    {
        var buffer = new CellTextBuffer(32_767);
        Add(text, buffer);
        return buffer.TakePlain();
    }

    /// <summary>How much of unfinished text may be taken without cutting an entity, a line end or a character.</summary>
    public static int SafeCut(ReadOnlySpan<byte> text, int keep)
    {
        var tail = Math.Max(0, text.Length - keep);
        var cut = text[tail..].LastIndexOfAny((byte)'&', (byte)'\r');
        if (cut >= 0) return tail + cut;
        var at = text.Length;
        while (at > tail && (text[at - 1] & 0xC0) == 0x80) at--;
        return at > tail && text[at - 1] >= 0xC0 ? at - 1 : text.Length;
    }

    static Rune Character(ReadOnlySpan<byte> entity)
    {
        if (entity.SequenceEqual("lt"u8)) return new('<');
        if (entity.SequenceEqual("gt"u8)) return new('>');
        if (entity.SequenceEqual("amp"u8)) return new('&');
        if (entity.SequenceEqual("quot"u8)) return new('"');
        if (entity.SequenceEqual("apos"u8)) return new('\'');
        if (entity is not [(byte)'#', ..]) throw SheetRefusals.Entities();
        var parsed = entity is [_, (byte)'x', ..]
            ? int.TryParse(entity[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(entity[1..], NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return parsed && Rune.IsValid(code) ? new Rune(code) : throw SheetRefusals.Broken();
    }
}
