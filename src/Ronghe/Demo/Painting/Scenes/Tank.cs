using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A storage tank that weeps at a nozzle into its bund; afterwards repainted and dry.</summary>
static class Tank
{
    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, after ? null : Room.Puddle(-0.25f, 2.05f, 0.8f, 0.34f));
        var shell = after
            ? new Material(0.58f, 0.58f, 0.53f) { Shine = 0.25f, Dirt = 0.12f }
            : new Material(0.50f, 0.49f, 0.44f) { Shine = 0.14f, Dirt = 0.75f, Rust = 0.17f, Pattern = Streak };
        stage.Bar(shell, new(0.25f, 0.12f, 3.6f), new(0.25f, 3.3f, 3.6f), 1.25f);
        stage.Bar(Palette.Concrete(0.33f), new(0.25f, 0, 3.6f), new(0.25f, 0.14f, 3.6f), 1.4f);
        for (var y = 0.9f; y < 3; y += 0.85f) stage.Bar(shell, new(0.25f, y, 3.6f), new(0.25f, y + 0.04f, 3.6f), 1.265f);
        Nozzle(stage, after);
        Gauge(stage);
        stage.Box(after ? Palette.Stripes(0.1f) : Palette.Concrete(0.3f), 0, 0.17f, 0.95f, 9, 0.34f, 0.16f);
        if (after) stage.Box(Palette.Plate(new(0.75f, 0.52f, 0.05f), new(0.03f)), 0.75f, 1.55f, 2.41f, 0.34f, 0.42f, 0.02f);
        else stage.Bar(Palette.Blue, new(-0.2f, 0.02f, 2.1f), new(-0.2f, 0.2f, 2.1f), 0.16f);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.9f, 0.1f), stage.Between(1.5f, 1.7f), -0.35f), Target = new(-0.05f, 0.98f, 2.6f), Width = 0.6f,
            Lamp = new(stage.Between(-1.8f, -1.0f), 3.4f, 0.7f),
        };
    }

    static void Nozzle(Stage stage, bool after)
    {
        var paint = after ? Palette.MachineNew : Palette.Iron;
        var from = new Vector3(-0.25f, 0.72f, 2.6f);
        stage.Bar(paint, from, from - new Vector3(0, 0, 0.28f), 0.07f);
        stage.Bar(paint, from - new Vector3(0, 0, 0.24f), from - new Vector3(0, 0, 0.32f), 0.13f);
        stage.Bolts(Palette.Bolt, from - new Vector3(0, 0, 0.33f), Vector3.UnitZ, 0.1f, 0.013f, 0.04f, 8);
        stage.Pipe(paint, 0.07f, from - new Vector3(0, 0, 0.3f), from - new Vector3(0, 0, 0.55f), new(-0.25f, 0.3f, 2.05f), new(-1.4f, 0.3f, 2.05f), new(-4, 0.3f, 2.05f));
        stage.Wheel(after ? Palette.Red : Palette.RedDusty, new(-0.25f, 1.0f, 2.15f), Vector3.UnitY, 0.11f, 0.011f);
        if (!after) for (var i = 0; i < 3; i++) stage.Ball(Palette.Water, new(-0.25f + 0.02f * i, 0.55f - 0.14f * i, 2.28f), new(0.009f, 0.02f, 0.009f));
    }

    static void Gauge(Stage stage)
    {
        stage.Bar(new(0.10f, 0.22f, 0.24f) { Shine = 0.7f, Dirt = 0.1f }, new(-0.5f, 0.8f, 2.52f), new(-0.5f, 2.6f, 2.52f), 0.025f);
        foreach (var y in (ReadOnlySpan<float>)[0.82f, 1.7f, 2.58f]) stage.Bar(Palette.Bolt, new(-0.5f, y, 2.52f), new(-0.44f, y, 2.7f), 0.02f);
    }

    /// <summary>What has run down from the nozzle over the years.</summary>
    static Vector3 Streak(Vector3 p, Vector3 colour)
    {
        var below = Noise.Step(0.8f, 0.5f, p.Y) * Noise.Step(0.32f, 0.08f, MathF.Abs(p.X + 0.25f + 0.2f * (Noise.At(p * 7) - 0.5f)));
        return Vector3.Lerp(colour, new(0.13f, 0.065f, 0.03f), 0.85f * below);
    }
}
