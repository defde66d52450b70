namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A trench with one cover missing and a plank laid over the hole; afterwards covered and edged in yellow.</summary>
static class FloorCover
{
    const float Near = 1.55f, Far = 2.25f, Panel = 0.62f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage);
        stage.Solids.RemoveAt(0);
        var floor = Palette.Concrete(0.30f);
        stage.Box(floor, 0, -0.5f, Near - 5, 24, 1, 10);
        stage.Box(floor, 0, -0.5f, Far + 5, 24, 1, 10);
        stage.Box(Palette.Concrete(0.12f), 0, -1.05f, (Near + Far) / 2, 24, 0.5f, 1);
        stage.Bar(Palette.Cable, new(-8, -0.62f, Near + 0.2f), new(8, -0.62f, Near + 0.2f), 0.05f);
        stage.Bar(Palette.RustyPaint, new(-8, -0.55f, Near + 0.45f), new(8, -0.55f, Near + 0.45f), 0.09f);
        Covers(stage, after);
        if (after) Edges(stage);
        else Plank(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.5f, 0.3f), stage.Between(1.5f, 1.7f), 0.1f), Target = new(0.05f, -0.05f, 1.95f), Width = 0.58f,
            Lamp = new(stage.Between(-1.6f, -0.8f), 3.1f, 1.0f), Brightness = 0.11f,
        };
    }

    static void Covers(Stage stage, bool after)
    {
        var steel = after ? Palette.Zinc : new Material(0.33f, 0.31f, 0.29f) { Shine = 0.2f, IsMetal = true, Dirt = 0.5f, Rust = 0.42f };
        for (var i = -5; i <= 5; i++)
        {
            if (!after && i == 0) continue;
            var x = i * Panel;
            stage.Box(Palette.Grating(steel, 0.05f), x, -0.02f, (Near + Far) / 2, Panel - 0.05f, 0.035f, Far - Near - 0.03f);
            foreach (var side in (ReadOnlySpan<float>)[-1, 1]) stage.Box(steel, x + side * (Panel / 2 - 0.02f), -0.02f, (Near + Far) / 2, 0.025f, 0.045f, Far - Near - 0.02f);
            foreach (var z in (ReadOnlySpan<float>)[Near + 0.02f, Far - 0.02f]) stage.Box(steel, x, -0.02f, z, Panel - 0.03f, 0.045f, 0.025f);
        }
    }

    static void Edges(Stage stage)
    {
        foreach (var z in (ReadOnlySpan<float>)[Near - 0.07f, Far + 0.07f]) stage.Box(Palette.YellowNew, 0, 0.0015f, z, 16, 0.003f, 0.09f);
    }

    static void Plank(Stage stage)
    {
        stage.Turned(Palette.Wood, new(0.14f, 0.02f, 1.9f), new(0.21f, 0.035f, 1.15f), 8);
        stage.Turned(Palette.Wood, new(-0.55f, 0.02f, 2.62f), new(0.15f, 0.03f, 1.0f), 74, 0, 1);
        stage.Turned(Palette.Zinc, new(1.0f, 0.05f, 2.75f), new(Panel, 0.04f, 0.6f), 28, 4);
    }
}
