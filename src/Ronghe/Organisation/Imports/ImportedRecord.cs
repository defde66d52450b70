namespace Ronghe.Organisation.Imports;

/// <summary>What an import did to one record, so that it can be undone as long as nobody has changed the record since.</summary>
public sealed class ImportedRecord
{
    public required Guid RunId { get; init; }
    /// <summary>Place in the run; undoing goes backwards.</summary>
    public required int Position { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required ImportEffect Effect { get; init; }
    /// <summary>Values before the change as JSON; null for a new record.</summary>
    public string? Before { get; init; }
    public int VersionAfter { get; init; }
}

public enum ImportEffect { Created, Changed, Removed }
