namespace Ronghe.Platform.Data;

/// <summary>
/// A record with its own life: an id that its creator may choose (UUIDv7) and a version that counts its changes.
/// A write that names another version than the stored one is refused as stale.
/// </summary>
public abstract class Aggregate
{
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>1 when created, one more with each saved change.</summary>
    public int Version { get; internal set; } = 1;

    /// <summary>A verb was done since the last save. It may have left every column as it was, and is a change all the same.</summary>
    internal bool HasActed { get; set; }

    protected void Acted() => HasActed = true;
}
