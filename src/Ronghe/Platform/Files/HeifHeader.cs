using System.Buffers.Binary;

namespace Ronghe.Platform.Files;

/// <summary>Looks up the largest sides among the pictures in the boxes of a HEIC file (meta → iprp → ipco → ispe).</summary>
sealed class HeifHeader
{
    const int MostBoxes = 4000, Deepest = 4;

    readonly Stream _content;
    int _width, _height, _boxes;

    HeifHeader(Stream content) => _content = content;

    public static bool IsKnown(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8);

    public static (int Width, int Height) Size(Stream content)
    {
        var header = new HeifHeader(content);
        header.Walk(0, content.Length, depth: 0);
        return (header._width, header._height);
    }

    void Walk(long from, long to, int depth)
    {
        Span<byte> head = stackalloc byte[8];
        while (from + 8 <= to && depth < Deepest && _boxes++ < MostBoxes)
        {
            _content.Position = from;
            _content.ReadExactly(head);
            var (length, start) = Length(head, to - from);
            if (length < start) return;
            var end = from + Math.Min(length, to - from);
            var kind = head[4..];
            if (kind.SequenceEqual("meta"u8)) Walk(from + start + 4, end, depth + 1);
            else if (kind.SequenceEqual("iprp"u8) || kind.SequenceEqual("ipco"u8)) Walk(from + start, end, depth + 1);
            else if (kind.SequenceEqual("ispe"u8)) Take(from + start + 4);
            from = end;
        }
    }

    /// <summary>Length of the box, 0 meaning "to the end" and 1 "64 bits follow", and where its content starts.</summary>
    (long Length, int Start) Length(ReadOnlySpan<byte> head, long rest)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length == 0) return (rest, 8);
        if (length != 1) return (length, 8);
        Span<byte> large = stackalloc byte[8];
        _content.ReadExactly(large);
        return (BinaryPrimitives.ReadInt64BigEndian(large), 16);
    }

    void Take(long at)
    {
        Span<byte> size = stackalloc byte[8];
        _content.Position = at;
        _content.ReadExactly(size);
        // What does not fit an int is as good as infinite: it will be refused by its size.
        _width = Math.Max(_width, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(size), int.MaxValue));
        _height = Math.Max(_height, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(size[4..]), int.MaxValue));
    }
}
