using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>Where the photo is taken from, in what light.</summary>
sealed record Shot
{
    public Vector3 Eye { get; init; } = new(0, 1.5f, -0.4f);
    public Vector3 Target { get; init; } = new(0, 1.0f, 3);
    /// <summary>Left and right swapped: twice as many places for the same work.</summary>
    public bool IsMirrored { get; init; }
    /// <summary>Half of what the camera sees across, at a distance of one metre.</summary>
    public float Width { get; init; } = 0.62f;
    public Vector3 Lamp { get; init; } = new(1.6f, 3.4f, 0.6f);
    public Vector3 LampColour { get; init; } = new(1.0f, 0.93f, 0.80f);
    public float LampStrength { get; init; } = 9;
    /// <summary>Light from all around, from above and from below.</summary>
    public Vector3 Sky { get; init; } = new(0.30f, 0.33f, 0.36f);
    public Vector3 Ground { get; init; } = new(0.10f, 0.095f, 0.09f);
    /// <summary>Dust or steam in the air: how much of what is ten metres away it hides.</summary>
    public float Haze { get; init; } = 0.25f;
    public Vector3 HazeColour { get; init; } = new(0.20f, 0.21f, 0.22f);
    /// <summary>Where the middle of the tones lies.</summary>
    public float Brightness { get; init; } = 0.12f;
}

/// <summary>Collects the bodies of a scene, with the shapes that a plant is full of.</summary>
sealed class Stage(int seed)
{
    Random _random = new(seed);

    public List<Solid> Solids { get; } = [];
    public Shot Shot { get; set; } = new();

    /// <summary>Starts a row of random numbers of its own, so that one part of a scene does not depend on how many another part drew.</summary>
    public void Begin(int part) => _random = new(seed * 31 + part);

    public float Between(float low, float high) => low + (float)_random.NextDouble() * (high - low);
    public bool Chance(double part) => _random.NextDouble() < part;
    public T Pick<T>(params ReadOnlySpan<T> from) => from[_random.Next(from.Length)];

    public void Box(Material material, float x, float y, float z, float width, float height, float depth) =>
        Solids.Add(new Block(material, new(x, y, z), new(width, height, depth), Quaternion.Identity));

    /// <param name="yaw">Turn around the upright, in degrees; pitch around the cross axis; roll around the depth axis.</param>
    public void Turned(Material material, Vector3 centre, Vector3 size, float yaw, float pitch = 0, float roll = 0) =>
        Solids.Add(new Block(material, centre, size, Quaternion.CreateFromYawPitchRoll(Radians(yaw), Radians(pitch), Radians(roll))));

    public void Bar(Material material, Vector3 from, Vector3 to, float radius) => Solids.Add(new Bar(material, from, to, radius));

    public void Ball(Material material, Vector3 centre, Vector3 radii) => Solids.Add(new Ball(material, centre, radii));

    /// <summary>A pipe along a line of points, with a ball at each bend.</summary>
    public void Pipe(Material material, float radius, params ReadOnlySpan<Vector3> points)
    {
        for (var i = 1; i < points.Length; i++) Bar(material, points[i - 1], points[i], radius);
        for (var i = 1; i < points.Length - 1; i++) Ball(material, points[i], new(radius));
    }

    /// <summary>A cable that hangs between two points.</summary>
    public void Cable(Material material, Vector3 from, Vector3 to, float sag, float radius = 0.012f)
    {
        const int parts = 10;
        var last = from;
        for (var i = 1; i <= parts; i++)
        {
            var t = i / (float)parts;
            var next = Vector3.Lerp(from, to, t) - new Vector3(0, sag * 4 * t * (1 - t), 0);
            Bar(material, last, next, radius);
            last = next;
        }
    }

    /// <summary>A ring of bolts around an axis, some of them left out.</summary>
    public void Bolts(Material material, Vector3 centre, Vector3 axis, float ring, float radius, float length, int count, Func<int, bool>? missing = null)
    {
        var side = Vector3.Normalize(Vector3.Cross(axis, MathF.Abs(axis.Y) > 0.9f ? Vector3.UnitX : Vector3.UnitY));
        var up = Vector3.Cross(axis, side);
        for (var i = 0; i < count; i++)
        {
            if (missing?.Invoke(i) == true) continue;
            var (sin, cos) = MathF.SinCos(MathF.Tau * i / count + 0.2f);
            var at = centre + ring * (cos * side + sin * up);
            Bar(material, at - axis * length / 2, at + axis * length / 2, radius);
        }
    }

    /// <summary>A hand wheel on its spindle.</summary>
    public void Wheel(Material material, Vector3 centre, Vector3 axis, float ring, float thickness)
    {
        var side = Vector3.Normalize(Vector3.Cross(axis, MathF.Abs(axis.Y) > 0.9f ? Vector3.UnitX : Vector3.UnitY));
        var up = Vector3.Cross(axis, side);
        Vector3 Rim(int i) => centre + ring * (MathF.Cos(MathF.Tau * i / 16) * side + MathF.Sin(MathF.Tau * i / 16) * up);
        for (var i = 0; i < 16; i++) Bar(material, Rim(i), Rim(i + 1), thickness);
        for (var i = 0; i < 16; i += 4) Bar(material, centre, Rim(i), thickness * 0.8f);
        Bar(material, centre - axis * 0.2f, centre + axis * 0.04f, thickness * 1.3f);
    }

    static float Radians(float degrees) => degrees * MathF.PI / 180;
}
