using System.Buffers.Binary;

namespace Ronghe.Platform.Files;

public enum ImageKind { Jpeg, Png, WebP, Heic }

/// <summary>
/// Kind and size of a picture as its first bytes tell them, read without decoding anything: what to refuse is known before a
/// decoder sees it, however many pixels it promises.
/// </summary>
public sealed record ImageHeader(ImageKind Kind, int Width, int Height)
{
    const int SizeOfStart = 32;

    public long Pixels => (long)Width * Height;

    /// <summary>Null when the content is not a picture of a kind that is accepted, or its header is broken.</summary>
    public static ImageHeader? Read(Stream content)
    {
        Span<byte> start = stackalloc byte[SizeOfStart];
        content.Position = 0;
        if (content.ReadAtLeast(start, SizeOfStart, throwOnEndOfStream: false) < SizeOfStart) return null;
        try
        {
            var (kind, size) = Measure(start, content);
            return size is (> 0, > 0) ? new(kind, size.Width, size.Height) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
        finally
        {
            content.Position = 0;
        }
    }

    static (ImageKind, (int Width, int Height)) Measure(ReadOnlySpan<byte> start, Stream content)
    {
        if (start is [0xff, 0xd8, 0xff, ..]) return (ImageKind.Jpeg, JpegHeader.Size(content));
        if (start is [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..]) return (ImageKind.Png, OfPng(start));
        if (start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8)) return (ImageKind.WebP, OfWebP(start));
        if (start[4..].StartsWith("ftyp"u8) && HeifHeader.IsKnown(start[8..12])) return (ImageKind.Heic, HeifHeader.Size(content));
        return default;
    }

    static (int, int) OfPng(ReadOnlySpan<byte> start) =>
        start[12..].StartsWith("IHDR"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(start[16..]), BinaryPrimitives.ReadInt32BigEndian(start[20..]))
            : default;

    static (int, int) OfWebP(ReadOnlySpan<byte> start)
    {
        var chunk = start[12..];
        if (chunk.StartsWith("VP8X"u8)) return (1 + UInt24(start[24..]), 1 + UInt24(start[27..]));
        if (chunk.StartsWith("VP8 "u8)) return (Size14(start[26..]), Size14(start[28..]));
        if (!chunk.StartsWith("VP8L"u8)) return default;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(start[21..]);
        return (1 + (int)(bits & 0x3fff), 1 + (int)(bits >> 14 & 0x3fff));
    }

    static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    static int Size14(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) & 0x3fff;
}
