using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A platform whose railing has a gap; afterwards complete.</summary>
static class Handrail
{
    const float Z = 2.1f;

    public static void Build(Stage stage, bool after)
    {
        Surroundings(stage);
        var paint = after ? Palette.YellowNew : Palette.YellowWorn;
        stage.Box(Palette.Grating(Palette.Zinc), 0, -0.02f, 0.6f, 9, 0.04f, 3.1f);
        for (var x = -4f; x <= 4; x += 1) stage.Box(Palette.Steel, x, -0.12f, 0.6f, 0.08f, 0.16f, 3.1f);
        stage.Box(Palette.Steel, 0, -0.1f, Z + 0.08f, 9, 0.22f, 0.08f);
        for (var x = -3.5f; x <= 3.6f; x += 1) Post(stage, paint, x, leaning: !after && x == 0.5f);
        Rails(stage, paint, after);
        if (!after) Tape(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.45f, 0.25f), stage.Between(1.45f, 1.65f), -0.35f), Target = new(0.05f, 0.72f, Z), Width = 0.62f,
            Lamp = new(stage.Between(-1.6f, 1.6f), 3.3f, 0.7f), Haze = 0.9f, HazeColour = new(0.13f, 0.135f, 0.14f),
            LampColour = stage.Pick(new Vector3(1, 0.88f, 0.68f), new(1, 0.95f, 0.86f)),
        };
    }

    static void Post(Stage stage, Material paint, float x, bool leaning)
    {
        var top = new Vector3(leaning ? x + 0.13f : x, leaning ? 1.05f : 1.1f, leaning ? Z + 0.12f : Z);
        stage.Bar(leaning ? Palette.Iron : paint, new(x, 0, Z), Vector3.Lerp(new(x, 0, Z), top, 0.16f), 0.026f);
        stage.Bar(paint, Vector3.Lerp(new(x, 0, Z), top, 0.16f), top, 0.024f);
        stage.Box(leaning ? Palette.Iron : paint, x, 0.012f, Z, 0.12f, 0.02f, 0.1f);
    }

    static void Rails(Stage stage, Material paint, bool after)
    {
        if (after)
        {
            stage.Bar(paint, new(-5, 1.1f, Z), new(5, 1.1f, Z), 0.025f);
            stage.Bar(paint, new(-5, 0.58f, Z), new(5, 0.58f, Z), 0.02f);
            stage.Box(paint, 0, 0.07f, Z, 10, 0.12f, 0.006f);
            return;
        }
        stage.Bar(paint, new(-5, 1.1f, Z), new(-0.47f, 1.1f, Z), 0.025f);
        stage.Bar(paint, new(0.63f, 1.05f, Z + 0.12f), new(5, 1.1f, Z), 0.025f);
        stage.Bar(paint, new(-0.47f, 1.1f, Z), new(0.05f, 0.72f, Z + 0.05f), 0.025f);
        stage.Bar(paint, new(-5, 0.58f, Z), new(-0.5f, 0.58f, Z), 0.02f);
        stage.Bar(paint, new(1.5f, 0.58f, Z), new(5, 0.58f, Z), 0.02f);
        stage.Box(paint, -2.75f, 0.07f, Z, 4.5f, 0.12f, 0.006f);
        stage.Box(paint, 3.05f, 0.07f, Z, 3.9f, 0.12f, 0.006f);
    }

    static void Tape(Stage stage)
    {
        var tape = new Material(0.55f, 0.05f, 0.04f) { Pattern = (p, c) => MathF.Floor(p.X / 0.09f) % 2 == 0 ? c : new Vector3(0.7f), Dirt = 0.1f };
        stage.Cable(tape, new(-0.5f, 0.95f, Z - 0.03f), new(0.58f, 0.9f, Z + 0.06f), 0.12f, 0.016f);
    }

    /// <summary>The open hall behind: boiler wall, steelwork and pipes that fade in the dust.</summary>
    static void Surroundings(Stage stage)
    {
        stage.Begin(1);
        stage.Box(Palette.Sheet(stage.Pick(new Vector3(0.30f, 0.31f, 0.33f), new(0.26f, 0.32f, 0.36f))), 0, 0, 8.5f, 26, 14, 1);
        stage.Box(Palette.Concrete(0.22f), 0, -4, 5, 26, 0.2f, 12);
        for (var x = -4.5f; x < 5; x += 3f) stage.Box(Palette.Steel, x + stage.Between(-0.4f, 0.4f), 0, 7, 0.35f, 10, 0.35f);
        stage.Box(Palette.Steel, 0, stage.Between(2.1f, 2.5f), 6.8f, 14, 0.35f, 0.2f);
        for (var i = 0; i < 4; i++)
        {
            var (y, radius) = (stage.Between(-1.8f, 2.4f), stage.Between(0.12f, 0.42f));
            stage.Bar(stage.Pick(Palette.Cladding, Palette.Cladding, Palette.Steel, Palette.Green), new(-8, y, 5.6f + i * 0.3f), new(8, y + stage.Between(-0.3f, 0.3f), 5.6f + i * 0.3f), radius);
        }
        var duct = stage.Between(-2f, 2f);
        stage.Bar(Palette.Cladding, new(duct, -4, 6.2f), new(duct, 5, 6.2f), stage.Between(0.4f, 0.7f));
        stage.Begin(2);
    }
}
