using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A belt whose tail drum turns unguarded over spilled coal; afterwards behind a mesh, on a swept floor.</summary>
static class CoalBelt
{
    const float Z = 2.75f, Y = 0.95f, Drum = -0.55f;
    static readonly Material Belt = new(0.030f, 0.030f, 0.031f) { Shine = 0.12f, Dirt = 0.2f };

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: after ? 0.22f : 0.15f, paint: after ? null : Dusty);
        Conveyor(stage, after);
        Cord(stage, after);
        if (after) Guard(stage);
        else Spill(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.9f, -0.3f), stage.Between(1.5f, 1.7f), -0.15f), Target = new(-0.05f, 0.78f, Z), Width = 0.6f,
            Lamp = new(stage.Between(-1.5f, -0.4f), 3.1f, 0.7f), LampColour = new(1, 0.87f, 0.66f), LampStrength = 11,
            Sky = new(0.24f, 0.25f, 0.26f), Haze = after ? 0.4f : 1.1f, HazeColour = new(0.15f, 0.14f, 0.125f), Brightness = 0.1f,
        };
    }

    static Vector3 Dusty(Vector3 p, Vector3 colour) => Vector3.Lerp(colour, new(0.03f), 0.75f * Noise.Step(0.3f, 0.6f, Noise.Rough(p * 1.7f)));

    static void Conveyor(Stage stage, bool after)
    {
        var frame = after ? Palette.Machine : Palette.RustyPaint;
        stage.Box(Belt, 3, Y + 0.03f, Z, 7.1f, 0.025f, 0.86f);
        stage.Box(Belt, 3, Y - 0.52f, Z, 7.1f, 0.02f, 0.86f);
        stage.Bar(Belt, new(Drum, Y - 0.245f, Z - 0.43f), new(Drum, Y - 0.245f, Z + 0.43f), 0.285f);
        stage.Bar(frame, new(Drum, Y - 0.245f, Z - 0.445f), new(Drum, Y - 0.245f, Z + 0.445f), 0.25f);
        stage.Bar(Palette.Bolt, new(Drum, Y - 0.245f, Z - 0.62f), new(Drum, Y - 0.245f, Z + 0.6f), 0.045f);
        stage.Box(Palette.Machine, Drum, Y - 0.25f, Z - 0.53f, 0.26f, 0.2f, 0.1f);
        foreach (var z in (ReadOnlySpan<float>)[Z - 0.5f, Z + 0.5f])
        {
            stage.Box(frame, 2.7f, Y - 0.2f, z, 7, 0.16f, 0.05f);
            for (var x = -0.75f; x < 5; x += 1.35f) stage.Box(frame, x, (Y - 0.28f) / 2, z, 0.09f, Y - 0.28f, 0.09f);
        }
        for (var x = 0.1f; x < 5.5f; x += 0.7f)
        {
            stage.Bar(Palette.Zinc, new(x, Y - 0.04f, Z - 0.42f), new(x, Y - 0.04f, Z + 0.42f), 0.05f);
            stage.Turned(frame, new(x, Y - 0.06f, Z - 0.49f), new(0.05f, 0.22f, 0.03f), 0);
        }
        for (var i = 0; i < 16; i++)
            stage.Ball(Palette.Coal, new(-0.1f + i * 0.36f, Y + 0.05f, Z + stage.Between(-0.06f, 0.06f)), new(0.32f, stage.Between(0.1f, 0.19f), stage.Between(0.22f, 0.3f)));
    }

    static void Cord(Stage stage, bool after)
    {
        for (var x = -0.7f; x < 5; x += 1.9f) stage.Bar(Palette.Zinc, new(x, Y - 0.15f, Z - 0.56f), new(x, Y + 0.14f, Z - 0.6f), 0.01f);
        stage.Cable(Palette.Red, new(-0.7f, Y + 0.13f, Z - 0.6f), new(1.2f, Y + 0.13f, Z - 0.6f), after ? 0.02f : 0.34f, 0.008f);
        stage.Cable(Palette.Red, new(1.2f, Y + 0.13f, Z - 0.6f), new(3.1f, Y + 0.13f, Z - 0.6f), after ? 0.02f : 0.12f, 0.008f);
        stage.Box(Palette.YellowNew, 1.2f, Y - 0.05f, Z - 0.58f, 0.12f, 0.18f, 0.08f);
    }

    static void Guard(Stage stage)
    {
        var wire = Palette.Mesh(Palette.YellowNew);
        stage.Box(wire, Drum + 0.05f, Y - 0.2f, Z - 0.68f, 1.2f, 0.86f, 0.006f);
        stage.Box(wire, Drum - 0.55f, Y - 0.2f, Z - 0.1f, 0.006f, 0.86f, 1.15f);
        foreach (var y in (ReadOnlySpan<float>)[Y - 0.63f, Y + 0.23f]) stage.Box(Palette.YellowNew, Drum + 0.05f, y, Z - 0.68f, 1.24f, 0.04f, 0.03f);
        foreach (var x in (ReadOnlySpan<float>)[Drum - 0.55f, Drum + 0.05f, Drum + 0.65f]) stage.Box(Palette.YellowNew, x, (Y + 0.25f) / 2, Z - 0.68f, 0.04f, Y + 0.25f, 0.03f);
        stage.Box(Palette.Plate(new(0.78f, 0.55f, 0.05f), new(0.03f), 0.035f), Drum + 0.36f, Y - 0.12f, Z - 0.69f, 0.28f, 0.18f, 0.006f);
    }

    static void Spill(Stage stage)
    {
        for (var i = 0; i < 44; i++)
        {
            var (x, z) = (stage.Between(-1.3f, 1.6f), stage.Between(Z - 0.85f, Z + 0.3f));
            stage.Ball(Palette.Coal, new(x, 0, z), new(stage.Between(0.1f, 0.3f), stage.Between(0.06f, 0.24f), stage.Between(0.08f, 0.24f)));
        }
        for (var i = 0; i < 30; i++)
        {
            var size = stage.Between(0.015f, 0.05f);
            stage.Turned(Palette.Coal, new(stage.Between(-1.6f, 1.8f), size / 2, stage.Between(1.0f, 2.0f)), new(size * 1.4f, size, size), stage.Between(0, 90));
        }
    }
}
