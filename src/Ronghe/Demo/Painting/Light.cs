using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>
/// How much of the lamp and of the light from around reaches each place. Both change slowly, so they are found with one ray each
/// for every ninth pixel and evened out over neighbours on the same body: soft shadows for little work.
/// </summary>
sealed class Light
{
    const int Reach = 3;
    const float Corner = 1.1f;

    readonly SolidTree _solids;
    readonly Shot _shot;
    readonly int _width, _height;
    readonly int[] _body;
    readonly float[] _depth;
    readonly Vector2[] _light;

    public Light(SolidTree solids, Shot shot, Camera camera, int width, int height, uint seed)
    {
        (_solids, _shot, _width, _height) = (solids, shot, width, height);
        (_body, _depth, _light) = (new int[width * height], new float[width * height], new Vector2[width * height]);
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++) Sample(camera, x, y, seed);
        });
        _light = Even(Even(_light, 1), width);
    }

    Vector2[] Even(Vector2[] light, int step)
    {
        var even = new Vector2[light.Length];
        Parallel.For(0, _height, y =>
        {
            for (var at = y * _width; at < (y + 1) * _width; at++) even[at] = Around(light, at, step);
        });
        return even;
    }

    /// <summary>Parts of the lamp and of the surrounding light, for a place on the film that shows the given body.</summary>
    public Vector2 At(float x, float y, int body, Vector3 p, Vector3 normal, uint random)
    {
        var (fx, fy) = (x * _width - 0.5f, y * _height - 0.5f);
        var (left, top) = ((int)MathF.Floor(fx), (int)MathF.Floor(fy));
        var (sum, weights) = (Vector2.Zero, 0f);
        for (var i = 0; i < 4; i++)
        {
            var (sx, sy) = (left + (i & 1), top + (i >> 1));
            if (sx < 0 || sy < 0 || sx >= _width || sy >= _height || _body[sy * _width + sx] != body) continue;
            var weight = (1 - MathF.Abs(fx - sx)) * (1 - MathF.Abs(fy - sy)) + 1e-4f;
            sum += weight * _light[sy * _width + sx];
            weights += weight;
        }
        return weights > 0 ? sum / weights : (Reaching(p, normal, random) + Reaching(p, normal, random * 31 + 7)) / 2;
    }

    /// <summary>The body of this place when the places around show the same; null where two bodies meet and at the rim.</summary>
    public Solid? OnlyBodyAround(float x, float y)
    {
        var (column, row) = ((int)(x * _width), (int)(y * _height));
        if (column < 1 || row < 1 || column >= _width - 1 || row >= _height - 1) return null;
        var at = row * _width + column;
        var body = _body[at];
        if (body == 0) return null;
        for (var line = at - _width; line <= at + _width; line += _width)
            if (_body[line - 1] != body || _body[line] != body || _body[line + 1] != body) return null;
        return _solids[body];
    }

    void Sample(Camera camera, int x, int y, uint seed)
    {
        var at = y * _width + x;
        var ray = camera.Through((x + 0.5f) / _width, (y + 0.5f) / _height);
        var distance = 40f;
        if (_solids.Trace(ray, ref distance) is not { } solid) return;
        var p = ray.At(distance);
        (_body[at], _depth[at]) = (solid.Number, distance);
        _light[at] = Reaching(p, solid.NormalAt(p), seed + (uint)at * 4);
    }

    Vector2 Reaching(Vector3 p, Vector3 normal, uint random)
    {
        var start = p + normal * 4e-3f;
        var lamp = _shot.Lamp + 0.35f * new Vector3(Noise.Random(random) - 0.5f, 0, Noise.Random(random + 1) - 0.5f);
        var towards = lamp - start;
        var distance = towards.Length();
        var lit = Vector3.Dot(towards, normal) > 0 && _solids.Trace(new(start, towards / distance), ref distance) is null ? 1f : 0f;
        var free = Corner;
        _solids.Trace(new(start, Scattered(normal, Noise.Random(random + 2), Noise.Random(random + 3))), ref free);
        return new(lit, MathF.Sqrt(free / Corner));
    }

    static Vector3 Scattered(Vector3 normal, float a, float b)
    {
        var (sin, cos) = MathF.SinCos(MathF.Tau * a);
        var height = 2 * b - 1;
        var round = MathF.Sqrt(1 - height * height);
        return Vector3.Normalize(normal * 1.001f + new Vector3(round * cos, height, round * sin));
    }

    /// <summary>The mean of the neighbours in one direction that belong to the same body and lie about as far away.</summary>
    Vector2 Around(Vector2[] light, int at, int step)
    {
        var (body, near, far) = (_body[at], _depth[at] * 0.9f, _depth[at] * 1.1f);
        var (sum, weights) = (Vector2.Zero, 0);
        for (var other = at - Reach * step; other <= at + Reach * step; other += step)
        {
            if ((uint)other >= (uint)light.Length || _body[other] != body || _depth[other] < near || _depth[other] > far) continue;
            sum += light[other];
            weights++;
        }
        return sum / weights;
    }
}
