using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>An electrical cabinet that stands open with wires hanging out; afterwards shut and locked.</summary>
static class Cabinet
{
    const float Front = 2.75f, Height = 2.05f, Wide = 0.82f;
    static readonly Material Inside = new(0.20f, 0.205f, 0.20f) { Shine = 0.1f, Dirt = 0.3f };

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, lightness: 0.33f);
        stage.Box(Palette.Steel, 0, 0.05f, Front + 0.3f, Wide * 5 + 0.1f, 0.1f, 0.6f);
        for (var i = -2; i <= 2; i++)
            if (i != 0) Shut(stage, i * Wide);
        Middle(stage, after);
        if (after) stage.Box(new(0.02f, 0.09f, 0.06f) { Shine = 0.12f, Dirt = 0.15f }, 0, 0.004f, Front - 0.45f, 4.4f, 0.008f, 0.75f);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.6f, 0.3f), stage.Between(1.4f, 1.6f), 0.15f), Target = new(0, 1.02f, Front), Width = 0.6f,
            Lamp = new(stage.Between(-1.2f, -0.2f), 3.2f, 0.6f), LampColour = new(0.93f, 0.98f, 1), Sky = new(0.34f, 0.37f, 0.40f), Brightness = 0.15f,
        };
    }

    static void Shut(Stage stage, float x)
    {
        stage.Box(Palette.Enamel, x, 0.1f + Height / 2, Front + 0.3f, Wide - 0.012f, Height, 0.6f);
        Door(stage, new(x, 0.1f + Height / 2, Front - 0.012f), 0);
        foreach (var dx in (ReadOnlySpan<float>)[-0.17f, 0, 0.17f])
            stage.Bar(new(0.02f, 0.35f, 0.06f) { Glow = 1.2f, Dirt = 0 }, new(x + dx, 1.86f, Front - 0.045f), new(x + dx, 1.86f, Front - 0.02f), 0.018f);
        foreach (var dx in (ReadOnlySpan<float>)[-0.14f, 0.14f])
        {
            stage.Box(Palette.Dark, x + dx, 1.65f, Front - 0.03f, 0.17f, 0.17f, 0.02f);
            stage.Box(Palette.White, x + dx, 1.655f, Front - 0.042f, 0.14f, 0.12f, 0.006f);
        }
    }

    static void Door(Stage stage, Vector3 centre, float yaw)
    {
        stage.Turned(Palette.Enamel, centre, new(Wide - 0.05f, Height - 0.06f, 0.022f), yaw);
        var turn = Quaternion.CreateFromYawPitchRoll(yaw * MathF.PI / 180, 0, 0);
        Vector3 At(float x, float y, float z) => centre + Vector3.Transform(new(x, y, z), turn);
        stage.Turned(Palette.Dark, At(0.32f, 0.05f, -0.02f), new(0.035f, 0.2f, 0.03f), yaw);
        stage.Turned(Warning, At(0, 0.22f, -0.0135f), new(0.2f, 0.18f, 0.004f), yaw);
        for (var i = 0; i < 7; i++) stage.Turned(Palette.Dark, At(0, -0.78f + i * 0.035f, -0.012f), new(0.4f, 0.01f, 0.006f), yaw);
    }

    /// <summary>A yellow plate; from a few steps away the sign on it is a dark flash.</summary>
    static readonly Material Warning = new(0.78f, 0.54f, 0.03f)
    {
        Shine = 0.25f, Dirt = 0.08f,
        Pattern = (p, c) => MathF.Abs(p.Y - 1.345f) < 0.055f && MathF.Abs(p.X - MathF.Round(p.X / Wide) * Wide + (p.Y - 1.345f) * 0.35f) < 0.016f ? new Vector3(0.02f) : c,
    };

    static void Middle(Stage stage, bool after)
    {
        if (after)
        {
            Shut(stage, 0);
            stage.Bar(Palette.Bolt, new(0.32f, 1.02f, Front - 0.07f), new(0.32f, 1.02f, Front - 0.045f), 0.026f);
            return;
        }
        stage.Box(Inside, 0, 0.1f + Height / 2, Front + 0.58f, Wide, Height, 0.03f);
        foreach (var x in (ReadOnlySpan<float>)[-Wide / 2 + 0.015f, Wide / 2 - 0.015f]) stage.Box(Palette.Enamel, x, 0.1f + Height / 2, Front + 0.3f, 0.03f, Height, 0.6f);
        stage.Box(Palette.Enamel, 0, 0.08f + Height, Front + 0.3f, Wide, 0.04f, 0.6f);
        stage.Box(Inside, 0, 0.12f, Front + 0.3f, Wide, 0.03f, 0.6f);
        Door(stage, new(-Wide / 2 - 0.23f, 0.1f + Height / 2, Front - 0.33f), 57);
        Breakers(stage);
        Wires(stage);
    }

    static void Breakers(Stage stage)
    {
        foreach (var y in (ReadOnlySpan<float>)[1.72f, 1.36f, 1.0f])
        {
            stage.Box(Palette.Zinc, 0, y, Front + 0.54f, Wide - 0.08f, 0.04f, 0.03f);
            for (var i = 0; i < 6; i++)
                if (y > 1.1f || i < 4) stage.Box(i % 3 == 2 ? Palette.Cable : Palette.White, -0.28f + i * 0.11f, y, Front + 0.5f, 0.085f, 0.17f, 0.08f);
            stage.Box(Palette.Machine, 0, y - 0.17f, Front + 0.53f, Wide - 0.12f, 0.06f, 0.05f);
        }
    }

    static void Wires(Stage stage)
    {
        ReadOnlySpan<Material> colours = [Palette.Red, Palette.YellowNew, Palette.Green, Palette.Cable, Palette.Blue];
        for (var i = 0; i < 9; i++)
        {
            var x = -0.3f + i * 0.075f;
            stage.Cable(colours[i % 5], new(x, 1.3f + 0.36f * (i % 2), Front + 0.44f), new(x + stage.Between(-0.15f, 0.15f), 0.16f, Front + stage.Between(0.1f, 0.4f)), -0.05f, 0.009f);
        }
        stage.Cable(Palette.Cable, new(0.15f, 0.9f, Front + 0.3f), new(0.45f, 0.03f, Front - 0.45f), 0.1f, 0.015f);
        stage.Bar(Palette.White, new(-0.2f, 0.14f, Front + 0.15f), new(-0.2f, 0.25f, Front + 0.15f), 0.04f);
        stage.Ball(Palette.Cardboard, new(0.05f, 0.16f, Front + 0.15f), new(0.11f, 0.035f, 0.07f));
    }
}
