using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>How a surface looks: paint, dirt, rust and shine. Patterns and holes are functions of the place on the surface.</summary>
sealed class Material(float r, float g, float b)
{
    static readonly Vector3 RustDark = new(0.085f, 0.038f, 0.022f), RustBright = new(0.22f, 0.088f, 0.035f), Dust = new(0.20f, 0.18f, 0.155f);

    public Vector3 Colour { get; init; } = new(r, g, b);
    /// <summary>0 matt to 1 mirror-like.</summary>
    public float Shine { get; init; } = 0.06f;
    /// <summary>Reflections take the colour of the surface, as on bare metal.</summary>
    public bool IsMetal { get; init; }
    /// <summary>0 new to 1 filthy.</summary>
    public float Dirt { get; init; } = 0.35f;
    /// <summary>0 none to 1 eaten up.</summary>
    public float Rust { get; init; }
    /// <summary>How uneven the surface is.</summary>
    public float Bumps { get; init; }
    public float BumpsPerMetre { get; init; } = 9;
    /// <summary>Light of its own.</summary>
    public float Glow { get; init; }
    /// <summary>Changes the colour at a place (in metres, in the room).</summary>
    public Func<Vector3, Vector3, Vector3>? Pattern { get; init; }
    /// <summary>True where one can see through: gratings, meshes.</summary>
    public Func<Vector3, bool>? Hole { get; init; }
    /// <summary>0 dry to 1 under water, which darkens and mirrors.</summary>
    public Func<Vector3, float>? Wet { get; init; }

    public Vector3 ColourAt(Vector3 p)
    {
        var colour = Pattern is null ? Colour : Pattern(p, Colour);
        if (Dirt > 0) colour = Soil(colour, p);
        if (Rust > 0) colour = Corrode(colour, p);
        return colour;
    }

    public Vector3 Bump(Vector3 p, Vector3 normal)
    {
        if (Bumps == 0) return normal;
        var q = p * BumpsPerMetre;
        var n = Noise.At(q);
        var slope = new Vector3(Noise.At(q + new Vector3(0.4f, 0, 0)) - n, Noise.At(q + new Vector3(0, 0.4f, 0)) - n, Noise.At(q + new Vector3(0, 0, 0.4f)) - n);
        return Vector3.Normalize(normal - slope * Bumps);
    }

    /// <summary>Blotches everywhere, streaks that run down, and more of both near the floor.</summary>
    Vector3 Soil(Vector3 colour, Vector3 p)
    {
        var blotches = Noise.Rough(p * 2.6f);
        var streaks = Noise.At(new Vector3(p.X * 9, p.Y * 0.7f, p.Z * 9));
        var low = 1 - Noise.Step(0, 0.6f, p.Y);
        var amount = Dirt * Math.Clamp(0.9f * Noise.Step(0.42f, 0.8f, blotches) + 0.5f * Noise.Step(0.5f, 0.85f, streaks) + 0.45f * low * blotches, 0, 1);
        return Vector3.Lerp(colour, Dust * (0.6f + 0.5f * blotches), amount) * (0.94f + 0.12f * Noise.At(p * 41));
    }

    Vector3 Corrode(Vector3 colour, Vector3 p)
    {
        var spots = 0.5f * Noise.At(p * 5 + new Vector3(3, 3, 3)) + 0.3f * Noise.At(p * 17) + 0.2f * Noise.At(p * 53);
        var amount = Noise.Step(1 - Rust - 0.14f, 1 - Rust + 0.05f, spots * 0.8f + 0.2f);
        return Vector3.Lerp(colour, Vector3.Lerp(RustDark, RustBright, Noise.At(p * 37)), amount);
    }
}
