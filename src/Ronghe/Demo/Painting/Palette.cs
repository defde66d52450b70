using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>What a power plant is made of.</summary>
static class Palette
{
    public static readonly Material
        Steel = new(0.36f, 0.38f, 0.39f) { Shine = 0.25f, Dirt = 0.4f },
        Machine = new(0.12f, 0.24f, 0.27f) { Shine = 0.22f, Dirt = 0.45f },
        MachineNew = new(0.11f, 0.27f, 0.31f) { Shine = 0.35f, Dirt = 0.12f },
        Cladding = new(0.50f, 0.51f, 0.52f) { Shine = 0.45f, IsMetal = true, Dirt = 0.3f, Bumps = 0.12f },
        CladdingNew = new(0.56f, 0.57f, 0.58f) { Shine = 0.6f, IsMetal = true, Dirt = 0.08f, Bumps = 0.06f },
        Zinc = new(0.52f, 0.54f, 0.55f) { Shine = 0.3f, IsMetal = true, Dirt = 0.25f, Bumps = 0.2f },
        Bolt = new(0.45f, 0.44f, 0.42f) { Shine = 0.4f, IsMetal = true, Dirt = 0.2f },
        Iron = new(0.20f, 0.16f, 0.14f) { Shine = 0.12f, Dirt = 0.5f, Rust = 0.55f },
        RustyPaint = new(0.24f, 0.27f, 0.28f) { Shine = 0.15f, Dirt = 0.5f, Rust = 0.36f },
        Yellow = new(0.72f, 0.47f, 0.045f) { Shine = 0.2f, Dirt = 0.35f },
        YellowNew = new(0.82f, 0.56f, 0.05f) { Shine = 0.3f, Dirt = 0.06f },
        YellowWorn = new(0.62f, 0.41f, 0.06f) { Shine = 0.12f, Dirt = 0.6f, Rust = 0.33f },
        Red = new(0.55f, 0.045f, 0.035f) { Shine = 0.4f, Dirt = 0.15f },
        RedDusty = new(0.50f, 0.06f, 0.045f) { Shine = 0.18f, Dirt = 0.6f },
        Blue = new(0.06f, 0.16f, 0.38f) { Shine = 0.25f, Dirt = 0.3f },
        Rubber = new(0.035f, 0.035f, 0.037f) { Shine = 0.15f, Dirt = 0.3f },
        Cable = new(0.028f, 0.028f, 0.030f) { Shine = 0.22f, Dirt = 0.15f },
        Enamel = new(0.60f, 0.61f, 0.58f) { Shine = 0.25f, Dirt = 0.22f },
        White = new(0.74f, 0.74f, 0.72f) { Shine = 0.12f, Dirt = 0.15f },
        Dark = new(0.014f, 0.014f, 0.015f) { Shine = 0.03f, Dirt = 0 },
        Coal = new(0.022f, 0.022f, 0.023f) { Shine = 0, Dirt = 0, Bumps = 3.2f, BumpsPerMetre = 38, Pattern = Lumps },
        Wood = new(0.36f, 0.24f, 0.13f) { Shine = 0.04f, Dirt = 0.4f, Pattern = Grain },
        Cardboard = new(0.40f, 0.29f, 0.18f) { Shine = 0.03f, Dirt = 0.3f },
        Brick = new(0.30f, 0.13f, 0.09f) { Shine = 0.03f, Dirt = 0.5f, Bumps = 0.6f },
        Water = new(0.20f, 0.20f, 0.19f) { Shine = 0.9f, Dirt = 0 },
        LampOn = new(1.0f, 0.95f, 0.85f) { Glow = 5, Dirt = 0 },
        LampOff = new(0.42f, 0.43f, 0.42f) { Shine = 0.5f, Dirt = 0.3f },
        Green = new(0.05f, 0.30f, 0.14f) { Shine = 0.2f, Dirt = 0.2f };

    /// <summary>Concrete with stains, cracks now and then, and a joint every few metres.</summary>
    public static Material Concrete(float light, Func<Vector3, float>? wet = null, Func<Vector3, Vector3, Vector3>? paint = null) =>
        new(light, light * 0.97f, light * 0.92f)
        {
            Shine = 0.07f, Dirt = 0.55f, Bumps = 0.22f, Wet = wet,
            Pattern = (p, colour) =>
            {
                var worn = colour * (0.78f + 0.4f * Noise.Rough(p * 1.3f));
                var joint = MathF.Min(MathF.Abs(p.X - 2.1f * MathF.Round(p.X / 2.1f)), MathF.Abs(p.Z - 2.1f * MathF.Round(p.Z / 2.1f)));
                if (joint < 0.006f) worn *= 0.35f;
                return paint is null ? worn : paint(p, worn);
            },
        };

    /// <summary>A wall with a painted lower part, as in every machine hall.</summary>
    public static Material Wall(Vector3 upper, Vector3 lower, float height) => new(upper.X, upper.Y, upper.Z)
    {
        Shine = 0.05f, Dirt = 0.35f,
        Pattern = (p, _) => p.Y > height + 0.02f ? upper * (0.9f + 0.2f * Noise.Rough(p * 0.8f)) : p.Y > height ? upper * 0.35f : lower * (0.9f + 0.15f * Noise.Rough(p)),
    };

    /// <summary>Folded sheet metal with its ribs upright.</summary>
    public static Material Sheet(Vector3 colour) => new(colour.X, colour.Y, colour.Z)
    {
        Shine = 0.15f, Dirt = 0.4f,
        Pattern = (p, c) =>
        {
            var rib = MathF.Abs((p.X + p.Z) / 0.18f - MathF.Round((p.X + p.Z) / 0.18f));
            return c * (0.72f + 0.5f * Noise.Step(0.05f, 0.22f, rib));
        },
    };

    /// <summary>Bars that one can look through, seen from above or below.</summary>
    public static Material Grating(Material of, float mesh = 0.045f) => new(of.Colour.X, of.Colour.Y, of.Colour.Z)
    {
        Shine = of.Shine, IsMetal = of.IsMetal, Dirt = of.Dirt, Rust = of.Rust,
        Hole = p => Off(p.X, mesh) > 0.13f && Off(p.Z, mesh * 2.4f) > 0.07f,
    };

    /// <summary>Woven wire in an upright frame.</summary>
    public static Material Mesh(Material of, float mesh = 0.05f) => new(of.Colour.X, of.Colour.Y, of.Colour.Z)
    {
        Shine = of.Shine, IsMetal = of.IsMetal, Dirt = of.Dirt, Rust = of.Rust,
        Hole = p => Off(p.X + p.Z, mesh) > 0.09f && Off(p.Y, mesh) > 0.09f,
    };

    /// <summary>Yellow and black, for edges that people fall over.</summary>
    public static Material Stripes(float dirt) => new(0.75f, 0.52f, 0.05f)
    {
        Shine = 0.15f, Dirt = dirt, Pattern = (p, c) => (p.X + p.Y + p.Z) / 0.2f - MathF.Floor((p.X + p.Y + p.Z) / 0.2f) < 0.5f ? c : new Vector3(0.03f),
    };

    /// <summary>A plate with lines of writing too small to read.</summary>
    public static Material Plate(Vector3 ground, Vector3 ink, float line = 0.026f) => new(ground.X, ground.Y, ground.Z)
    {
        Shine = 0.2f, Dirt = 0.12f,
        Pattern = (p, c) => IsWriting((p.X + p.Z) / (line * 0.8f), p.Y / line) ? Vector3.Lerp(c, ink, 0.8f) : c,
    };

    static bool IsWriting(float x, float y) =>
        x - MathF.Floor(x) is > 0.12f and < 0.88f && y - MathF.Floor(y) is > 0.22f and < 0.8f
        && Noise.At(new(MathF.Floor(x) * 1.7f, MathF.Floor(y) * 1.3f, 3)) > 0.22f && Noise.At(new(x * 4, y * 4, 9)) > 0.3f;

    /// <summary>How far from the nearest line of a grid, as a part of its mesh: 0 on the line, 0.5 between.</summary>
    static float Off(float x, float mesh) => MathF.Abs(x / mesh - MathF.Round(x / mesh));

    static Vector3 Lumps(Vector3 p, Vector3 colour) => colour * (0.3f + 1.9f * Noise.At(p * 43) * Noise.At(p * 90));

    static Vector3 Grain(Vector3 p, Vector3 colour) => colour * (0.7f + 0.5f * Noise.At(new(p.X * 3, p.Y * 30, p.Z * 30)));
}
