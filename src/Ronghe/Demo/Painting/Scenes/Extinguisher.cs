using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>Extinguishers knocked over behind boxes; afterwards upright in their stand with the floor in front kept clear.</summary>
static class Extinguisher
{
    const float Z = 3.35f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.32f, paint: after ? Marking : null);
        stage.Box(Palette.Concrete(0.4f), 0, 1.6f, 3.9f, 3.2f, 3.2f, 0.5f);
        stage.Box(Palette.Plate(new(0.55f, 0.04f, 0.03f), new(0.8f), 0.045f), 0, 1.52f, 3.64f, 0.62f, 0.3f, 0.02f);
        stage.Bar(Palette.Red, new(1.15f, 0, 3.55f), new(1.15f, 4, 3.55f), 0.06f);
        if (after) Stand(stage);
        else Mess(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.5f, 0.4f), stage.Between(1.35f, 1.55f), 0.75f), Target = new(0.05f, 0.68f, Z), Width = 0.56f,
            Lamp = new(stage.Between(-1.2f, -0.5f), 3.1f, 1.2f), LampColour = stage.Pick(new Vector3(1, 0.95f, 0.86f), new(0.93f, 0.98f, 1)), Brightness = 0.13f,
        };
    }

    static Vector3 Marking(Vector3 p, Vector3 colour)
    {
        var (dx, dz) = (MathF.Abs(p.X), MathF.Abs(p.Z - 3.05f));
        return dx < 0.75f && dz < 0.55f && (dx > 0.68f || dz > 0.48f) ? new Vector3(0.66f, 0.44f, 0.04f) * (0.6f + 0.5f * Noise.Rough(p * 5)) : colour;
    }

    static void Stand(Stage stage)
    {
        stage.Box(Palette.Red, 0, 0.06f, Z, 0.62f, 0.12f, 0.3f);
        stage.Box(Palette.Red, 0, 0.28f, Z - 0.13f, 0.62f, 0.04f, 0.02f);
        foreach (var x in (ReadOnlySpan<float>)[-0.3f, 0.3f]) stage.Box(Palette.Red, x, 0.2f, Z - 0.02f, 0.02f, 0.3f, 0.26f);
        Upright(stage, -0.15f, 0.1f, Palette.Red);
        Upright(stage, 0.15f, 0.1f, Palette.Red);
    }

    static void Upright(Stage stage, float x, float y, Material paint)
    {
        stage.Bar(paint, new(x, y, Z), new(x, y + 0.46f, Z), 0.085f);
        stage.Ball(paint, new(x, y + 0.46f, Z), new(0.085f, 0.06f, 0.085f));
        stage.Bar(Palette.Bolt, new(x, y + 0.5f, Z), new(x, y + 0.58f, Z), 0.026f);
        stage.Turned(Palette.Dark, new(x + 0.03f, y + 0.61f, Z), new(0.2f, 0.02f, 0.03f), 0, 0, 12);
        stage.Turned(Palette.Dark, new(x + 0.03f, y + 0.57f, Z), new(0.16f, 0.015f, 0.025f), 0, 0, -6);
        stage.Bar(Palette.White, new(x - 0.035f, y + 0.54f, Z - 0.04f), new(x - 0.035f, y + 0.54f, Z - 0.025f), 0.02f);
        stage.Cable(Palette.Rubber, new(x - 0.02f, y + 0.55f, Z - 0.02f), new(x - 0.105f, y + 0.16f, Z - 0.05f), -0.07f, 0.011f);
        stage.Bar(Palette.Plate(new(0.72f), new(0.05f), 0.03f), new(x, y + 0.17f, Z), new(x, y + 0.34f, Z), 0.0862f);
    }

    static void Mess(Stage stage)
    {
        stage.Box(Palette.RedDusty, 0, 0.06f, Z, 0.62f, 0.12f, 0.3f);
        Upright(stage, 0.16f, 0.1f, Palette.RedDusty);
        stage.Bar(Palette.RedDusty, new(-0.55f, 0.09f, Z - 0.35f), new(-0.95f, 0.09f, Z - 0.62f), 0.085f);
        stage.Ball(Palette.RedDusty, new(-0.55f, 0.09f, Z - 0.35f), new(0.075f));
        stage.Bar(Palette.Bolt, new(-0.55f, 0.09f, Z - 0.35f), new(-0.43f, 0.09f, Z - 0.27f), 0.024f);
        stage.Cable(Palette.Rubber, new(-0.46f, 0.08f, Z - 0.29f), new(-0.2f, 0.02f, Z - 0.75f), 0.02f, 0.011f);
        stage.Turned(Palette.Cardboard, new(0.62f, 0.22f, Z - 0.42f), new(0.5f, 0.44f, 0.4f), 18);
        stage.Turned(Palette.Cardboard, new(0.58f, 0.58f, Z - 0.4f), new(0.42f, 0.28f, 0.34f), -9);
        stage.Turned(Palette.Wood, new(0.2f, 0.55f, Z + 0.1f), new(0.07f, 1.3f, 0.03f), 0, 0, 22);
        stage.Turned(Palette.Cardboard, new(-0.05f, 0.012f, Z - 0.8f), new(0.6f, 0.015f, 0.4f), -28);
    }
}
