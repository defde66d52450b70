using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>Cable trays with covers off, cables hanging and dust on them; afterwards clean and covered.</summary>
static class CableTray
{
    const float Z = 2.9f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.25f);
        Tray(stage, 0.78f, after, covered: after, cables: 6);
        Tray(stage, 1.28f, after, covered: after, cables: 8);
        for (var x = -3.9f; x < 4; x += 1.3f)
        {
            stage.Box(Palette.Steel, x, 1.1f, Z + 0.32f, 0.06f, 2.2f, 0.06f);
            foreach (var y in (ReadOnlySpan<float>)[0.72f, 1.22f]) stage.Box(Palette.Steel, x, y, Z + 0.05f, 0.05f, 0.05f, 0.56f);
        }
        if (!after) Loose(stage);
        else stage.Box(Palette.Plate(new(0.72f, 0.52f, 0.05f), new(0.03f)), 0.3f, 1.35f, Z - 0.236f, 0.26f, 0.09f, 0.004f);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.9f, -0.2f), stage.Between(1.65f, 1.85f), 0.75f), Target = new(0.1f, 1.0f, Z), Width = 0.58f,
            Lamp = new(stage.Between(-1.2f, 0.4f), 3.1f, 1.0f), LampColour = stage.Pick(new Vector3(1, 0.9f, 0.74f), new(0.94f, 0.98f, 0.96f)), Brightness = 0.1f,
        };
    }

    static void Tray(Stage stage, float y, bool after, bool covered, int cables)
    {
        var zinc = after ? Palette.Zinc : new Material(0.40f, 0.41f, 0.41f) { Shine = 0.22f, IsMetal = true, Dirt = 0.75f, Bumps = 0.15f };
        foreach (var z in (ReadOnlySpan<float>)[Z - 0.23f, Z + 0.23f]) stage.Box(zinc, 0, y + 0.05f, z, 10, 0.11f, 0.012f);
        for (var x = -4.5f; x < 4.6f; x += 0.3f) stage.Box(zinc, x, y + 0.01f, Z, 0.04f, 0.02f, 0.46f);
        for (var i = 0; i < cables; i++)
        {
            var (z, radius) = (Z - 0.19f + i * 0.38f / (cables - 1), 0.014f + 0.008f * (i % 3));
            stage.Bar(Palette.Cable, new(-5, y + 0.02f + radius, z), new(5, y + 0.02f + radius, z + 0.03f), radius);
        }
        if (covered) stage.Box(zinc, 0, y + 0.11f, Z, 10, 0.012f, 0.5f);
        else stage.Turned(zinc, new(y > 1 ? -2.1f : 2.2f, y + 0.12f, Z), new(2.2f, 0.012f, 0.5f), y > 1 ? 4 : -6, 0, y > 1 ? 3 : 0);
    }

    static void Loose(Stage stage)
    {
        stage.Cable(Palette.Cable, new(-0.55f, 1.32f, Z - 0.24f), new(0.75f, 1.32f, Z - 0.25f), 0.33f, 0.016f);
        stage.Cable(Palette.Cable, new(-0.2f, 1.32f, Z - 0.25f), new(0.95f, 0.85f, Z - 0.27f), 0.2f, 0.013f);
        stage.Cable(Palette.Red, new(0.1f, 1.31f, Z - 0.25f), new(0.5f, 0.42f, Z - 0.32f), 0.1f, 0.008f);
        for (var i = 0; i < 9; i++)
            stage.Ball(Palette.Coal, new(stage.Between(-1.4f, 1.6f), i % 2 == 0 ? 1.35f : 0.84f, Z + stage.Between(-0.16f, 0.1f)), new(stage.Between(0.1f, 0.3f), 0.03f, stage.Between(0.06f, 0.12f)));
        stage.Turned(Palette.Zinc, new(0.9f, 0.25f, Z - 0.1f), new(1.7f, 0.012f, 0.5f), 6, 62, 4);
    }
}
