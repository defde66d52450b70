namespace Ronghe.Platform.Journal;

/// <summary>
/// A batch of the journal, closed by a hash over its rows and over the seal before it. Whoever changes, adds or removes a sealed row
/// would have to make every later seal anew, and could not change those that lie in a second place.
/// </summary>
public sealed class JournalSeal
{
    /// <summary>1 for the first; no gaps.</summary>
    public long Number { get; init; }
    /// <summary>The last row of the batch; it begins after the last row of the batch before.</summary>
    public ulong ToXid { get; init; }
    public long ToSeq { get; init; }
    public int Rows { get; init; }
    public DateTimeOffset SealedAt { get; init; }
    /// <summary>SHA-256, see <see cref="SealHash"/>.</summary>
    public required byte[] Hash { get; init; }
}
