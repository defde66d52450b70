using System.Xml;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// A forward XML reader that stays small whatever the part holds: no DTD, no external reference, bounded depth,
/// a bounded number of different names. Local names are compared, so strict and transitional workbooks read alike.
/// </summary>
sealed class GuardedXml : IDisposable
{
    const int Deepest = 64;

    readonly XmlReader reader;
    readonly char[] chunk = new char[4096];

    public GuardedXml(Stream stream)
    {
        var settings = Settings();
        settings.IgnoreComments = settings.IgnoreProcessingInstructions = settings.IgnoreWhitespace = true;
        reader = XmlReader.Create(stream, settings);
    }

    /// <summary>For parts that are copied and changed: everything is kept, nothing outside is touched.</summary>
    public static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        NameTable = new BoundedNames(),
        CloseInput = true,
    };

    public string Name => reader.LocalName;
    public string Namespace => reader.NamespaceURI;
    public int Depth => reader.Depth;
    public bool IsStart => reader.NodeType == XmlNodeType.Element;
    public bool IsEnd => reader.NodeType == XmlNodeType.EndElement;
    public bool IsLeaf => reader.IsEmptyElement;

    public bool Read()
    {
        if (!reader.Read()) return false;
        return reader.Depth <= Deepest ? true : throw SheetRefusals.Broken("内部层次过深");
    }

    public bool NextAttribute() => reader.MoveToNextAttribute();
    public string Value => reader.Value;
    public void BackToElement() => reader.MoveToElement();
    public string? this[string attribute] => reader.GetAttribute(attribute);

    /// <summary>An attribute by local name, whatever its prefix: <c>r:id</c> in either namespace.</summary>
    public string? Attribute(string localName)
    {
        string? value = null;
        while (reader.MoveToNextAttribute())
            if (reader.LocalName == localName && reader.Prefix.Length > 0) value = reader.Value;
        reader.MoveToElement();
        return value;
    }

    /// <summary>Leaves the current element with everything in it.</summary>
    public void Skip()
    {
        if (!IsStart || IsLeaf) return;
        var depth = Depth;
        while (Read() && !(IsEnd && Depth == depth)) { }
    }

    /// <summary>Adds the text inside the current element to <paramref name="into"/>; phonetic guides are not text.</summary>
    public void Text(CellTextBuffer into)
    {
        if (IsLeaf) return;
        var depth = Depth;
        while (Read() && !(IsEnd && Depth == depth))
        {
            if (IsStart && Name == "rPh") Skip();
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                for (int read; (read = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0;) into.Add(chunk.AsSpan(0, read));
        }
    }

    public void Dispose() => reader.Dispose();

    sealed class BoundedNames : NameTable
    {
        const int Most = 20_000;
        int count;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));
        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));
        string Counted(string name) => ++count <= Most ? name : throw SheetRefusals.Broken("内部名称过多");
    }
}

/// <summary>Gathers the text of one cell; refuses beyond what a cell can hold.</summary>
sealed class CellTextBuffer(int most)
{
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
                && ushort.TryParse(characters.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code))
            {
                c = (char)code;
                i += 6;
            }
            characters[kept++] = c;
        }
        return new string(characters, 0, kept);
    }
}
