using System.Numerics;

namespace Ronghe.Demo.Painting.Scenes;

/// <summary>A record on a desk with its columns left blank; afterwards filled in and stamped.</summary>
static class Paperwork
{
    public static void Build(Stage stage, bool after)
    {
        stage.Begin(1);
        var top = stage.Pick(new Material(0.34f, 0.22f, 0.12f) { Shine = 0.25f, Dirt = 0.15f, Pattern = Veneer }, new(0.50f, 0.50f, 0.48f) { Shine = 0.15f, Dirt = 0.2f });
        stage.Box(top, 0, -0.02f, 0.5f, 2.4f, 0.04f, 1.4f);
        stage.Box(Palette.Wall(new(0.55f), new(0.5f), 0.2f), 0, 0.6f, 1.6f, 6, 3, 0.1f);
        stage.Bar(Palette.White, new(0.52f, 0, 0.78f), new(0.52f, 0.1f, 0.78f), 0.045f);
        stage.Turned(Palette.Blue, new(-0.55f, 0.03f, 0.75f), new(0.3f, 0.06f, 0.22f), stage.Between(-20, 20));
        stage.Turned(Palette.Dark, new(0.55f, 0.012f, 0.34f), new(0.075f, 0.01f, 0.15f), 24);
        stage.Begin(2);
        var turn = stage.Between(-7, 7);
        stage.Turned(new(0.16f, 0.10f, 0.06f) { Shine = 0.1f }, new(0, 0.004f, 0.42f), new(0.36f, 0.008f, 0.47f), turn);
        stage.Turned(Sheet(after, turn), new(0, 0.0095f, 0.41f), new(0.30f, 0.003f, 0.42f), turn);
        stage.Turned(Palette.Bolt, new(0, 0.016f, 0.62f), new(0.12f, 0.015f, 0.035f), turn);
        stage.Bar(Palette.Dark, new(0.2f, 0.014f, 0.28f), new(after ? 0.3f : 0.24f, 0.014f, 0.42f), 0.005f);
        stage.Shot = new Shot
        {
            Eye = new(stage.Between(-0.08f, 0.08f), 0.56f, 0.02f), Target = new(0.02f, 0, 0.42f), Width = 0.56f,
            Lamp = new(stage.Between(-0.9f, -0.4f), 1.3f, 0.9f), LampColour = new(1, 0.97f, 0.9f), LampStrength = 2.6f, Sky = new(0.4f, 0.42f, 0.44f),
            Haze = 0, Brightness = 0.22f,
        };
    }

    static Vector3 Veneer(Vector3 p, Vector3 colour) => colour * (0.8f + 0.35f * Noise.At(new(p.X * 5, 0, p.Z * 60)));

    /// <summary>A ruled form. Handwriting fills the rows, but for the last column before the fault was put right.</summary>
    static Material Sheet(bool after, float turn)
    {
        var (sin, cos) = MathF.SinCos(turn * MathF.PI / 180);
        return new(0.80f, 0.80f, 0.77f)
        {
            Shine = 0.03f, Dirt = 0.05f,
            Pattern = (p, paper) =>
            {
                var (px, pz) = (p.X, p.Z - 0.41f);
                var (x, y) = ((px * cos - pz * sin + 0.15f) / 0.30f, (0.21f - pz * cos - px * sin) / 0.42f);
                return Ink(x, y, paper, after);
            },
        };
    }

    static Vector3 Ink(float x, float y, Vector3 paper, bool after)
    {
        if (after && Stamp(x - 0.74f, y - 0.84f)) return new(0.62f, 0.06f, 0.06f);
        if (y is > 0.05f and < 0.1f && x is > 0.3f and < 0.7f && IsStroke(x * 26, y * 21, 1)) return new(0.04f);
        var (column, row) = (x * 5, (y - 0.15f) / 0.06f);
        if (x is < 0.05f or > 0.95f || row is < 0 or > 13) return paper;
        if (MathF.Abs(row - MathF.Round(row)) < 0.035f || MathF.Abs(column - MathF.Round(column)) < 0.014f || x is < 0.056f or > 0.944f) return new(0.12f);
        var isBlank = !after && column > 4 && row > 3;
        var isWritten = row < 1 || (!isBlank && row < 11);
        return isWritten && row - MathF.Floor(row) is > 0.2f and < 0.85f && IsStroke(x * 44, row * 1.3f, MathF.Floor(row) + 2)
            ? row < 1 ? new(0.05f) : new Vector3(0.03f, 0.05f, 0.22f)
            : paper;
    }

    static bool IsStroke(float x, float y, float line) =>
        Noise.At(new(MathF.Floor(x) * 1.37f, line * 2.1f, 5)) > 0.35f && MathF.Abs(Noise.At(new(x * 2.6f, y * 3.1f, line)) - 0.5f) < 0.09f;

    static bool Stamp(float x, float y)
    {
        var far = MathF.Sqrt(x * x + y * y * 1.96f);
        return far is > 0.115f and < 0.128f || far is > 0.07f and < 0.1f && Noise.At(new(x * 70, y * 98, 2)) > 0.52f || far < 0.03f;
    }
}
