using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>The bodies of a scene, boxed in pairs of pairs, so that a ray asks only the few it passes near.</summary>
sealed class SolidTree
{
    /// <param name="Axis">Side along which the two halves lie; -1 for a node that holds bodies.</param>
    readonly record struct Node(Vector4 Low, Vector4 High, int Axis, int First, int Second);

    const float Huge = 10, Far = 1e9f;
    const int MostUneven = 24, MostWaiting = 48;
    readonly List<Node> _nodes = [];
    readonly Solid[] _huge, _solids, _numbered;
    readonly Node[] _flat;

    public SolidTree(IReadOnlyList<Solid> solids)
    {
        _numbered = [.. solids];
        for (var i = 0; i < solids.Count; i++) solids[i].Number = i + 1;
        // Floors and walls would make every box large; they are asked first, and cut most rays short.
        _huge = [.. solids.Where(solid => Volume(solid) > Huge)];
        _solids = [.. solids.Where(solid => Volume(solid) <= Huge)];
        Build(0, _solids.Length);
        _flat = [.. _nodes];
    }

    public Solid this[int number] => _numbered[number - 1];

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

    /// <summary>Minima and maxima without a care for not-a-number, which costs as much as the rest; the fourth number carries the limits along: from 0 to far away.</summary>
    Solid? Nearest(in Ray ray, ref float distance)
    {
        Solid? hit = null;
        foreach (var solid in _huge)
            if (solid.Meet(ray, distance) is var met && met < distance) (distance, hit) = (met, solid);
        Span<int> waiting = stackalloc int[MostWaiting];
        var inverse = new Vector4(Vector3.One / ray.Along, 1);
        var (count, start) = (1, -new Vector4(ray.From, 0) * inverse);
        var forward = (ray.Along.X > 0 ? 1 : 0) | (ray.Along.Y > 0 ? 2 : 0) | (ray.Along.Z > 0 ? 4 : 0);
        waiting[0] = 0;
        while (count > 0)
        {
            ref readonly var node = ref _flat[waiting[--count]];
            var (a, b) = (node.Low * inverse + start, node.High * inverse + start);
            var (low, high) = (Vector4.MinNative(a, b), Vector4.MaxNative(a, b));
            var enter = float.MaxNative(float.MaxNative(low.W, low.X), float.MaxNative(low.Y, low.Z));
            if (enter > float.MinNative(float.MinNative(distance, high.X), float.MinNative(high.Y, high.Z))) continue;
            if (node.Axis >= 0)
            {
                var isForward = (forward >> node.Axis & 1) != 0;
                waiting[count++] = isForward ? node.Second : node.First;
                waiting[count++] = isForward ? node.First : node.Second;
                continue;
            }
            for (var i = node.First; i < node.Second; i++)
                if (_solids[i].Meet(ray, distance) is var met && met < distance) (distance, hit) = (met, _solids[i]);
        }
        return hit;
    }

    int Build(int first, int count, int depth = 0)
    {
        var (low, high) = Around(_solids.AsSpan(first, count));
        var at = _nodes.Count;
        _nodes.Add(new(new(low, 0), new(high, Far), -1, first, first + count));
        if (count <= 2) return at;
        var (axis, half) = depth < MostUneven ? CheapestSplit(first, count) : (0, count / 2);
        Sort(first, count, axis);
        var left = Build(first, half, depth + 1);
        _nodes[at] = new(new(low, 0), new(high, Far), axis, left, Build(first + half, count - half, depth + 1));
        return at;
    }

    /// <summary>A box is met the more often the larger its surface: long pipes come into boxes of their own.</summary>
    (int Axis, int Half) CheapestSplit(int first, int count)
    {
        var (cheapest, best) = (float.MaxValue, (0, count / 2));
        var above = new float[count];
        for (var axis = 0; axis < 3; axis++)
        {
            Sort(first, count, axis);
            var (low, high) = (new Vector3(Far), new Vector3(-Far));
            for (var i = count - 1; i > 0; i--)
            {
                (low, high) = (Vector3.Min(low, _solids[first + i].Low), Vector3.Max(high, _solids[first + i].High));
                above[i] = Surface(high - low) * (count - i);
            }
            (low, high) = (new Vector3(Far), new Vector3(-Far));
            for (var i = 1; i < count; i++)
            {
                (low, high) = (Vector3.Min(low, _solids[first + i - 1].Low), Vector3.Max(high, _solids[first + i - 1].High));
                if (Surface(high - low) * i + above[i] is var cost && cost < cheapest) (cheapest, best) = (cost, (axis, i));
            }
        }
        return best;
    }

    void Sort(int first, int count, int axis) =>
        Array.Sort(_solids, first, count, Comparer<Solid>.Create((a, b) => (a.Low[axis] + a.High[axis]).CompareTo(b.Low[axis] + b.High[axis])));

    static (Vector3 Low, Vector3 High) Around(ReadOnlySpan<Solid> solids)
    {
        var (low, high) = (solids[0].Low, solids[0].High);
        foreach (var solid in solids[1..]) (low, high) = (Vector3.Min(low, solid.Low), Vector3.Max(high, solid.High));
        return (low, high);
    }

    static float Surface(Vector3 size) => size.X * size.Y + size.Y * size.Z + size.Z * size.X;

    static float Volume(Solid solid) => (solid.High - solid.Low) is var size ? size.X * size.Y * size.Z : 0;
}
