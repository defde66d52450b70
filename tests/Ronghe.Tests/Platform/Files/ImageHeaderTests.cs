using Ronghe.Platform.Files;

namespace Ronghe.Tests.Platform.Files;

public class ImageHeaderTests
{
    [Theory]
    [InlineData("jpg", ImageKind.Jpeg)]
    [InlineData("jpg[interlace]", ImageKind.Jpeg)]
    [InlineData("png", ImageKind.Png)]
    [InlineData("webp", ImageKind.WebP)]
    [InlineData("webp[lossless]", ImageKind.WebP)]
    [InlineData("heic", ImageKind.Heic)]
    public async Task The_size_is_known_without_decoding(string format, ImageKind kind)
    {
        var image = await TestImages.ConvertAsync(TestImages.Quarters(234, 156), "ppm", format);
        Assert.Equal(new ImageHeader(kind, 234, 156), ImageHeader.Read(new MemoryStream(image)));
    }

    [Fact]
    public void An_extended_WebP_tells_the_size_of_its_canvas()
    {
        byte[] webp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x4f, 0xc3, 0, 0x4f, 0xc3, 0, 0, 0];
        Assert.Equal(new ImageHeader(ImageKind.WebP, 50_000, 50_000), ImageHeader.Read(new MemoryStream(webp)));
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("heic")]
    public async Task Any_damage_gets_an_answer_and_never_an_exception(string format)
    {
        var image = await TestImages.ConvertAsync(TestImages.Quarters(64, 48), "ppm", format);
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = image[..random.Next(image.Length + 1)];
            for (var change = random.Next(6); change > 0 && damaged.Length > 12; change--)
                damaged[random.Next(12, Math.Min(damaged.Length, 600))] = (byte)random.Next(256);
            var header = ImageHeader.Read(new MemoryStream(damaged));
            Assert.True(header is null or { Width: > 0, Height: > 0 });
        }
    }
}
