using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Writes XML as UTF-8 through one small buffer. Text is escaped for XML and for Excel's own _xHHHH_ notation.</summary>
sealed class XmlBytes(Stream output) : IDisposable
{
    readonly byte[] buffer = new byte[1 << 16];
    int count;
    int flushes;

    public XmlBytes Raw(ReadOnlySpan<byte> xml)
    {
        if (xml.Length > buffer.Length - count) Flush();
        if (xml.Length > buffer.Length) output.Write(xml);
        else
        {
            xml.CopyTo(buffer.AsSpan(count));
            count += xml.Length;
        }
        return this;
    }

    /// <summary>Markup that is not a constant; never a user's text.</summary>
    public XmlBytes Raw(string xml) => Raw(Encoding.UTF8.GetBytes(xml));

    public XmlBytes Number(long value)
    {
        if (buffer.Length - count < 32) Flush();
        Utf8Formatter.TryFormat(value, buffer.AsSpan(count), out var written);
        count += written;
        return this;
    }

    public XmlBytes Number(double value)
    {
        if (buffer.Length - count < 64) Flush();
        value.TryFormat(buffer.AsSpan(count), out var written, "R", CultureInfo.InvariantCulture);
        count += written;
        return this;
    }

    public XmlBytes Number(decimal value)
    {
        if (buffer.Length - count < 64) Flush();
        value.TryFormat(buffer.AsSpan(count), out var written, default, CultureInfo.InvariantCulture);
        count += written;
        return this;
    }

    /// <summary>Characters that XML cannot hold are left out; CRLF is a line break; a lone CR and a literal "_x000D_" survive.</summary>
    public XmlBytes Text(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (buffer.Length - count < 64) Flush();
            var c = text[i];
            if (c is >= ' ' and <= '~' && c is not ('<' or '>' or '&' or '"' or '_')) buffer[count++] = (byte)c;
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                count += Encoding.UTF8.GetBytes(text.Slice(i++, 2), buffer.AsSpan(count));
            else if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
            else Special(c, text[i..]);
        }
        return this;
    }

    void Special(char c, ReadOnlySpan<char> rest)
    {
        switch (c)
        {
            case '<': Raw("&lt;"u8); break;
            case '>': Raw("&gt;"u8); break;
            case '&': Raw("&amp;"u8); break;
            case '"': Raw("&quot;"u8); break;
            case '\r': Raw("_x000D_"u8); break;
            case '\n': Raw("&#10;"u8); break;
            case '\t': Raw("&#9;"u8); break;
            case '_' when LooksEscaped(rest): Raw("_x005F_"u8); break;
            default:
                if (XmlConvert.IsXmlChar(c)) count += Encoding.UTF8.GetBytes([c], buffer.AsSpan(count));
                break;
        }
    }

    static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, null, out _);

    /// <summary>A place that may be overwritten as long as it is still in the buffer; half a buffer stays free for what follows.</summary>
    public (int At, int Flushes) Mark()
    {
        if (count > buffer.Length / 2) Flush();
        return (count, flushes);
    }

    /// <summary>Overwrites bytes at a mark; false when they have left already.</summary>
    public bool Overwrite((int At, int Flushes) mark, int offset, ReadOnlySpan<byte> bytes)
    {
        if (mark.Flushes != flushes) return false;
        bytes.CopyTo(buffer.AsSpan(mark.At + offset));
        return true;
    }

    public void Flush()
    {
        output.Write(buffer, 0, count);
        count = 0;
        flushes++;
    }

    public void Dispose()
    {
        Flush();
        output.Dispose();
    }
}
