using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A passage whose lamps are dead; afterwards lit.</summary>
static class Lighting
{
    public static void Build(Stage stage, bool after)
    {
        stage.Begin(1);
        stage.Box(Palette.Concrete(0.28f), 0, -0.5f, 6, 24, 1, 24);
        var wall = Palette.Wall(stage.Pick(new Vector3(0.52f, 0.52f, 0.48f), new(0.48f, 0.52f, 0.54f)), stage.Pick(new Vector3(0.16f, 0.28f, 0.24f), new(0.18f, 0.24f, 0.32f)), 1.2f);
        foreach (var x in (ReadOnlySpan<float>)[-1.95f, 1.95f]) stage.Box(wall, x, 2, 6, 1, 4, 20);
        stage.Box(Palette.Concrete(0.35f), 0, 3.3f, 6, 8, 0.6f, 20);
        stage.Box(wall, 0, 2, 13, 8, 4, 0.5f);
        stage.Box(Palette.Machine, -0.1f, 1.0f, 12.7f, 0.9f, 2.0f, 0.1f);
        Pipes(stage);
        for (var z = 2.2f; z < 12; z += 2.4f) Tube(stage, z, isOn: after || z > 9, hangs: !after && z < 3);
        stage.Begin(2);
        if (!after) stage.Turned(Palette.White, new(0.35f, 0.015f, 2.1f), new(0.6f, 0.01f, 0.05f), 34);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.25f, 0.25f), stage.Between(1.45f, 1.6f), -0.6f), Target = new(0, 1.42f, 6), Width = 0.62f,
            Lamp = after ? new(0, 2.55f, 2.3f) : new(0, 2.5f, 11.2f), LampColour = new(0.95f, 0.98f, 0.94f), LampStrength = after ? 6 : 11,
            Sky = after ? new(0.30f, 0.31f, 0.30f) : new(0.035f, 0.037f, 0.042f), Ground = after ? new(0.14f, 0.14f, 0.13f) : new(0.02f, 0.02f, 0.022f),
            Haze = 0.35f, HazeColour = after ? new(0.2f, 0.2f, 0.19f) : new(0.03f, 0.03f, 0.032f), Brightness = after ? 0.15f : 0.035f,
        };
    }

    static void Pipes(Stage stage)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            for (var i = 0; i < 3; i++)
            {
                var radius = stage.Between(0.04f, 0.1f);
                var (x, y) = (side * (1.42f - radius), 2.0f + i * 0.24f);
                stage.Bar(stage.Pick(Palette.Cladding, Palette.Steel, Palette.Red, Palette.Green), new(x, y, -3), new(x, y, 14), radius);
            }
        for (var z = 1.5f; z < 12; z += 2) stage.Box(Palette.Steel, -1.38f, 2.2f, z, 0.16f, 0.8f, 0.06f);
    }

    /// <summary>A fluorescent lamp under the ceiling, on, off, or hanging by one chain.</summary>
    static void Tube(Stage stage, float z, bool isOn, bool hangs)
    {
        var at = new Vector3(0, hangs ? 2.52f : 2.78f, z);
        var tilt = hangs ? 24 : 0;
        stage.Turned(Palette.Enamel, at + new Vector3(0, 0.05f, 0), new(0.22f, 0.06f, 1.25f), 0, tilt);
        stage.Turned(isOn ? Palette.LampOn : Palette.LampOff, at, new(0.06f, 0.05f, 1.15f), 0, tilt);
        foreach (var dz in (ReadOnlySpan<float>)[-0.45f, 0.45f]) stage.Bar(Palette.Zinc, at + new Vector3(0, 0.06f, dz), at + new Vector3(0, 0.6f, dz), 0.006f);
    }
}
