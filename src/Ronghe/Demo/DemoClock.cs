namespace Ronghe.Demo;

/// <summary>A clock that the demo tool sets, so that acts of the past year carry their own times.</summary>
public sealed class DemoClock : TimeProvider
{
    DateTimeOffset _now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Set(DateTimeOffset now) => _now = now;
}
