using System.Numerics;

namespace Ronghe.Demo.Painting;

readonly record struct Ray(Vector3 From, Vector3 Along)
{
    public Vector3 At(float distance) => From + Along * distance;
}

/// <summary>A body that a ray can hit.</summary>
abstract class Solid(Material material)
{
    public Material Material { get; } = material;
    public int Number { get; set; }
    public Vector3 Low { get; protected init; }
    public Vector3 High { get; protected init; }

    /// <summary>Distance to the first hit nearer than the given one, else that one.</summary>
    public abstract float Meet(in Ray ray, float nearest);

    public abstract Vector3 NormalAt(Vector3 p);
}

/// <summary>A box, turned any way.</summary>
sealed class Block : Solid
{
    readonly Vector3 _centre, _half, _x, _y, _z;
    readonly bool _isUpright;

    public Block(Material material, Vector3 centre, Vector3 size, Quaternion turn) : base(material)
    {
        (_centre, _half, _isUpright) = (centre, size / 2, turn.IsIdentity);
        (_x, _y, _z) = (Vector3.Transform(Vector3.UnitX, turn), Vector3.Transform(Vector3.UnitY, turn), Vector3.Transform(Vector3.UnitZ, turn));
        var reach = Vector3.Abs(_x) * _half.X + Vector3.Abs(_y) * _half.Y + Vector3.Abs(_z) * _half.Z;
        (Low, High) = (centre - reach, centre + reach);
    }

    public override float Meet(in Ray ray, float nearest)
    {
        var (from, along) = (Local(ray.From - _centre), Local(ray.Along));
        var inverse = Vector3.One / along;
        var (a, b) = ((-_half - from) * inverse, (_half - from) * inverse);
        var (low, high) = (Vector3.MinNative(a, b), Vector3.MaxNative(a, b));
        var enter = float.MaxNative(low.X, float.MaxNative(low.Y, low.Z));
        var leave = float.MinNative(high.X, float.MinNative(high.Y, high.Z));
        return enter < leave && enter > 1e-4f && enter < nearest ? enter : nearest;
    }

    public override Vector3 NormalAt(Vector3 p)
    {
        var local = Local(p - _centre) / _half;
        var size = Vector3.Abs(local);
        if (size.X > size.Y && size.X > size.Z) return _x * MathF.Sign(local.X);
        return size.Y > size.Z ? _y * MathF.Sign(local.Y) : _z * MathF.Sign(local.Z);
    }

    Vector3 Local(Vector3 v) => _isUpright ? v : new(Vector3.Dot(v, _x), Vector3.Dot(v, _y), Vector3.Dot(v, _z));
}

/// <summary>A round bar from one point to another, closed at both ends.</summary>
sealed class Bar : Solid
{
    readonly Vector3 _from, _along;
    readonly float _length, _radius;

    public Bar(Material material, Vector3 from, Vector3 to, float radius) : base(material)
    {
        (_from, _length, _radius) = (from, (to - from).Length(), radius);
        _along = (to - from) / _length;
        var reach = radius * Vector3.SquareRoot(Vector3.Max(Vector3.Zero, Vector3.One - _along * _along));
        (Low, High) = (Vector3.Min(from, to) - reach, Vector3.Max(from, to) + reach);
    }

    public override float Meet(in Ray ray, float nearest)
    {
        var between = ray.From - _from;
        var (speed, start) = (Vector3.Dot(ray.Along, _along), Vector3.Dot(between, _along));
        var (across, off) = (ray.Along - speed * _along, between - start * _along);
        var a = Vector3.Dot(across, across);
        var b = Vector3.Dot(across, off);
        var c = Vector3.Dot(off, off) - _radius * _radius;
        var root = b * b - a * c;
        if (root < 0) return nearest;
        var side = (-b - MathF.Sqrt(root)) / a;
        if (start + side * speed is var height && height > 0 && height < _length) return side > 1e-4f && side < nearest ? side : nearest;
        var end = ((speed > 0 ? 0 : _length) - start) / speed;
        return end > 1e-4f && end < nearest && (off + across * end).LengthSquared() < _radius * _radius ? end : nearest;
    }

    public override Vector3 NormalAt(Vector3 p)
    {
        var between = p - _from;
        var height = Vector3.Dot(between, _along);
        var off = between - height * _along;
        if (off.LengthSquared() < _radius * _radius * 0.995f) return height < _length / 2 ? -_along : _along;
        return Vector3.Normalize(off);
    }
}

sealed class Ball : Solid
{
    readonly Vector3 _centre, _stretch;

    /// <param name="radii">Half axes: a ball that is pressed flat is a drop or a heap.</param>
    public Ball(Material material, Vector3 centre, Vector3 radii) : base(material)
    {
        (_centre, _stretch) = (centre, Vector3.One / radii);
        (Low, High) = (centre - radii, centre + radii);
    }

    public override float Meet(in Ray ray, float nearest)
    {
        var (from, along) = ((ray.From - _centre) * _stretch, ray.Along * _stretch);
        var a = Vector3.Dot(along, along);
        var b = Vector3.Dot(from, along);
        var root = b * b - a * (Vector3.Dot(from, from) - 1);
        if (root < 0) return nearest;
        var distance = (-b - MathF.Sqrt(root)) / a;
        return distance > 1e-4f && distance < nearest ? distance : nearest;
    }

    public override Vector3 NormalAt(Vector3 p) => Vector3.Normalize((p - _centre) * _stretch * _stretch);
}
