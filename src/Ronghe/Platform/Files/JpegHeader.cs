using System.Buffers.Binary;

namespace Ronghe.Platform.Files;

/// <summary>Walks the segments of a JPEG up to the frame, which says how large the picture is.</summary>
static class JpegHeader
{
    /// <summary>Phones write up to a few dozen; a file with more is not from a camera.</summary>
    const int MostSegments = 500;
    /// <summary>A progressive picture has about ten scans. Each one costs a pass over all pixels, so a crafted file has thousands.</summary>
    const int MostScans = 100;

    static ReadOnlySpan<byte> StartOfScan => [0xff, 0xda];

    /// <summary>Zero when there is no frame before the picture data, or the file is made to keep a decoder busy.</summary>
    public static (int Width, int Height) Size(Stream content)
    {
        Span<byte> segment = stackalloc byte[9];
        content.Position = 2;
        for (var count = 0; count < MostSegments; count++)
        {
            content.ReadExactly(segment[..2]);
            if (segment[0] != 0xff) return default;
            if (segment[1] == 0xff) { content.Position--; continue; }
            if (IsFrame(segment[1]))
            {
                content.ReadExactly(segment[..7]);
                var size = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
                return HasTooManyScans(content) ? default : size;
            }
            if (segment[1] is 0xd9 or 0xda) return default;
            content.ReadExactly(segment[..2]);
            content.Position += Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(segment) - 2);
        }
        return default;
    }

    /// <summary>All C0 to CF but C4 (Huffman tables), C8 (reserved) and CC (arithmetic tables).</summary>
    static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    static bool HasTooManyScans(Stream content)
    {
        var (buffer, scans, kept) = (new byte[64 * 1024], 0, 0);
        for (int read; (read = content.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            scans += bytes.Count(StartOfScan);
            // A marker may straddle two reads.
            kept = bytes[^1] == 0xff ? 1 : 0;
            if (kept == 1) buffer[0] = 0xff;
        }
        return scans > MostScans;
    }
}
