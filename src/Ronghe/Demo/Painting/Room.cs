using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>The hall around the subject: floor, wall behind, and what stands and runs there, different for each seed.</summary>
static class Room
{
    public const float Depth = 4.6f;

    public static void Hall(Stage stage, Func<Vector3, float>? wet = null, float lightness = 0.30f, Func<Vector3, Vector3, Vector3>? paint = null)
    {
        stage.Begin(1);
        stage.Box(Palette.Concrete(lightness, wet, paint), 0, -0.5f, 4, 24, 1, 24);
        var upper = stage.Pick(new Vector3(0.56f, 0.56f, 0.52f), new(0.50f, 0.54f, 0.55f), new(0.60f, 0.57f, 0.50f));
        var lower = stage.Pick(new Vector3(0.16f, 0.30f, 0.26f), new(0.18f, 0.26f, 0.34f), new(0.33f, 0.33f, 0.32f));
        var wall = stage.Chance(0.3) ? Palette.Sheet(upper * 0.8f) : Palette.Wall(upper, lower, 1.25f);
        stage.Box(wall, 0, 3, Depth + 0.5f, 24, 8, 1);
        Column(stage, stage.Between(-2.9f, -2.2f));
        Column(stage, stage.Between(2.3f, 3.0f));
        WallPipes(stage);
        if (stage.Chance(0.6)) Conduit(stage, stage.Between(-1.4f, 1.4f));
        stage.Begin(2);
    }

    /// <summary>An I-beam with its feet in a concrete block, striped to a man's height.</summary>
    static void Column(Stage stage, float x)
    {
        const float z = Depth - 0.45f;
        var paint = stage.Chance(0.5) ? Palette.Steel : Palette.RustyPaint;
        stage.Box(paint, x, 2.5f, z - 0.13f, 0.3f, 5, 0.025f);
        stage.Box(paint, x, 2.5f, z + 0.13f, 0.3f, 5, 0.025f);
        stage.Box(paint, x, 2.5f, z, 0.02f, 5, 0.26f);
        stage.Box(Palette.Concrete(0.3f), x, 0.12f, z, 0.55f, 0.24f, 0.55f);
        if (stage.Chance(0.7)) stage.Box(Palette.Stripes(0.4f), x, 0.75f, z - 0.145f, 0.3f, 0.95f, 0.004f);
    }

    static void WallPipes(Stage stage)
    {
        var y = stage.Between(2.0f, 2.3f);
        for (var i = 0; i < 3; i++)
        {
            var radius = stage.Between(0.035f, 0.11f);
            var pipe = stage.Pick(Palette.Steel, Palette.Cladding, Palette.Red, Palette.Green, Palette.Zinc);
            stage.Bar(pipe, new(-7, y, Depth - 0.2f - radius), new(7, y, Depth - 0.2f - radius), radius);
            for (var x = -4f; x < 5; x += 1.9f) stage.Box(Palette.Steel, x, y - radius - 0.02f, Depth - 0.15f, 0.06f, 0.05f, 0.3f);
            y += radius + stage.Between(0.16f, 0.24f);
        }
    }

    static void Conduit(Stage stage, float x)
    {
        stage.Bar(Palette.Zinc, new(x, 1.45f, Depth - 0.03f), new(x, 4.5f, Depth - 0.03f), 0.02f);
        stage.Box(Palette.Enamel, x, 1.3f, Depth - 0.06f, 0.22f, 0.3f, 0.12f);
    }

    /// <summary>A lamp that can be seen, and gives the light of the shot.</summary>
    public static void HangingLamp(Stage stage, Vector3 at, bool isOn)
    {
        stage.Bar(Palette.Cable, at + new Vector3(0, 0.12f, 0), at + new Vector3(0, 3, 0), 0.01f);
        stage.Bar(Palette.Machine, at + new Vector3(0, 0.03f, 0), at + new Vector3(0, 0.14f, 0), 0.06f);
        stage.Bar(Palette.Machine, at, at + new Vector3(0, 0.04f, 0), 0.17f);
        stage.Ball(isOn ? Palette.LampOn : Palette.LampOff, at - new Vector3(0, 0.02f, 0), new(0.11f, 0.1f, 0.11f));
    }

    /// <summary>A spot on the floor with a ragged edge: 1 in its middle, 0 outside.</summary>
    public static Func<Vector3, float> Puddle(float x, float z, float wide, float deep) => p =>
    {
        var (dx, dz) = ((p.X - x) / wide, (p.Z - z) / deep);
        var far = MathF.Sqrt(dx * dx + dz * dz) + 0.55f * (Noise.Rough(new(p.X * 2.4f, 0.5f, p.Z * 2.4f)) - 0.5f);
        return 1 - Noise.Step(0.78f, 0.98f, far);
    };
}
