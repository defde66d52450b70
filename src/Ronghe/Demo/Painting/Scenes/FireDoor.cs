using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A fire door wedged open with its closer gone; afterwards shut, with closer and sign.</summary>
static class FireDoor
{
    const float Z = 3.0f, Wide = 1.05f, High = 2.1f;

    public static void Build(Stage stage, bool after)
    {
        Walls(stage);
        var leaf = stage.Pick(new Material(0.38f, 0.08f, 0.06f) { Shine = 0.25f, Dirt = 0.25f }, new(0.26f, 0.31f, 0.32f) { Shine = 0.25f, Dirt = 0.25f });
        stage.Begin(2);
        Frame(stage);
        if (after) Shut(stage, leaf);
        else Open(stage, leaf);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.7f, 0.5f), stage.Between(1.4f, 1.55f), -0.4f), Target = new(0.02f, 0.98f, Z), Width = 0.6f,
            Lamp = new(stage.Between(-1.2f, 1.0f), 3.2f, 0.9f), LampColour = new(0.97f, 0.97f, 0.9f), Sky = new(0.34f, 0.35f, 0.35f), Brightness = 0.14f,
        };
    }

    static void Walls(Stage stage)
    {
        stage.Begin(1);
        stage.Box(Palette.Concrete(0.36f), 0, -0.5f, 4, 24, 1, 24);
        var wall = Palette.Wall(stage.Pick(new Vector3(0.60f, 0.59f, 0.55f), new(0.55f, 0.58f, 0.58f)), stage.Pick(new Vector3(0.20f, 0.34f, 0.30f), new(0.40f, 0.41f, 0.41f)), 1.1f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1]) stage.Box(wall, side * (Wide / 2 + 5), 2, Z + 0.12f, 10, 5, 0.24f);
        stage.Box(wall, 0, High + 1.5f, Z + 0.12f, Wide, 3, 0.24f);
        stage.Box(Palette.Wall(new(0.4f), new(0.3f), 1), 0, 2, Z + 3.4f, 8, 5, 0.2f);
        stage.Box(wall, 1.6f, 2, Z + 1.8f, 0.2f, 5, 3.2f);
        stage.Box(new(0.03f, 0.42f, 0.16f) { Glow = 1.6f, Dirt = 0 }, 0, High + 0.3f, Z - 0.03f, 0.4f, 0.16f, 0.03f);
        stage.Box(Palette.White, 0, High + 0.3f, Z - 0.048f, 0.16f, 0.05f, 0.005f);
    }

    static void Frame(Stage stage)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1]) stage.Box(Palette.Steel, side * (Wide / 2 - 0.02f), High / 2, Z, 0.07f, High, 0.1f);
        stage.Box(Palette.Steel, 0, High - 0.02f, Z, Wide, 0.07f, 0.1f);
    }

    static void Shut(Stage stage, Material leaf)
    {
        stage.Box(leaf, 0, High / 2, Z, Wide - 0.1f, High - 0.08f, 0.05f);
        stage.Box(Palette.Bolt, 0.38f, 1.02f, Z - 0.05f, 0.14f, 0.025f, 0.03f);
        stage.Box(Palette.Zinc, 0.38f, 1.02f, Z - 0.03f, 0.06f, 0.22f, 0.01f);
        stage.Box(Palette.Zinc, -0.22f, High - 0.2f, Z - 0.06f, 0.26f, 0.07f, 0.07f);
        stage.Turned(Palette.Zinc, new(0.02f, High - 0.13f, Z - 0.1f), new(0.32f, 0.015f, 0.03f), 18);
        stage.Box(Palette.Plate(new(0.04f, 0.34f, 0.14f), new(0.8f), 0.05f), 0, 1.5f, Z - 0.03f, 0.34f, 0.17f, 0.006f);
        stage.Box(new(0.05f, 0.06f, 0.065f) { Shine = 0.8f, Dirt = 0 }, 0, 1.74f, Z - 0.028f, 0.2f, 0.2f, 0.006f);
    }

    static void Open(Stage stage, Material leaf)
    {
        stage.Turned(leaf, new(-Wide / 2 + 0.22f, High / 2, Z - 0.42f), new(Wide - 0.1f, High - 0.08f, 0.05f), -62);
        stage.Turned(Palette.Bolt, new(-0.09f, 1.02f, Z - 0.84f), new(0.03f, 0.03f, 0.14f), 28);
        stage.Box(Palette.RedDusty, 0.06f, 0.24f, Z - 0.98f, 0.34f, 0.48f, 0.22f);
        stage.Box(Palette.Plate(new(0.7f), new(0.4f, 0.03f, 0.03f), 0.05f), 0.06f, 0.3f, Z - 1.093f, 0.24f, 0.2f, 0.004f);
        stage.Box(Palette.Cardboard, 0.62f, 0.18f, Z + 0.75f, 0.5f, 0.36f, 0.4f);
        stage.Turned(Palette.Cardboard, new(0.55f, 0.5f, Z + 0.8f), new(0.4f, 0.28f, 0.34f), 14);
        foreach (var x in (ReadOnlySpan<float>)[-0.08f, 0.04f]) stage.Bar(Palette.Dark, new(x, High - 0.02f, Z - 0.06f), new(x, High - 0.02f, Z - 0.045f), 0.01f);
    }
}
