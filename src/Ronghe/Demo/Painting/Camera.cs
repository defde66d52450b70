using System.Numerics;

namespace Ronghe.Demo.Painting;

/// <summary>Turns places on the film into rays. Hand-held: a little crooked, a little bulged at the rim.</summary>
sealed class Camera
{
    readonly Vector3 _eye, _ahead, _right, _up;
    readonly float _width, _height;

    public Camera(Shot shot, float shape, float roll)
    {
        (_eye, _width, _height) = (shot.Eye, shot.Width, shot.Width / shape);
        _ahead = Vector3.Normalize(shot.Target - shot.Eye);
        var level = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, _ahead));
        var upright = Vector3.Cross(_ahead, level);
        var (sin, cos) = MathF.SinCos(roll);
        (_right, _up) = (cos * level + sin * upright, cos * upright - sin * level);
        if (shot.IsMirrored) _right = -_right;
    }

    /// <param name="x">From 0 at the left to 1 at the right.</param>
    /// <param name="y">From 0 at the top to 1 at the bottom.</param>
    public Ray Through(float x, float y)
    {
        var (across, down) = (2 * x - 1, 2 * y - 1);
        var bulge = 1 + 0.035f * (across * across + down * down);
        return new(_eye, Vector3.Normalize(_ahead + across * bulge * _width * _right - down * bulge * _height * _up));
    }
}
