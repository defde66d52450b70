namespace Ronghe.Platform.Journal;

/// <summary>How far one follower has come: everything up to this row is handled, nothing after it.</summary>
public sealed class FollowerState
{
    public required string Name { get; init; }
    public ulong Xid { get; init; }
    public long Seq { get; init; }
    /// <summary>Rows since it began.</summary>
    public long Handled { get; init; }
    public DateTimeOffset? HandledAt { get; init; }
    /// <summary>Since when the same rows have failed again and again; null while all goes well.</summary>
    public DateTimeOffset? FailingSince { get; init; }
    public string? Problem { get; init; }
}
