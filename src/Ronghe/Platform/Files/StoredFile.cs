namespace Ronghe.Platform.Files;

/// <summary>Kind and id of the record that a file belongs to; that capability decides who may see it.</summary>
public sealed record FileOwner(string Kind, Guid Id, Guid? CompanyId);

/// <summary>A file that is safely on disk, named by the hash of its content. The row is written after the file, never before.</summary>
public sealed class StoredFile
{
    public const int LongestName = 200;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid? CompanyId { get; init; }
    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public required string Hash { get; init; }
    public string? ThumbHash { get; init; }
    public required string MediaType { get; init; }
    public long Bytes { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public string Name { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>Kind and id of the record it belongs to; that capability decides who may see it.</summary>
    public required string OwnerKind { get; init; }
    public Guid OwnerId { get; init; }

    public bool IsPhoto => ThumbHash is not null;
}
