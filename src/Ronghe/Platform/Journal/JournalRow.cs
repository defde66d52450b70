using System.Text.Json;

namespace Ronghe.Platform.Journal;

/// <summary>One change of state: who did what to which record, when. Written with the change, never altered.</summary>
public sealed class JournalRow
{
    string _data = "{}";
    string? _dataWithoutParts;

    /// <summary>Order of writing. Not the order of committing: followers go by <see cref="Xid"/> first.</summary>
    public long Seq { get; private set; }
    /// <summary>Number of the transaction that wrote it, from the database.</summary>
    public ulong Xid { get; private set; }
    public DateTimeOffset At { get; init; }
    /// <summary>The person who acted; null for the system itself and for a report without a name.</summary>
    public Guid? ActorId { get; init; }
    public Guid? OnBehalfOfId { get; init; }
    /// <summary>The organisation node in which it happened.</summary>
    public Guid? NodeId { get; init; }
    /// <summary>What kind of record changed, e.g. <c>finding</c>.</summary>
    public required string SubjectKind { get; init; }
    public Guid SubjectId { get; init; }
    /// <summary>Version of the record after the change.</summary>
    public int SubjectVersion { get; internal set; }
    /// <summary>What happened, e.g. <c>finding.assigned</c>.</summary>
    public required string Event { get; init; }
    /// <summary>Particulars as JSON; personal facts stand here by reference only.</summary>
    public string Data
    {
        get => _data;
        init => _data = value;
    }
    /// <summary>What the record holds after the change, see <see cref="RecordDigest"/>; null when it is gone, or is no record with values of its own.</summary>
    public byte[]? SubjectDigest { get; set; }
    /// <summary>The request in which it was written, as answers and log lines name it; null outside of one and for whoever gave no name.</summary>
    public string? RequestId { get; init; } = Recording.RequestId;

    /// <summary>What the record is after the change: its version, and the digest by which a later change outside of the product shows; null when it is gone.</summary>
    internal void Attest(int version, byte[]? digest) => (SubjectVersion, SubjectDigest) = (version, digest);

    /// <summary>Among the particulars: what of the record's parts was added or altered (their digests) or removed (null), see <see cref="RecordParts"/>.</summary>
    internal void AttestParts(IReadOnlyDictionary<string, string?> parts)
    {
        // A save that failed may be tried again.
        _dataWithoutParts ??= _data.TrimEnd();
        _data = $"{_dataWithoutParts[..^1]}{(_dataWithoutParts is "{}" ? "" : ",")}\"{RecordParts.Name}\":{JsonSerializer.Serialize(parts)}}}";
    }
}
