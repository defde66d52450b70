using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A flange that leaks and drips; afterwards tight, with new bolts and a dry floor.</summary>
static class PipeFlange
{
    public static void Build(Stage stage, bool after)
    {
        var x = stage.Between(-0.15f, 0.15f);
        const float y = 1.12f, z = 2.1f;
        Room.Hall(stage, after ? null : Room.Puddle(x + 0.05f, z + 0.05f, 0.62f, 0.42f));
        var pipe = after ? Palette.CladdingNew : Palette.Cladding;
        var flange = after ? Palette.MachineNew : Leaking(x, y);
        Line(stage, pipe, flange, x, y, z, after);
        Valve(stage, x + 0.82f, y, z, after);
        Support(stage, x - 0.95f, y - 0.24f, z);
        if (!after) Drips(stage, x, y, z);
        else stage.Box(Palette.Plate(new(0.05f, 0.22f, 0.45f), new(0.8f)), x - 0.52f, y + 0.03f, z - 0.243f, 0.24f, 0.12f, 0.006f);
        stage.Shot = new Shot
        {
            Eye = new(x + stage.Between(-0.5f, 0.3f), stage.Between(1.5f, 1.75f), -0.35f), Target = new(x + 0.16f, 1.0f, z), Width = 0.56f,
            Lamp = new(stage.Between(-1.4f, -0.6f), 3.1f, 0.9f), LampColour = stage.Pick(new Vector3(1, 0.9f, 0.74f), new(0.92f, 0.98f, 0.95f)),
        };
    }

    static void Line(Stage stage, Material pipe, Material flange, float x, float y, float z, bool after)
    {
        stage.Bar(pipe, new(-6, y, z), new(x - 0.22f, y, z), 0.24f);
        stage.Bar(pipe, new(x + 0.22f, y, z), new(6, y, z), 0.24f);
        for (var band = -2.4f; band < 2.6f; band += 0.6f)
            if (MathF.Abs(band) > 0.3f) stage.Bar(Palette.Zinc, new(x + band, y, z), new(x + band + 0.025f, y, z), 0.246f);
        stage.Bar(after ? Palette.Steel : Palette.RustyPaint, new(x - 0.24f, y, z), new(x + 0.24f, y, z), 0.15f);
        stage.Bar(flange, new(x - 0.065f, y, z), new(x - 0.008f, y, z), 0.25f);
        stage.Bar(flange, new(x + 0.008f, y, z), new(x + 0.065f, y, z), 0.25f);
        stage.Bar(Palette.Rubber, new(x - 0.01f, y, z), new(x + 0.01f, y, z), 0.205f);
        stage.Bolts(after ? Palette.Bolt : Palette.Iron, new(x, y, z), Vector3.UnitX, 0.212f, 0.016f, 0.21f, 12, i => !after && i == 8);
        stage.Bolts(after ? Palette.Bolt : Palette.Iron, new(x - 0.075f, y, z), Vector3.UnitX, 0.212f, 0.027f, 0.022f, 12, i => !after && i == 8);
        stage.Bolts(after ? Palette.Bolt : Palette.Iron, new(x + 0.075f, y, z), Vector3.UnitX, 0.212f, 0.027f, 0.022f, 12, i => !after && i == 8);
    }

    static void Valve(Stage stage, float x, float y, float z, bool after)
    {
        var body = after ? Palette.MachineNew : Palette.Machine;
        stage.Bar(body, new(x - 0.2f, y, z), new(x - 0.15f, y, z), 0.29f);
        stage.Bar(body, new(x + 0.15f, y, z), new(x + 0.2f, y, z), 0.29f);
        stage.Ball(body, new(x, y, z), new(0.26f, 0.3f, 0.28f));
        stage.Bar(body, new(x, y + 0.2f, z), new(x, y + 0.46f, z), 0.13f);
        stage.Bar(body, new(x, y + 0.4f, z), new(x, y + 0.45f, z), 0.19f);
        stage.Bar(Palette.Bolt, new(x, y + 0.45f, z), new(x, y + 0.8f, z), 0.022f);
        stage.Wheel(after ? Palette.Red : Palette.RedDusty, new(x, y + 0.72f, z), Vector3.UnitY, 0.21f, 0.016f);
    }

    static void Support(Stage stage, float x, float top, float z)
    {
        stage.Box(Palette.Steel, x, top / 2, z, 0.12f, top, 0.12f);
        stage.Box(Palette.Steel, x, top - 0.02f, z, 0.4f, 0.05f, 0.3f);
        stage.Box(Palette.Concrete(0.32f), x, 0.06f, z, 0.4f, 0.12f, 0.4f);
    }

    static void Drips(Stage stage, float x, float y, float z)
    {
        for (var i = 0; i < 5; i++)
        {
            var drop = new Vector3(x + stage.Between(-0.05f, 0.05f), i < 2 ? y - 0.262f : stage.Between(0.15f, y - 0.35f), z + stage.Between(-0.05f, 0.02f));
            stage.Ball(Palette.Water, drop, new(0.0075f, i < 2 ? 0.012f : 0.019f, 0.0075f));
        }
        stage.Turned(Palette.White, new(x - 0.32f, 0.012f, z - 0.28f), new(0.34f, 0.02f, 0.22f), 24);
    }

    /// <summary>Paint that has come off around the joint, with a dark, wet trace below.</summary>
    static Material Leaking(float x, float y) => new(0.22f, 0.24f, 0.25f)
    {
        Shine = 0.2f, Dirt = 0.5f, Rust = 0.5f,
        Wet = p => p.Y < y && MathF.Abs(p.X - x) < 0.09f ? Noise.Step(0.35f, 0.6f, Noise.At(new(p.X * 30, 1, p.Z * 14))) : 0,
    };
}
