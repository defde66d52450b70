using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>What a cheap phone makes of the light: exposure, contrast, a darker rim, grain, and the date in the corner.</summary>
static class Film
{
    /// <param name="sharp">Light row by row, in a rented array that is given back here.</param>
    public static byte[] Develop(Vector3[] sharp, int width, int height, Shot shot, uint seed, string stamp)
    {
        var light = ArrayPool<Vector3>.Shared.Rent(width * height);
        Soften(sharp, light, width, height);
        ArrayPool<Vector3>.Shared.Return(sharp);
        var exposure = Exposure(light.AsSpan(0, width * height), shot.Brightness);
        var rgb = ArrayPool<byte>.Shared.Rent(width * height * 3);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                var (dx, dy) = (x / (float)width - 0.5f, y / (float)height - 0.5f);
                var rim = 1 - 0.75f * (dx * dx + dy * dy);
                Print(rgb.AsSpan(at * 3), light[at] * exposure * rim, seed + (uint)at, Coarse(x, y, seed));
            }
        });
        ArrayPool<Vector3>.Shared.Return(light);
        Stamp(rgb, width, height, stamp);
        var picture = Png(rgb, width, height);
        ArrayPool<byte>.Shared.Return(rgb);
        return picture;
    }

    /// <summary>A small lens never draws a sharp edge.</summary>
    static void Soften(Vector3[] light, Vector3[] soft, int width, int height)
    {
        light.AsSpan(0, width * height).CopyTo(soft);
        Parallel.For(1, height - 1, y =>
        {
            for (var at = y * width + 1; at < (y + 1) * width - 1; at++)
                soft[at] = 0.5f * light[at] + 0.1f * (light[at - 1] + light[at + 1] + light[at - width] + light[at + width])
                    + 0.025f * (light[at - width - 1] + light[at - width + 1] + light[at + width - 1] + light[at + width + 1]);
        });
    }

    /// <summary>So that the middle of the tones comes out as wanted, whatever the lamps.</summary>
    static float Exposure(ReadOnlySpan<Vector3> light, float wanted)
    {
        var sum = 0f;
        for (var i = 0; i < light.Length; i += 37) sum += MathF.Log(0.004f + Vector3.Dot(light[i], new(0.3f, 0.55f, 0.15f)));
        return wanted / MathF.Exp(sum / (light.Length / 37));
    }

    static void Print(Span<byte> pixel, Vector3 light, uint random, float coarse)
    {
        // The usual curve of film: shadows sink, glare is held.
        var tone = light * (2.51f * light + new Vector3(0.03f)) / (light * (2.43f * light + new Vector3(0.59f)) + new Vector3(0.14f));
        tone = Vector3.SquareRoot(tone);
        var dark = 1 - 0.6f * tone.Y;
        var grain = (Noise.Random(random) + Noise.Random(random ^ 0x5bd1e995) - 1) * 0.034f * dark + coarse * 0.016f * dark;
        var chroma = (Noise.Random(random * 3 + 1) - 0.5f) * 0.018f * dark;
        pixel[0] = ToByte(tone.X + grain + chroma);
        pixel[1] = ToByte(tone.Y + grain);
        pixel[2] = ToByte(tone.Z + grain - chroma);
    }

    /// <summary>Blotchy noise over a few pixels, as phones leave it after smoothing.</summary>
    static float Coarse(int x, int y, uint seed) => Noise.Random(seed + (uint)(x / 3) * 7919 + (uint)(y / 3) * 104729) - 0.5f;

    static byte ToByte(float value) => (byte)(Math.Clamp(value, 0, 1) * 255 + 0.5f);

    static void Stamp(byte[] rgb, int width, int height, string text)
    {
        var size = Math.Max(2, width / 400);
        var (left, top) = (width - text.Length * 6 * size - 5 * size, height - 12 * size);
        for (var y = 0; y < 8 * size; y++)
            for (var x = 0; x < text.Length * 6 * size; x++)
            {
                var ink = Digits.IsInk(text, x / size, y / size);
                if (!ink && !Digits.IsInk(text, x / size - 1, y / size - 1)) continue;
                var at = ((top + y) * width + left + x) * 3;
                (rgb[at], rgb[at + 1], rgb[at + 2]) = ink ? ((byte)255, (byte)196, (byte)92) : ((byte)40, (byte)28, (byte)14);
            }
    }

    static byte[] Png(byte[] rgb, int width, int height)
    {
        using var packed = new MemoryStream((width * 3 + 1) * height + 4096);
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(rgb, y * width * 3, width * 3);
            }
        using var file = new MemoryStream(packed.Capacity);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], height);
        (head[8], head[9], head[10], head[11], head[12]) = (8, 2, 0, 0, 0);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(content, Crc(type, ~0u)));
        file.Write(number);
    }

    static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var crc = (uint)i;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        return crc;
    })];

    static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (var value in bytes) crc = CrcTable[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }
}
