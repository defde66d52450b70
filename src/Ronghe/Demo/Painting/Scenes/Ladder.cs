using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A ladder up a tower with hoops of its cage rusted away; afterwards whole.</summary>
static class Ladder
{
    const float Z = 2.5f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.27f);
        stage.Bar(Palette.Concrete(0.36f), new(0.2f, 0, 6.1f), new(0.2f, 7, 6.1f), 3.25f);
        var paint = after ? Palette.YellowNew : new Material(0.40f, 0.28f, 0.09f) { Shine = 0.1f, Dirt = 0.6f, Rust = 0.6f };
        foreach (var x in (ReadOnlySpan<float>)[-0.25f, 0.25f]) stage.Box(paint, x, 2.3f, Z, 0.05f, 4.6f, 0.02f);
        for (var y = 0.25f; y < 4.4f; y += 0.29f)
            if (after || y is < 1.5f or > 1.7f) stage.Bar(paint, new(-0.25f, y, Z), new(0.25f, y, Z), 0.013f);
        for (var y = 0.5f; y < 4; y += 1.2f)
            foreach (var x in (ReadOnlySpan<float>)[-0.25f, 0.25f]) stage.Box(paint, x, y, Z + 0.2f, 0.05f, 0.05f, 0.4f);
        Cage(stage, paint, after);
        if (after) stage.Box(Palette.Plate(new(0.05f, 0.2f, 0.45f), new(0.75f)), 0.72f, 1.35f, Z + 0.28f, 0.36f, 0.46f, 0.02f);
        else stage.Turned(paint, new(-0.55f, 0.03f, Z - 0.45f), new(0.55f, 0.01f, 0.05f), 31, 2);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.8f, 0.8f), stage.Between(1.35f, 1.6f), -0.6f), Target = new(0, 1.85f, Z), Width = 0.62f,
            Lamp = new(stage.Between(1.2f, 2.2f), 4.6f, -0.8f), LampColour = new(0.96f, 0.98f, 1f), LampStrength = 14, Sky = new(0.36f, 0.40f, 0.45f), Brightness = 0.14f,
        };
    }

    static void Cage(Stage stage, Material paint, bool after)
    {
        for (var i = 0; i < 5; i++)
            if (after || i is not (1 or 2)) Hoop(stage, paint, 1.5f + 0.55f * i, parts: 12);
        if (!after) Hoop(stage, paint, 2.05f, parts: 4);
        for (var i = 2; i <= 10; i += 2)
        {
            var side = Rim(i, 12);
            var from = after || i is not (4 or 6) ? 1.5f : 2.7f;
            stage.Bar(paint, new(side.X, from, side.Y), new(side.X, 4, side.Y), 0.011f);
        }
    }

    static void Hoop(Stage stage, Material paint, float y, int parts)
    {
        for (var i = 0; i < parts; i++)
        {
            var (a, b) = (Rim(i, 12), Rim(i + 1, 12));
            stage.Bar(paint, new(a.X, y, a.Y), new(b.X, y, b.Y), 0.017f);
        }
    }

    static Vector2 Rim(int i, int parts)
    {
        var (sin, cos) = MathF.SinCos(MathF.PI * i / parts);
        return new(0.36f * cos, Z - 0.02f - 0.62f * sin);
    }
}
