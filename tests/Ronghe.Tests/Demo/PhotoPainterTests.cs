using Ronghe.Demo;
using Ronghe.Platform.Files;

namespace Ronghe.Tests.Demo;

public class PhotoPainterTests
{
    const string Stamp = "2025-11-16 09:12";

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Every_scene_can_be_drawn_with_and_without_its_fault(PhotoScene scene)
    {
        var (before, after) = (PhotoPainter.Paint(scene, after: false, seed: 7, Stamp), PhotoPainter.Paint(scene, after: true, seed: 7, Stamp));
        Assert.Equal(new ImageHeader(ImageKind.Png, PhotoPainter.Width, PhotoPainter.Height), ImageHeader.Read(new MemoryStream(before)));
        Assert.NotEqual(before, after);
    }

    public static TheoryData<PhotoScene> Scenes => [.. Enum.GetValues<PhotoScene>()];

    [Fact]
    public void The_same_seed_gives_the_same_picture_and_another_seed_another() => Assert.Multiple(
        () => Assert.Equal(PhotoPainter.Paint(PhotoScene.Pump, false, 1, Stamp), PhotoPainter.Paint(PhotoScene.Pump, false, 1, Stamp)),
        () => Assert.NotEqual(PhotoPainter.Paint(PhotoScene.Pump, false, 1, Stamp), PhotoPainter.Paint(PhotoScene.Pump, false, 2, Stamp)),
        () => Assert.NotEqual(PhotoPainter.Paint(PhotoScene.Pump, false, 1, Stamp), PhotoPainter.Paint(PhotoScene.Pump, false, 1, "2025-11-17 09:12")));

    [Fact]
    public async Task A_drawn_photo_is_taken_in_like_any_other()
    {
        var photo = await new PhotoSandbox().MakeSafeAsync(new MemoryStream(PhotoPainter.Paint(PhotoScene.FireDoor, true, 3, Stamp)), "整改后.png", TestContext.Current.CancellationToken);
        Assert.Equal((PhotoPainter.Width, PhotoPainter.Height), (photo.Width, photo.Height));
        Assert.InRange(photo.Picture.Length, 20_000, 400_000);
    }

    [Theory]
    [InlineData("一层东侧常闭式防火门被灭火器箱顶住常开，闭门器已拆除", PhotoScene.FireDoor)]
    [InlineData("脚手架立杆底部悬空，未设扫地杆", PhotoScene.Scaffold)]
    [InlineData("桥架上积煤粉厚度超过3cm", PhotoScene.CoalBelt)]
    [InlineData("2号炉给煤机平台护栏松动", PhotoScene.Handrail)]
    [InlineData("EH油再生装置滤芯法兰渗油", PhotoScene.PipeFlange)]
    [InlineData("联轴器护罩一颗螺栓缺失", PhotoScene.Pump)]
    [InlineData("", PhotoScene.PipeFlange)]
    public void The_scene_suits_the_words(string text, PhotoScene scene) => Assert.Equal(scene, PhotoPainter.SceneFor(text));
}
