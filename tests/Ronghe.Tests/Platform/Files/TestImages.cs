using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Ronghe.Tests.Platform.Files;

/// <summary>Pictures made for a test: drawn as raw pixels, written in any format by the vips command, and read back the same way.</summary>
static class TestImages
{
    /// <summary>Four quarters: red, green / blue, white. Shows how a picture was turned.</summary>
    public static byte[] Quarters(int width, int height) => Ppm(width, height, (x, y) => (x < width / 2, y < height / 2) switch
    {
        (true, true) => (255, 0, 0),
        (false, true) => (0, 255, 0),
        (true, false) => (0, 0, 255),
        _ => (255, 255, 255),
    });

    public static byte[] Noise(int width, int height)
    {
        var random = new Random(1);
        return Ppm(width, height, (_, _) => ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
    }

    public static byte[] Ppm(int width, int height, Func<int, int, (byte R, byte G, byte B)> pixel)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = pixel(x, y);
                bytes.AddRange([r, g, b]);
            }
        return [.. bytes];
    }

    public static Task<byte[]> JpegAsync(byte[] ppm) => ConvertAsync(ppm, "ppm", "jpg[Q=92]");

    /// <summary>What a picture shows near a corner, given as parts of its width and height.</summary>
    public static async Task<(int R, int G, int B)> ColourAtAsync(byte[] jpeg, double across, double down)
    {
        var ppm = await ConvertAsync(jpeg, "jpg", "ppm");
        var head = Encoding.ASCII.GetString(ppm, 0, 100).Split('\n');
        var size = head.First(line => !line.StartsWith('P') && !line.StartsWith('#')).Split(' ');
        var (width, height) = (int.Parse(size[0]), int.Parse(size[1]));
        var at = ppm.Length - 3 * width * height + 3 * ((int)(down * height) * width + (int)(across * width));
        return (ppm[at], ppm[at + 1], ppm[at + 2]);
    }

    public static async Task<byte[]> ConvertAsync(byte[] image, string from, string to)
    {
        var folder = Directory.CreateTempSubdirectory("ronghe-test-");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "a." + from), Path.Combine(folder.FullName, "b." + to));
            await File.WriteAllBytesAsync(source, image);
            using var vips = Process.Start("vips", ["copy", source, target]);
            await vips.WaitForExitAsync();
            if (vips.ExitCode != 0) throw new InvalidOperationException($"vips ended with {vips.ExitCode}.");
            return await File.ReadAllBytesAsync(target.Split('[')[0]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A PNG whose header promises any size, with valid check sums and the given picture data.</summary>
    public static byte[] Png(int width, int height, byte[] data, params (string Type, byte[] Content)[] extra)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        IEnumerable<(string Type, byte[] Content)> chunks = [("IHDR", head), .. extra, ("IDAT", Deflate(data)), ("IEND", [])];
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Content))];
    }

    public static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        return packed.ToArray();
    }

    static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        return [.. length, .. named, .. sum];
    }

    static uint Crc(byte[] bytes)
    {
        var crc = 0xffffffffu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        }
        return ~crc;
    }
}
