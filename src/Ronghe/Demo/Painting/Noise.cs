using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ronghe.Demo.Painting;

/// <summary>Smooth random values in space, the same on every machine: stains, rust, dust and grain come from here.</summary>
static class Noise
{
    const int Places = 0x4000, Right = 73, Up = 4099, Deep = 30103;

    /// <summary>For each place of the lattice its own value and those above, behind, and above behind it: what one reading needs, side by side.</summary>
    static readonly Vector4[] Lattice = Fill();

    /// <summary>0 to 1, changing over about one unit of length.</summary>
    public static float At(Vector3 p)
    {
        var q = p.AsVector128();
        var floor = Vector128.Floor(q);
        var corner = Vector128.ConvertToInt32Native(floor);
        var part = q - floor;
        var ease = part * part * (Vector128.Create(3f) - part - part);
        var (u, v, w) = (ease.GetElement(0), ease.GetElement(1), ease.GetElement(2));
        var at = corner.GetElement(0) * Right + corner.GetElement(1) * Up + corner.GetElement(2) * Deep;
        var (left, right) = (Lattice[at & (Places - 1)], Lattice[(at + Right) & (Places - 1)]);
        var between = left + (right - left) * u;
        return Mix(Mix(between.X, between.Y, v), Mix(between.Z, between.W, v), w);
    }

    /// <summary>0 to 1, with finer detail on top.</summary>
    public static float Rough(Vector3 p) => 0.64f * At(p) + 0.36f * At(p * 3.1f + new Vector3(5.1f, 1.7f, 9.2f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    static Vector4[] Fill()
    {
        var values = new Vector4[Places];
        for (var i = 0; i < Places; i++) values[i] = new(Value(i), Value(i + Up), Value(i + Deep), Value(i + Up + Deep));
        return values;
    }

    static float Value(int place) => Random((uint)(place & (Places - 1)) * 747796405u + 2891336453u);
}
