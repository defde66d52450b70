namespace Ronghe.Tests;

/// <summary>A clock that stands still until a test moves it. It begins on a Friday morning at the plant.</summary>
public sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 12, 0, TimeSpan.Zero);

    DateTimeOffset _now = Start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;
}
