using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>The bodies of a scene, boxed in pairs of pairs, so that a ray asks only the few it passes near.</summary>
sealed class SolidTree
{
    /// <param name="Axis">Side along which the two halves lie; -1 for a node that holds bodies.</param>
    readonly record struct Node(Vector4 Low, Vector4 High, int Axis, int First, int Second);

    const float Huge = 10, Far = 1e9f;
    readonly List<Node> _nodes = [];
    readonly Solid[] _huge, _solids;
    readonly Node[] _flat;

    public SolidTree(IReadOnlyList<Solid> solids)
    {
        for (var i = 0; i < solids.Count; i++) solids[i].Number = i + 1;
        // Floors and walls would make every box large; they are asked first, and cut most rays short.
        _huge = [.. solids.Where(solid => Volume(solid) > Huge)];
        _solids = [.. solids.Where(solid => Volume(solid) <= Huge)];
        Build(0, _solids.Length);
        _flat = [.. _nodes];
    }

    /// <summary>The first body on the ray within the given distance; null when there is none. Holes let the ray through.</summary>
    public Solid? Trace(Ray ray, ref float distance)
    {
        var passed = 0f;
        for (var holes = 0; holes < 12; holes++)
        {
            var reach = distance - passed;
            var hit = Nearest(ray, ref reach);
            if (hit is null) return null;
            if (hit.Material.Hole is not { } hole || !hole(ray.At(reach)))
            {
                distance = passed + reach;
                return hit;
            }
            passed += reach + 1e-3f;
            ray = new(ray.At(reach + 1e-3f), ray.Along);
        }
        return null;
    }

    Solid? Nearest(in Ray ray, ref float distance)
    {
        Solid? hit = null;
        foreach (var solid in _huge)
            if (solid.Meet(ray, distance) is var met && met < distance) (distance, hit) = (met, solid);
        Span<int> waiting = stackalloc int[32];
        var (count, from, inverse) = (1, new Vector4(ray.From, 0), new Vector4(Vector3.One / ray.Along, 1));
        waiting[0] = 0;
        while (count > 0)
        {
            ref readonly var node = ref _flat[waiting[--count]];
            // The fourth number carries the limits along: from 0 to far away.
            var (a, b) = ((node.Low - from) * inverse, (node.High - from) * inverse);
            var (low, high) = (Vector4.Min(a, b), Vector4.Max(a, b));
            var enter = MathF.Max(MathF.Max(low.W, low.X), MathF.Max(low.Y, low.Z));
            if (enter > MathF.Min(MathF.Min(distance, high.X), MathF.Min(high.Y, high.Z))) continue;
            if (node.Axis >= 0)
            {
                var forward = ray.Along[node.Axis] > 0;
                waiting[count++] = forward ? node.Second : node.First;
                waiting[count++] = forward ? node.First : node.Second;
                continue;
            }
            for (var i = node.First; i < node.Second; i++)
                if (_solids[i].Meet(ray, distance) is var met && met < distance) (distance, hit) = (met, _solids[i]);
        }
        return hit;
    }

    int Build(int first, int count)
    {
        var (low, high) = (_solids[first].Low, _solids[first].High);
        for (var i = first + 1; i < first + count; i++) (low, high) = (Vector3.Min(low, _solids[i].Low), Vector3.Max(high, _solids[i].High));
        var at = _nodes.Count;
        _nodes.Add(new(new(low, 0), new(high, Far), -1, first, first + count));
        if (count <= 2) return at;
        var size = high - low;
        var axis = size.X > size.Y && size.X > size.Z ? 0 : size.Y > size.Z ? 1 : 2;
        Array.Sort(_solids, first, count, Comparer<Solid>.Create((a, b) => (a.Low[axis] + a.High[axis]).CompareTo(b.Low[axis] + b.High[axis])));
        var left = Build(first, count / 2);
        _nodes[at] = new(new(low, 0), new(high, Far), axis, left, Build(first + count / 2, count - count / 2));
        return at;
    }

    static float Volume(Solid solid) => (solid.High - solid.Low) is var size ? size.X * size.Y * size.Z : 0;
}
