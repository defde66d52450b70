using System.Text;
using Ronghe.Platform;
using Ronghe.Platform.Files;

namespace Ronghe.Tests.Platform.Files;

public class PhotoSandboxTests
{
    static readonly PhotoSandbox Sandbox = new();

    static Task<SafePhoto> TakeInAsync(byte[] content, string name = "现场.jpg") =>
        Sandbox.MakeSafeAsync(new MemoryStream(content), name, TestContext.Current.CancellationToken);

    static Task<Refusal> RefusedAsync(byte[] content, string name = "现场.jpg") => Assert.ThrowsAsync<Refusal>(() => TakeInAsync(content, name));

    [Fact]
    public async Task Nothing_that_the_phone_wrote_beside_the_picture_survives()
    {
        var original = CameraMetadata.AddTo(await TestImages.JpegAsync(TestImages.Quarters(640, 480)), orientation: 1);
        var photo = await TakeInAsync(original);
        foreach (var made in new[] { photo.Picture, photo.Thumbnail })
        {
            foreach (var secret in new[] { CameraMetadata.Maker, CameraMetadata.Serial, CameraMetadata.Comment, CameraMetadata.Creator, CameraMetadata.Byline, "Exif" })
            {
                Assert.True(original.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) > 0, $"the original holds {secret}");
                Assert.Equal(-1, made.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)));
            }
            Assert.True(original.AsSpan().IndexOf(CameraMetadata.LatitudeBytes) > 0);
            Assert.Equal(-1, made.AsSpan().IndexOf(CameraMetadata.LatitudeBytes));
            Assert.DoesNotContain(Markers(made), marker => marker is >= 0xe1 and <= 0xef or 0xfe);
        }
    }

    [Theory]
    [InlineData(1, 300, 200, "red")]
    [InlineData(2, 300, 200, "green")]
    [InlineData(3, 300, 200, "white")]
    [InlineData(4, 300, 200, "blue")]
    [InlineData(5, 200, 300, "red")]
    [InlineData(6, 200, 300, "blue")]
    [InlineData(7, 200, 300, "white")]
    [InlineData(8, 200, 300, "green")]
    public async Task The_picture_stands_upright_as_the_phone_was_held(ushort orientation, int width, int height, string topLeft)
    {
        var photo = await TakeInAsync(CameraMetadata.AddTo(await TestImages.JpegAsync(TestImages.Quarters(300, 200)), orientation));
        Assert.Equal((width, height), (photo.Width, photo.Height));
        var (r, g, b) = await TestImages.ColourAtAsync(photo.Picture, 0.25, 0.25);
        Assert.Equal(topLeft, (r > 128, g > 128, b > 128) switch
        {
            (true, false, false) => "red", (false, true, false) => "green", (false, false, true) => "blue", (true, true, true) => "white", _ => "?",
        });
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("heic")]
    public async Task Every_accepted_format_becomes_a_JPEG_of_at_most_1600_pixels_with_a_thumbnail(string format)
    {
        var photo = await TakeInAsync(await TestImages.ConvertAsync(TestImages.Quarters(1800, 1350), "ppm", format));
        Assert.Equal((1600, 1200), (photo.Width, photo.Height));
        Assert.Equal(new ImageHeader(ImageKind.Jpeg, 1600, 1200), ImageHeader.Read(new MemoryStream(photo.Picture)));
        Assert.Equal(new ImageHeader(ImageKind.Jpeg, 320, 240), ImageHeader.Read(new MemoryStream(photo.Thumbnail)));
    }

    [Fact]
    public async Task A_small_picture_is_not_blown_up()
    {
        var photo = await TakeInAsync(await TestImages.JpegAsync(TestImages.Quarters(80, 60)));
        Assert.Equal((80, 60), (photo.Width, photo.Height));
    }

    [Theory]
    [InlineData("<!doctype html><html><script>alert(1)</script></html>                    ")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><image href='file:///etc/passwd'/></svg>")]
    [InlineData("GIF89a..................................................")]
    [InlineData("%PDF-1.7\n..............................................")]
    [InlineData("P6\n2 2\n255\n............................................")]
    [InlineData("")]
    [InlineData("x")]
    public async Task What_only_calls_itself_a_photo_is_refused(string content)
    {
        var refusal = await RefusedAsync(Encoding.ASCII.GetBytes(content), "a.jpg");
        Assert.Contains("不是能识别的照片", refusal.Message);
        Assert.Contains("已填写的内容还在", refusal.Message);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("heic")]
    public async Task Half_a_photo_is_refused(string format)
    {
        var whole = await TestImages.ConvertAsync(TestImages.Noise(600, 400), "ppm", format);
        var refusal = await RefusedAsync(whole[..(whole.Length / 2)]);
        Assert.Contains("已损坏或没有传完整", refusal.Message);
    }

    [Fact]
    public async Task A_photo_with_garbage_inside_is_refused_or_shown_but_never_breaks()
    {
        var whole = await TestImages.ConvertAsync(TestImages.Noise(300, 200), "ppm", "png");
        var random = new Random(7);
        for (var round = 0; round < 8; round++)
        {
            var damaged = (byte[])whole.Clone();
            random.NextBytes(damaged.AsSpan(50 + random.Next(whole.Length - 100), 40));
            await RefusedAsync(damaged);
        }
    }

    [Fact]
    public async Task Programs_hidden_behind_or_inside_a_picture_are_gone()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(200, 100));
        byte[] polyglot = [.. jpeg, .. "PK\x03\x04<script>alert(document.cookie)</script>"u8];
        var photo = await TakeInAsync(polyglot);
        Assert.Equal(-1, photo.Picture.AsSpan().IndexOf("<script>"u8));
        Assert.Equal(-1, photo.Picture.AsSpan().IndexOf("PK"u8));
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(12_001, 10)]
    [InlineData(10, 12_001)]
    [InlineData(7_000, 6_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task A_picture_of_too_many_pixels_is_refused_before_anything_is_decoded(int width, int height)
    {
        var bomb = TestImages.Png(width, height, new byte[100_000]);
        Assert.Contains($"{width}×{height}", (await RefusedAsync(bomb)).Message);
        var stream = new MemoryStream(bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(ImageHeader.Read(stream));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public async Task A_stream_without_end_is_read_to_the_limit_only()
    {
        var endless = new EndlessStream();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Sandbox.MakeSafeAsync(endless, "a.jpg", TestContext.Current.CancellationToken));
        Assert.Contains("超过 12 MB", refusal.Message);
        Assert.InRange(endless.Position, PhotoSandbox.MaxBytes, PhotoSandbox.MaxBytes + 128 * 1024);
    }

    [Fact]
    public async Task A_JPEG_of_a_thousand_scans_is_refused()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(64, 64));
        byte[] scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
        await RefusedAsync([.. jpeg[..^2], .. Enumerable.Repeat(scan, 1000).SelectMany(bytes => bytes), 0xff, 0xd9]);
    }

    [Fact]
    public async Task A_bomb_in_the_text_of_a_PNG_is_skipped_or_refused()
    {
        byte[] bomb = [.. "note\0\0"u8, .. TestImages.Deflate(new byte[300 << 20])];
        var png = TestImages.Png(10, 10, new byte[10 * 31], ("zTXt", bomb), ("zTXt", bomb));
        try
        {
            var photo = await TakeInAsync(png);
            Assert.Equal((10, 10), (photo.Width, photo.Height));
        }
        catch (Refusal)
        {
            // As good: the decoder ran into its limit.
        }
    }

    [Fact]
    public async Task A_name_made_to_mislead_is_shown_without_its_folders_and_control_characters()
    {
        var refusal = await RefusedAsync([1, 2, 3], "../../etc/\u0007pass\nwd.jpg");
        Assert.StartsWith("照片“passwd.jpg”", refusal.Message);
    }

    [Fact]
    public async Task Many_photos_at_once_all_come_through()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(400, 300));
        var photos = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TakeInAsync(jpeg)));
        Assert.All(photos, photo => Assert.Equal((400, 300), (photo.Width, photo.Height)));
    }

    static IEnumerable<byte> Markers(byte[] jpeg)
    {
        for (var at = 2; at < jpeg.Length && jpeg[at + 1] != 0xda; at += 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]))
            yield return jpeg[at + 1];
    }

    sealed class EndlessStream : Stream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            Position += count;
            return count;
        }

        public override long Position { get; set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
