namespace Ronghe.Platform.Robots;

/// <summary>
/// When the robot at one address was last called, by whichever node and for whichever unit. A call is noted before it is made: what was
/// counted and not sent costs a pause, what was sent and not counted would cost ten minutes of silence.
/// </summary>
public sealed class RobotPace
{
    /// <summary>The platform counts when a message arrives, we when it leaves: so much later the first of them is surely out of its minute.</summary>
    static readonly TimeSpan Minute = TimeSpan.FromSeconds(62), Second = TimeSpan.FromSeconds(1.2);

    public byte[] AddressHash { get; init; } = [];
    /// <summary>Calls of the last minute.</summary>
    public DateTimeOffset[] Recent { get; private set; } = [];
    public DateTimeOffset? FreeAt { get; private set; }

    /// <summary>Notes a call that is made now; false when it is too early, and <see cref="FreeAt"/> says until when.</summary>
    public bool Reserve(RobotFormat format, DateTimeOffset at)
    {
        if (FreeAt > at) return false;
        var recent = Array.FindAll(Recent, call => call > at - Minute);
        var free = Full(recent, format.PerMinute, Minute) ?? Full(Array.FindAll(recent, call => call > at - Second), format.PerSecond, Second);
        (Recent, FreeAt) = free is null ? ([.. recent, at], null) : (recent, free);
        return free is null;
    }

    /// <summary>The platform said that it was too much.</summary>
    public void Rest(DateTimeOffset until) => FreeAt = until;

    static DateTimeOffset? Full(DateTimeOffset[] calls, int most, TimeSpan within) => most > 0 && calls.Length >= most ? calls[^most] + within : null;
}

/// <summary>How a robot is doing. Apart from its settings: this changes without anybody's act.</summary>
public sealed class RobotCondition
{
    public Guid RobotId { get; init; }
    public DateOnly? LastDigestOn { get; set; }
    public DateTimeOffset? LastSentAt { get; private set; }
    /// <summary>Nothing is sent until somebody has mended it.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }
    public string? StoppedWhy { get; private set; }

    public void Sent(DateTimeOffset at)
    {
        LastSentAt = at;
        Resume();
    }

    public void Stop(string why, DateTimeOffset at) => (StoppedAt, StoppedWhy) = (at, why);

    public void Resume() => (StoppedAt, StoppedWhy) = (null, null);
}
