using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>Gas cylinders lying about beside each other; afterwards upright in racks, chained and apart.</summary>
static class GasCylinders
{
    static readonly Material Oxygen = new(0.10f, 0.32f, 0.52f) { Shine = 0.22f, Dirt = 0.45f, Rust = 0.15f };
    static readonly Material Acetylene = new(0.66f, 0.66f, 0.63f) { Shine = 0.2f, Dirt = 0.45f, Rust = 0.18f };

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.29f);
        if (after)
        {
            Rack(stage, -0.95f, Oxygen);
            Rack(stage, 0.95f, Acetylene);
            stage.Box(Palette.Plate(new(0.72f, 0.52f, 0.05f), new(0.03f), 0.04f), 0, 1.35f, Room.Depth - 0.02f, 0.6f, 0.36f, 0.02f);
        }
        else Careless(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.5f, 0.5f), stage.Between(1.4f, 1.6f), -0.2f), Target = new(0, 0.72f, 2.7f), Width = 0.6f,
            Lamp = new(stage.Between(-1.6f, 1.2f), 3.2f, 0.7f), Brightness = 0.12f,
        };
    }

    static void Cylinder(Stage stage, Material paint, Vector3 foot, Vector3 up)
    {
        stage.Bar(paint, foot, foot + up * 1.15f, 0.11f);
        stage.Ball(paint, foot + up * 1.15f, new(0.112f));
        stage.Bar(paint, foot + up * 1.2f, foot + up * 1.3f, 0.045f);
        stage.Bar(Palette.Bolt, foot + up * 1.3f, foot + up * 1.37f, 0.022f);
    }

    static void Regulator(Stage stage, Vector3 top)
    {
        stage.Bar(Palette.Bolt, top, top - new Vector3(0, 0, 0.14f), 0.016f);
        foreach (var x in (ReadOnlySpan<float>)[-0.045f, 0.045f]) stage.Bar(Palette.White, top + new Vector3(x, 0.02f, -0.14f), top + new Vector3(x, 0.02f, -0.165f), 0.036f);
    }

    static void Rack(Stage stage, float x, Material paint)
    {
        const float z = 2.9f;
        foreach (var dx in (ReadOnlySpan<float>)[-0.16f, 0.16f]) Cylinder(stage, paint, new(x + dx, 0.05f, z), Vector3.UnitY);
        Regulator(stage, new(x - 0.16f, 1.42f, z));
        stage.Box(Palette.Steel, x, 0.025f, z, 0.8f, 0.05f, 0.45f);
        foreach (var dx in (ReadOnlySpan<float>)[-0.37f, 0.37f]) stage.Box(Palette.YellowNew, x + dx, 0.65f, z + 0.05f, 0.045f, 1.3f, 0.045f);
        foreach (var y in (ReadOnlySpan<float>)[0.4f, 0.95f]) stage.Box(Palette.YellowNew, x, y, z + 0.16f, 0.78f, 0.04f, 0.03f);
        stage.Cable(Palette.Zinc, new(x - 0.37f, 0.9f, z - 0.13f), new(x + 0.37f, 0.9f, z - 0.13f), 0.05f, 0.011f);
    }

    static void Careless(Stage stage)
    {
        Cylinder(stage, Oxygen, new(-0.25f, 0, 2.8f), Vector3.Normalize(new(0.05f, 1, 0.03f)));
        Regulator(stage, new(-0.18f, 1.42f, 2.84f));
        Cylinder(stage, Acetylene, new(-0.85f, 0.115f, 2.1f), Vector3.Normalize(new(1, 0.0f, 0.22f)));
        Cylinder(stage, Acetylene, new(0.28f, 0, 2.95f), Vector3.Normalize(new(0.34f, 1, 0.22f)));
        Hose(stage, Palette.Red, new(-0.2f, 1.38f, 2.7f), new(0.9f, 0.02f, 1.8f));
        Hose(stage, Palette.Green, new(0.5f, 0.14f, 2.4f), new(1.2f, 0.02f, 1.9f));
        for (var i = 0; i < 14; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 0.9f);
            var (nextSin, nextCos) = MathF.SinCos((i + 1) * 0.9f);
            var ring = 0.2f + 0.008f * i;
            stage.Bar(Palette.Red, new(1.05f + ring * cos, 0.015f + 0.003f * i, 1.85f + ring * sin), new(1.05f + ring * nextCos, 0.015f + 0.003f * i, 1.85f + ring * nextSin), 0.012f);
        }
    }

    static void Hose(Stage stage, Material paint, Vector3 from, Vector3 to) => stage.Cable(paint, from, to, 0.28f, 0.011f);
}
