namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A scaffold on loose bricks with a plank missing; afterwards footed, braced, decked and tagged.</summary>
static class Scaffold
{
    const float Front = 2.2f, Back = 3.15f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.27f);
        BoilerWall(stage);
        var tube = after ? Palette.Zinc : new Material(0.40f, 0.38f, 0.36f) { Shine = 0.2f, IsMetal = true, Dirt = 0.5f, Rust = 0.35f };
        foreach (var z in (ReadOnlySpan<float>)[Front, Back])
            for (var x = -2.4f; x <= 2.5f; x += 1.2f) Post(stage, tube, x, z, after);
        foreach (var y in after ? [0.2f, 1.15f, 2.25f] : (ReadOnlySpan<float>)[1.15f, 2.25f]) Ledgers(stage, tube, y);
        if (after) stage.Bar(tube, new(-1.9f, 0.2f, Front - 0.05f), new(0.2f, 2.4f, Front - 0.05f), 0.024f);
        Deck(stage, after);
        if (after) stage.Box(Palette.Plate(new(0.04f, 0.35f, 0.14f), new(0.75f)), 0.14f, 0.82f, Front - 0.035f, 0.2f, 0.28f, 0.008f);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.5f, 0.5f), stage.Between(1.35f, 1.6f), -0.5f), Target = new(0.1f, 0.84f, Front), Width = 0.58f,
            Lamp = new(stage.Between(-1.6f, 1.6f), 3.6f, 0.4f), Haze = 0.5f,
        };
    }

    static void BoilerWall(Stage stage)
    {
        for (var x = -3.2f; x < 3.3f; x += 0.2f) stage.Bar(Palette.RustyPaint, new(x, 0, 3.9f), new(x, 5, 3.9f), 0.085f);
    }

    static void Post(Stage stage, Material tube, float x, float z, bool after)
    {
        var bottom = after ? 0.03f : z == Front && MathF.Abs(x) < 0.1f ? 0.12f : 0.0f;
        stage.Bar(tube, new(x, bottom, z), new(x, 4.5f, z), 0.024f);
        if (after) stage.Box(Palette.Zinc, x, 0.015f, z, 0.16f, 0.02f, 0.16f);
        else if (bottom > 0)
        {
            stage.Turned(Palette.Brick, new(x, 0.03f, z), new(0.24f, 0.06f, 0.12f), 12);
            stage.Turned(Palette.Brick, new(x + 0.02f, 0.09f, z), new(0.24f, 0.06f, 0.12f), -24);
        }
    }

    static void Ledgers(Stage stage, Material tube, float y)
    {
        foreach (var z in (ReadOnlySpan<float>)[Front, Back])
        {
            stage.Bar(tube, new(-3.2f, y, z - 0.045f), new(3.2f, y, z - 0.045f), 0.024f);
            for (var x = -2.4f; x <= 2.5f; x += 1.2f) stage.Box(Palette.Iron, x, y, z - 0.03f, 0.085f, 0.09f, 0.085f);
        }
        for (var x = -2.4f; x <= 2.5f; x += 1.2f) stage.Bar(tube, new(x + 0.05f, y + 0.045f, Front - 0.15f), new(x + 0.05f, y + 0.045f, Back + 0.15f), 0.024f);
    }

    static void Deck(Stage stage, bool after)
    {
        for (var i = 0; i < 4; i++)
        {
            var z = Front + 0.1f + i * 0.24f;
            if (!after && i == 1) stage.Turned(Palette.Wood, new(0.5f, 1.05f, z), new(2.3f, 0.045f, 0.22f), 3, 0, -13);
            else if (after || i != 2) stage.Box(Palette.Wood, 0, 1.245f, z, 5.6f, 0.045f, 0.22f);
        }
        if (after) stage.Box(Palette.Stripes(0.1f), 0, 1.35f, Front - 0.03f, 5.6f, 0.16f, 0.02f);
    }
}
