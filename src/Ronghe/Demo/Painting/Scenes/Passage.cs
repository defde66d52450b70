using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A way out blocked by what nobody put away; afterwards clear between yellow lines.</summary>
static class Passage
{
    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: after ? 0.32f : 0.27f, paint: after ? Lines : null);
        stage.Box(Palette.Machine, 0, 1.05f, Room.Depth - 0.02f, 1.6f, 2.1f, 0.06f);
        stage.Box(Palette.Dark, 0, 1.05f, Room.Depth - 0.055f, 0.015f, 2.06f, 0.01f);
        stage.Box(new(0.03f, 0.42f, 0.16f) { Glow = 1.5f, Dirt = 0 }, 0, 2.3f, Room.Depth - 0.05f, 0.5f, 0.18f, 0.04f);
        if (!after) Clutter(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.35f, 0.35f), stage.Between(1.45f, 1.6f), -0.5f), Target = new(0, 0.88f, 3), Width = 0.6f,
            Lamp = new(stage.Between(-1.2f, 1.2f), 3.3f, 1.0f), LampColour = new(0.96f, 0.98f, 0.94f), Brightness = 0.13f,
        };
    }

    static Vector3 Lines(Vector3 p, Vector3 colour) =>
        MathF.Abs(MathF.Abs(p.X) - 0.95f) < 0.055f ? new Vector3(0.68f, 0.46f, 0.04f) * (0.7f + 0.4f * Noise.Rough(p * 4)) : colour;

    static void Clutter(Stage stage)
    {
        foreach (var (x, z) in (ReadOnlySpan<(float, float)>)[(-0.62f, 3.3f), (-0.12f, 3.6f)]) Drum(stage, x, z);
        stage.Turned(Palette.Cardboard, new(0.5f, 0.25f, 2.9f), new(0.6f, 0.5f, 0.5f), 13);
        stage.Turned(Palette.Cardboard, new(0.56f, 0.66f, 2.92f), new(0.46f, 0.32f, 0.4f), -11);
        stage.Turned(Palette.Cardboard, new(0.98f, 0.2f, 2.5f), new(0.42f, 0.4f, 0.42f), 32);
        for (var i = 0; i < 5; i++) stage.Turned(Palette.Wood, new(-0.35f + 0.02f * i, 0.04f + 0.06f * i, 2.35f), new(1.2f, 0.045f, 0.1f), 6 + 3 * i);
        stage.Bar(Palette.Iron, new(-1.3f, 0.04f, 2.9f), new(0.6f, 0.05f, 2.05f), 0.035f);
        stage.Bar(Palette.Iron, new(-1.4f, 0.04f, 2.6f), new(0.45f, 0.11f, 2.3f), 0.028f);
        stage.Turned(Palette.Wood, new(-1.05f, 0.62f, 3.9f), new(0.06f, 1.5f, 0.04f), 0, 12, 14);
    }

    static void Drum(Stage stage, float x, float z)
    {
        var paint = x < -0.4f ? Palette.Blue : Palette.RustyPaint;
        stage.Bar(paint, new(x, 0, z), new(x, 0.86f, z), 0.28f);
        foreach (var y in (ReadOnlySpan<float>)[0.02f, 0.3f, 0.58f, 0.85f]) stage.Bar(paint, new(x, y, z), new(x, y + 0.02f, z), 0.29f);
    }
}
