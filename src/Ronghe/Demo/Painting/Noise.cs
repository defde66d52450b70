using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ronghe.Demo.Painting;

/// <summary>Smooth random values in space, the same on every machine: stains, rust, dust and grain come from here.</summary>
static class Noise
{
    static readonly float[] Lattice = Fill();

    /// <summary>0 to 1, changing over about one unit of length.</summary>
    public static float At(Vector3 p)
    {
        var (fx, fy, fz) = (MathF.Floor(p.X), MathF.Floor(p.Y), MathF.Floor(p.Z));
        var (x, y, z) = ((int)fx, (int)fy, (int)fz);
        var (u, v, w) = (Ease(p.X - fx), Ease(p.Y - fy), Ease(p.Z - fz));
        var near = Mix(Mix(Value(x, y, z), Value(x + 1, y, z), u), Mix(Value(x, y + 1, z), Value(x + 1, y + 1, z), u), v);
        var far = Mix(Mix(Value(x, y, z + 1), Value(x + 1, y, z + 1), u), Mix(Value(x, y + 1, z + 1), Value(x + 1, y + 1, z + 1), u), v);
        return Mix(near, far, w);
    }

    /// <summary>0 to 1, with finer detail on top.</summary>
    public static float Rough(Vector3 p) => 0.64f * At(p) + 0.36f * At(p * 3.1f + new Vector3(5.1f, 1.7f, 9.2f));

    public static float Mix(float a, float b, float t) => a + (b - a) * t;

    /// <summary>0 below the first edge, 1 above the second, smooth between.</summary>
    public static float Step(float from, float to, float x) => Ease(Math.Clamp((x - from) / (to - from), 0, 1));

    /// <summary>A fixed random number for a whole number, 0 to 1.</summary>
    public static float Random(uint n)
    {
        n = (n ^ 61) ^ n >> 16;
        n *= 9;
        n ^= n >> 4;
        n *= 0x27d4eb2d;
        n ^= n >> 15;
        return (n & 0xffffff) / (float)0x1000000;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Ease(float t) => t * t * (3 - 2 * t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Value(int x, int y, int z) => Lattice[(x * 73 + y * 4099 + z * 30103) & 0x3fff];

    static float[] Fill()
    {
        var values = new float[0x4000];
        for (var i = 0; i < values.Length; i++) values[i] = Random((uint)i * 747796405u + 2891336453u);
        return values;
    }
}
