namespace Ronghe.Platform.Spreadsheets;

/// <summary>The stretch of an XML part that is in memory: finds one tag after the other and holds it whole.</summary>
sealed class XmlWindow(Stream stream) : IDisposable
{
    /// <summary>Room kept back so that an entity or a character is never cut in two.</summary>
    const int Uncut = 16;

    byte[] buffer = new byte[1 << 16];
    int at;
    int end;
    int tagAt;
    int tagLength;
    bool finished;

    /// <summary>From the opening to the closing angle bracket.</summary>
    public ReadOnlySpan<byte> Tag => buffer.AsSpan(tagAt, tagLength);

    /// <summary>A comment, an instruction or CDATA that nobody asked for.</summary>
    public bool IsMarkupOnly { get; private set; }

    /// <summary>The bytes in front of the current tag; valid only right after <see cref="TryTextBeforeEnd"/>.</summary>
    public ReadOnlySpan<byte> Before(int length) => buffer.AsSpan(tagAt - length, length);

    public bool NextTag()
    {
        if (!FindOpening()) return false;
        Need(9);
        var rest = buffer.AsSpan(at, end - at);
        if (rest.Length < 3) throw SheetRefusals.Broken();
        IsMarkupOnly = rest[1] is (byte)'!' or (byte)'?';
        if (!IsMarkupOnly) TakeTag();
        else if (rest[1] == '?') PassOver("?>"u8);
        else if (rest.StartsWith("<!--"u8)) PassOver("-->"u8);
        else if (rest.StartsWith("<![CDATA["u8)) PassOver("]]>"u8);
        else throw SheetRefusals.Entities();
        return true;
    }

    bool FindOpening()
    {
        for (;;)
        {
            var found = buffer.AsSpan(at, end - at).IndexOf((byte)'<');
            if (found >= 0)
            {
                at += found;
                return true;
            }
            at = end;
            if (!More()) return false;
        }
    }

    void TakeTag()
    {
        // Nearly every tag: quotes in pairs before the first closing bracket, so that bracket is not inside a value.
        var rest = buffer.AsSpan(at, end - at);
        var closing = rest.IndexOf((byte)'>');
        if (closing > 0 && rest[..closing].Count((byte)'"') % 2 == 0 && !rest[..closing].Contains((byte)'\''))
        {
            (tagAt, tagLength) = (at, closing + 1);
            at += tagLength;
            return;
        }
        for (var from = 1; ; from++)
        {
            var found = Scan(ref from, (byte)'>', (byte)'"', (byte)'\'');
            if (found == '>')
            {
                (tagAt, tagLength) = (at, from + 1);
                at += tagLength;
                return;
            }
            from++;
            Scan(ref from, found, found, found);
        }
    }

    /// <summary>Moves <paramref name="from"/> (counted from the current place) to the next of three bytes, reading on as needed.</summary>
    byte Scan(ref int from, byte a, byte b, byte c)
    {
        for (;;)
        {
            var found = buffer.AsSpan(at + from, end - at - from).IndexOfAny(a, b, c);
            if (found >= 0) return buffer[at + (from += found)];
            from = end - at;
            if (!More()) throw SheetRefusals.Broken();
        }
    }

    void PassOver(ReadOnlySpan<byte> closing)
    {
        at += 2;
        for (;;)
        {
            var found = buffer.AsSpan(at, end - at).IndexOf(closing);
            if (found >= 0)
            {
                at += found + closing.Length;
                return;
            }
            at = Math.Max(at, end - closing.Length + 1);
            if (!More()) throw SheetRefusals.Broken();
        }
    }

    /// <summary>How long the text before the next end tag is, when it is plain and that tag is in the buffer too.</summary>
    public bool TryTextBeforeEnd(out int length)
    {
        var rest = buffer.AsSpan(at, end - at);
        length = rest.IndexOfAny((byte)'<', (byte)'&');
        // The whole tag must be here, with what is looked at beyond: reading on would move what is in front of it.
        return length >= 0 && rest.Length - length >= Uncut && rest[length] == '<' && rest[length + 1] == '/' && rest[length..].Contains((byte)'>');
    }

    /// <summary>Adds text, CDATA included, up to the next tag.</summary>
    public void CopyText(CellTextBuffer into)
    {
        for (;;)
        {
            var rest = buffer.AsSpan(at, end - at);
            var found = rest.IndexOf((byte)'<');
            if (found < 0)
            {
                var whole = finished ? rest.Length : XmlText.SafeCut(rest, Uncut);
                XmlText.Add(rest[..whole], into);
                at += whole;
                if (!More()) return;
                continue;
            }
            XmlText.Add(rest[..found], into);
            at += found;
            Need(9);
            if (buffer.AsSpan(at, end - at).StartsWith("<!--"u8)) PassOver("-->"u8);
            else if (buffer.AsSpan(at, end - at).StartsWith("<![CDATA["u8)) CopyCharacterData(into);
            else return;
        }
    }

    void CopyCharacterData(CellTextBuffer into)
    {
        at += 9;
        int length;
        while ((length = buffer.AsSpan(at, end - at).IndexOf("]]>"u8)) < 0)
            if (!More()) throw SheetRefusals.Broken();
        into.Add(buffer.AsSpan(at, length));
        at += length + 3;
    }

    void Need(int bytes)
    {
        while (end - at < bytes && More()) { }
    }

    /// <summary>Reads on, keeping everything from the current place; false when the part is at its end.</summary>
    bool More()
    {
        if (finished) return false;
        if (at > 0)
        {
            buffer.AsSpan(at, end - at).CopyTo(buffer);
            end -= at;
            at = 0;
        }
        // The stream refuses runs of more than a megabyte without a tag, so this ends.
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        finished = read == 0;
        end += read;
        return read > 0;
    }

    public void Dispose() => stream.Dispose();
}
