using System.Globalization;
using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// A forward reader of the XML in a workbook, straight from UTF-8 bytes: no DTD, no entities but the five and numbers, nothing
/// external, nothing kept. Memory is one buffer, however deep, long or odd the part is. Local names are compared, so strict,
/// transitional and prefixed workbooks read alike.
/// </summary>
sealed class GuardedXml(Stream stream) : IDisposable
{
    const int Deepest = 64;

    readonly XmlWindow window = new(stream);
    int open;

    public bool IsStart { get; private set; }
    public bool IsEnd { get; private set; }
    public bool IsLeaf { get; private set; }

    /// <summary>The root is 0; an end has the depth of its start.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the current element has this local name.</summary>
    public bool Is(ReadOnlySpan<byte> name) => LocalName.SequenceEqual(name);

    ReadOnlySpan<byte> LocalName => window.Tag.Slice(nameAt, nameLength);

    int nameAt;
    int nameLength;

    /// <summary>Goes on to the next tag; false at the end of the part.</summary>
    public bool Read()
    {
        while (window.NextTag())
        {
            if (window.IsMarkupOnly) continue;
            SetTag();
            return true;
        }
        if (open != 0) throw SheetRefusals.Broken();
        IsStart = IsEnd = false;
        return false;
    }

    void SetTag()
    {
        var tag = window.Tag;
        IsEnd = tag[1] == '/';
        IsStart = !IsEnd;
        IsLeaf = IsStart && tag[^2] == '/';
        SetName(tag, IsEnd ? 2 : 1);
        if (IsEnd) Depth = --open;
        else
        {
            Depth = open;
            if (!IsLeaf) open++;
        }
        if (open < 0) throw SheetRefusals.Broken();
        if (Depth > Deepest) throw SheetRefusals.Broken("内部层次过深");
        attributeAt = nameAt + nameLength;
    }

    void SetName(ReadOnlySpan<byte> tag, int from)
    {
        var end = from;
        while (end < tag.Length && tag[end] is not ((byte)' ' or (byte)'>' or (byte)'/' or (byte)'\n' or (byte)'\t' or (byte)'\r'))
        {
            if (tag[end] == ':') from = end + 1;
            end++;
        }
        (nameAt, nameLength) = (from, end - from);
        if (nameLength == 0) throw SheetRefusals.Broken();
    }

    int attributeAt;
    int attributeName;
    int attributeNameLength;
    int valueAt;
    int valueLength;

    /// <summary>Goes on to the next attribute of the current element.</summary>
    public bool NextAttribute()
    {
        var tag = window.Tag;
        var at = attributeAt;
        while (at < tag.Length && IsBlank(tag[at])) at++;
        if (at >= tag.Length || tag[at] is (byte)'>' or (byte)'/') return false;
        var name = at;
        while (at < tag.Length && tag[at] != '=' && !IsBlank(tag[at])) at++;
        (attributeName, attributeNameLength) = (name, at - name);
        while (at < tag.Length && IsBlank(tag[at])) at++;
        if (at >= tag.Length || tag[at] != '=') throw SheetRefusals.Broken();
        do at++;
        while (at < tag.Length && IsBlank(tag[at]));
        if (at >= tag.Length || tag[at] is not ((byte)'"' or (byte)'\'')) throw SheetRefusals.Broken();
        valueAt = at + 1;
        valueLength = tag[valueAt..].IndexOf(tag[at]);
        if (valueLength < 0) throw SheetRefusals.Broken();
        attributeAt = valueAt + valueLength + 1;
        return true;
    }

    static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r';

    public ReadOnlySpan<byte> AttributeName => window.Tag.Slice(attributeName, attributeNameLength);

    /// <summary>The attribute's value as written; entities are not resolved.</summary>
    public ReadOnlySpan<byte> RawValue => window.Tag.Slice(valueAt, valueLength);

    public string Value => RawValue.Contains((byte)'&') ? XmlText.Resolved(RawValue) : Encoding.UTF8.GetString(RawValue);

    /// <summary>An attribute without prefix by name; null when there is none.</summary>
    public string? this[string name] => Find(name, prefixed: false);

    /// <summary>An attribute with a prefix by local name: <c>r:id</c>, whatever r is called.</summary>
    public string? Prefixed(string localName) => Find(localName, prefixed: true);

    string? Find(string name, bool prefixed)
    {
        attributeAt = nameAt + nameLength;
        while (NextAttribute())
        {
            var found = AttributeName;
            var colon = found.IndexOf((byte)':');
            if (colon >= 0 == prefixed && Ascii.Equals(found[(colon + 1)..], name)) return Value;
        }
        return null;
    }

    /// <summary>A whole number in an attribute; <paramref name="otherwise"/> when it is absent or something else.</summary>
    public int Number(string name, int otherwise) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>Leaves the current element with everything in it.</summary>
    public void Skip()
    {
        if (!IsStart || IsLeaf) return;
        var depth = Depth;
        while (Read() && !(IsEnd && Depth == depth)) { }
    }

    /// <summary>Plain text up to the element's end, as bytes, when it lies in the buffer at hand; the reader then stands on the end.</summary>
    public bool TryPlainText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (IsLeaf || !window.TryTextBeforeEnd(out var length)) return false;
        Read();
        text = window.Before(length);
        return true;
    }

    /// <summary>Adds all text directly in the current element.</summary>
    public void Text(CellTextBuffer into)
    {
        if (IsLeaf) return;
        var depth = Depth;
        do window.CopyText(into);
        while (Read() && !(IsEnd && Depth == depth));
    }

    /// <summary>Adds the text of a string item: that of its t elements, plain or in runs; phonetic guides are not text.</summary>
    public void ItemText(CellTextBuffer into)
    {
        if (IsLeaf) return;
        var depth = Depth;
        while (Read() && !(IsEnd && Depth == depth))
        {
            if (!IsStart) continue;
            if (Is("rPh"u8)) Skip();
            else if (Is("t"u8)) Text(into);
        }
    }

    public void Dispose() => window.Dispose();
}
