using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A motor and a pump whose coupling turns in the open above an oil stain; afterwards guarded and clean.</summary>
static class Pump
{
    const float Y = 0.62f, Z = 2.35f;

    public static void Build(Stage stage, bool after)
    {
        Room.Hall(stage, after ? null : Room.Puddle(0.1f, Z - 0.62f, 0.6f, 0.28f));
        stage.Box(Palette.Concrete(0.34f), 0, 0.1f, Z, 2.5f, 0.2f, 0.95f);
        stage.Box(after ? Palette.MachineNew : Palette.Machine, 0, 0.24f, Z, 2.2f, 0.09f, 0.62f);
        Motor(stage, after ? Palette.Blue : new Material(0.07f, 0.15f, 0.30f) { Shine = 0.12f, Dirt = 0.65f });
        Volute(stage, after ? Palette.MachineNew : Palette.RustyPaint, after);
        Coupling(stage, after);
        if (!after) Rags(stage);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.3f, 0.3f), stage.Between(1.45f, 1.7f), -0.1f), Target = new(0.02f, 0.62f, Z), Width = 0.6f,
            Lamp = new(stage.Between(-1.5f, -0.7f), 3.2f, 0.8f), LampColour = stage.Pick(new Vector3(1, 0.92f, 0.8f), new(0.93f, 0.98f, 1f)),
        };
    }

    static void Motor(Stage stage, Material paint)
    {
        stage.Bar(paint, new(-1.05f, Y, Z), new(-0.35f, Y, Z), 0.25f);
        for (var i = 0; i < 22; i++)
        {
            var (sin, cos) = MathF.SinCos(MathF.Tau * i / 22);
            stage.Turned(paint, new(-0.7f, Y + 0.27f * sin, Z + 0.27f * cos), new(0.56f, 0.06f, 0.012f), 0, -i * 360f / 22 + 90);
        }
        stage.Bar(paint, new(-1.09f, Y, Z), new(-1.02f, Y, Z), 0.3f);
        stage.Bar(paint, new(-0.38f, Y, Z), new(-0.31f, Y, Z), 0.3f);
        stage.Box(paint, -0.72f, Y + 0.34f, Z - 0.06f, 0.24f, 0.16f, 0.2f);
        stage.Cable(Palette.Cable, new(-0.72f, Y + 0.34f, Z + 0.02f), new(-1.6f, 0.5f, Z + 0.7f), 0.12f, 0.022f);
        foreach (var x in (ReadOnlySpan<float>)[-0.9f, -0.5f]) stage.Box(paint, x, 0.36f, Z, 0.14f, 0.16f, 0.5f);
        stage.Box(Palette.Plate(new(0.5f), new(0.05f)), -0.7f, Y + 0.02f, Z - 0.305f, 0.16f, 0.1f, 0.01f);
    }

    static void Volute(Stage stage, Material paint, bool after)
    {
        stage.Bar(paint, new(0.62f, Y, Z), new(0.9f, Y, Z), 0.33f);
        stage.Bar(paint, new(0.36f, Y, Z), new(0.64f, Y, Z), 0.14f);
        stage.Bar(paint, new(0.5f, Y, Z), new(0.57f, Y, Z), 0.2f);
        stage.Bar(paint, new(0.76f, Y + 0.1f, Z + 0.1f), new(0.76f, Y + 0.75f, Z + 0.1f), 0.12f);
        stage.Bar(paint, new(0.76f, Y + 0.7f, Z + 0.1f), new(0.76f, Y + 0.76f, Z + 0.1f), 0.2f);
        stage.Bar(Palette.Cladding, new(0.76f, Y + 0.76f, Z + 0.1f), new(0.76f, 4, Z + 0.1f), 0.15f);
        stage.Bar(paint, new(0.9f, Y, Z), new(1.2f, Y, Z), 0.17f);
        stage.Bar(Palette.Cladding, new(1.2f, Y, Z), new(4, Y, Z), 0.2f);
        stage.Bolts(Palette.Bolt, new(0.61f, Y, Z), Vector3.UnitX, 0.28f, 0.02f, 0.03f, 10, i => !after && i is 3 or 4);
        stage.Box(paint, 0.76f, 0.35f, Z, 0.26f, 0.18f, 0.4f);
    }

    static void Coupling(Stage stage, bool after)
    {
        stage.Bar(Palette.Bolt, new(-0.32f, Y, Z), new(0.4f, Y, Z), 0.045f);
        stage.Bar(Palette.Iron, new(-0.12f, Y, Z), new(0.0f, Y, Z), 0.13f);
        stage.Bar(Palette.Iron, new(0.03f, Y, Z), new(0.15f, Y, Z), 0.13f);
        stage.Bar(Palette.Red, new(-0.005f, Y, Z), new(0.035f, Y, Z), 0.1f);
        if (!after)
        {
            foreach (var x in (ReadOnlySpan<float>)[-0.2f, 0.24f]) stage.Box(Palette.YellowWorn, x, 0.31f, Z - 0.2f, 0.05f, 0.06f, 0.05f);
            return;
        }
        stage.Bar(Palette.YellowNew, new(-0.22f, Y, Z), new(0.26f, Y, Z), 0.2f);
        stage.Box(Palette.YellowNew, 0.02f, Y - 0.16f, Z, 0.48f, 0.34f, 0.4f);
        stage.Box(Palette.Plate(new(0.75f, 0.55f, 0.05f), new(0.03f)), 0.02f, Y - 0.1f, Z - 0.203f, 0.16f, 0.12f, 0.004f);
    }

    static void Rags(Stage stage)
    {
        stage.Ball(Palette.Cardboard, new(0.3f, 0.30f, Z - 0.26f), new(0.13f, 0.035f, 0.08f));
        stage.Ball(Palette.White, new(0.21f, 0.31f, Z - 0.22f), new(0.09f, 0.04f, 0.06f));
    }
}
