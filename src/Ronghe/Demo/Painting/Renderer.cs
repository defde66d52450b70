using System.Buffers;
using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>Follows a ray from the camera into the scene for every pixel and reckons the light that comes back.</summary>
sealed class Renderer
{
    const float Far = 40;

    readonly SolidTree _solids;
    readonly Shot _shot;
    readonly Camera _camera;
    readonly Light _light;
    readonly int _width, _height;
    readonly uint _seed;

    Renderer(Stage stage, int width, int height, uint seed)
    {
        (_solids, _shot, _width, _height, _seed) = (new(stage.Solids), stage.Shot, width, height, seed);
        _camera = new(_shot, width / (float)height, roll: stage.Between(-0.022f, 0.022f));
        _light = new(_solids, _shot, _camera, (width + 2) / 3, (height + 2) / 3, seed);
    }

    /// <summary>Linear light, row by row, in a rented array that may be longer than the picture.</summary>
    public static Vector3[] Render(Stage stage, int width, int height, uint seed)
    {
        var renderer = new Renderer(stage, width, height, seed);
        var (pixels, smooth) = (ArrayPool<Vector3>.Shared.Rent(width * height), ArrayPool<Vector3>.Shared.Rent(width * height));
        var bodies = ArrayPool<int>.Shared.Rent(width * height);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++) (pixels[y * width + x], bodies[y * width + x]) = renderer.Look(x + 0.5f, y + 0.5f);
        });
        renderer.Smooth(pixels, bodies, smooth);
        ArrayPool<int>.Shared.Return(bodies);
        ArrayPool<Vector3>.Shared.Return(pixels);
        return smooth;
    }

    /// <summary>Looks twice more at pixels where two bodies of different brightness meet.</summary>
    void Smooth(Vector3[] pixels, int[] bodies, Vector3[] smooth)
    {
        pixels.AsSpan(0, _width * _height).CopyTo(smooth);
        Parallel.For(1, _height - 1, y =>
        {
            for (var x = 1; x < _width - 1; x++)
            {
                var at = y * _width + x;
                bool Differs(int other) => bodies[other] != bodies[at] && (Tamed(pixels[other]) - Tamed(pixels[at])).LengthSquared() > 0.0025f * (0.05f + pixels[at].LengthSquared());
                if (!Differs(at + 1) && !Differs(at - 1) && !Differs(at + _width) && !Differs(at - _width)) continue;
                smooth[at] = (Tamed(pixels[at]) + Tamed(Look(x + 0.15f, y + 0.2f).Light) + Tamed(Look(x + 0.85f, y + 0.8f).Light)) / 3;
            }
        });
    }

    /// <summary>A glint must not outweigh the dark beside it, or its edge stays jagged.</summary>
    static Vector3 Tamed(Vector3 light) => Vector3.Min(light, new(2.5f));

    (Vector3 Light, int Body) Look(float x, float y)
    {
        var ray = _camera.Through(x / _width, y / _height);
        var distance = Far;
        if ((Surely(ray, x, y, ref distance) ?? _solids.Trace(ray, ref distance)) is not { } solid) return (_shot.HazeColour, 0);
        var p = ray.At(distance);
        var face = solid.NormalAt(p);
        var reaching = _light.At(x / _width, y / _height, solid.Number, p, face, _seed + (uint)(y * 4096 + x) * 9);
        var light = Shade(solid.Material, p, face, ray.Along, reaching);
        return (Vector3.Lerp(light, _shot.HazeColour, 1 - MathF.Exp(-distance * _shot.Haze * 0.1f)), solid.Number);
    }

    /// <summary>In the midst of a body no other needs to be looked for: half of the work of a picture.</summary>
    Solid? Surely(in Ray ray, float x, float y, ref float distance)
    {
        if (_light.OnlyBodyAround(x / _width, y / _height) is not { Material.Hole: null } solid) return null;
        var met = solid.Meet(ray, distance);
        if (met >= distance) return null;
        distance = met;
        return solid;
    }

    Vector3 Shade(Material material, Vector3 p, Vector3 face, Vector3 along, Vector2 reaching)
    {
        var colour = material.ColourAt(p);
        if (material.Glow > 0) return colour * material.Glow;
        var normal = material.Bump(p, face);
        var wet = material.Wet?.Invoke(p) ?? 0;
        if (wet > 0) (colour, normal) = (colour * (1 - 0.72f * wet), Vector3.Normalize(Vector3.Lerp(normal, face, wet)));
        var (lamp, around) = Lighting(p, normal, reaching);
        var matt = colour * (lamp + around) * (material.IsMetal ? 0.45f : 1);
        return matt + Gloss(material, colour, p, normal, along, reaching, wet);
    }

    (Vector3 Lamp, Vector3 Around) Lighting(Vector3 p, Vector3 normal, Vector2 reaching)
    {
        var towards = _shot.Lamp - p;
        var square = towards.LengthSquared();
        var slant = MathF.Max(0, Vector3.Dot(normal, towards) / MathF.Sqrt(square));
        var lamp = _shot.LampColour * (_shot.LampStrength * slant * reaching.X / (square + 1));
        var around = Vector3.Lerp(_shot.Ground, _shot.Sky, 0.5f + 0.5f * normal.Y) * reaching.Y;
        return (lamp, around);
    }

    Vector3 Gloss(Material material, Vector3 colour, Vector3 p, Vector3 normal, Vector3 along, Vector2 reaching, float wet)
    {
        var shine = MathF.Max(material.Shine, wet);
        if (shine < 0.02f) return Vector3.Zero;
        var mirrored = Vector3.Reflect(along, normal);
        var slant = 1 - MathF.Max(0, -Vector3.Dot(along, normal));
        var grazing = slant * slant * slant * slant;
        var towards = Vector3.Normalize(_shot.Lamp - p);
        var sharp = 12 + 220 * shine * shine;
        // Farther off nothing of it can be seen.
        var glint = Vector3.Dot(mirrored, towards) is var near && near > 0.5f ? MathF.Pow(near, sharp) * reaching.X * shine * 2.2f : 0;
        var seen = wet > 0.3f ? Mirrored(p, normal, mirrored) : Surroundings(mirrored);
        var tint = material.IsMetal && wet < 0.3f ? colour * 1.6f : Vector3.One;
        var strength = material.IsMetal ? 0.35f + 0.5f * shine : shine * (0.05f + 0.6f * grazing);
        if (wet > 0.3f) strength = wet * (0.3f + 0.7f * grazing);
        return tint * (seen * strength * (0.35f + 0.65f * reaching.Y) + _shot.LampColour * glint);
    }

    /// <summary>What water shows: the bodies around, plainly lit.</summary>
    Vector3 Mirrored(Vector3 p, Vector3 normal, Vector3 along)
    {
        var distance = 12f;
        var ray = new Ray(p + normal * 4e-3f, along);
        if (_solids.Trace(ray, ref distance) is not { } solid) return Surroundings(along);
        var there = ray.At(distance);
        var colour = solid.Material.ColourAt(there);
        if (solid.Material.Glow > 0) return colour * solid.Material.Glow;
        var (lamp, around) = Lighting(there, solid.NormalAt(there), new(0.7f, 0.8f));
        return colour * (lamp + around);
    }

    /// <summary>A hall as bare metal mirrors it: dark below, lighter above, with two rows of lamps.</summary>
    Vector3 Surroundings(Vector3 along)
    {
        var hall = Vector3.Lerp(_shot.Ground, _shot.Sky, Noise.Step(-0.4f, 0.8f, along.Y)) * 0.9f;
        var row = Noise.Step(0.25f, 0.08f, MathF.Abs(MathF.Abs(along.X) - 0.32f)) * Noise.Step(0.45f, 0.8f, along.Y);
        return hall + _shot.LampColour * (1.5f * row);
    }
}
