using System.Globalization;
using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Gathers the text of one cell; refuses beyond what a cell can hold.</summary>
sealed class CellTextBuffer(int most)
{
    /// <summary>A damaged character is an error, not a question mark in somebody's name.</summary>
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    char[] characters = new char[256];
    int length;

    public ReadOnlySpan<char> Span => characters.AsSpan(0, length);
    public void Clear() => length = 0;

    public void Add(ReadOnlySpan<char> text)
    {
        // Escapes (_x000D_) make the stored text longer than the shown one.
        if (length + text.Length > most * 7L) throw SheetRefusals.CellTooLong(most);
        if (length + text.Length > characters.Length) Array.Resize(ref characters, Math.Max(characters.Length * 2, length + text.Length));
        text.CopyTo(characters.AsSpan(length));
        length += text.Length;
    }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (length + utf8.Length > most * 22L) throw SheetRefusals.CellTooLong(most);
        if (length + utf8.Length > characters.Length) Array.Resize(ref characters, Math.Max(characters.Length * 2, length + utf8.Length));
        length += Strict.GetChars(utf8, characters.AsSpan(length));
        if (length > most * 7L) throw SheetRefusals.CellTooLong(most);
    }

    /// <summary>The text with <c>_xHHHH_</c> escapes resolved.</summary>
    public string Take()
    {
        var text = Span.Contains('_') ? Unescaped() : new string(Span);
        length = 0;
        return Fitting(text);
    }

    /// <summary>The text as it stands, for formats without escapes.</summary>
    public string TakePlain()
    {
        var text = new string(Span);
        length = 0;
        return Fitting(text);
    }

    string Fitting(string text) => text.Length <= most ? text : throw SheetRefusals.CellTooLong(most);

    string Unescaped()
    {
        var kept = 0;
        for (var i = 0; i < length; i++)
        {
            var c = characters[i];
            if (c == '_' && i + 6 < length && characters[i + 1] == 'x' && characters[i + 6] == '_'
                && ushort.TryParse(characters.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, null, out var code))
            {
                c = (char)code;
                i += 6;
            }
            characters[kept++] = c;
        }
        return new string(characters, 0, kept);
    }
}
