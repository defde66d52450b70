namespace Ronghe.Platform.Links;

/// <summary>
/// One record refers to another, by kind and id, with a word that says how. Wings on the same floor meet here;
/// the product's measures of fusion are computed from these rows.
/// </summary>
public sealed class Link
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string FromKind { get; init; }
    public required Guid FromId { get; init; }
    public required string ToKind { get; init; }
    public required Guid ToId { get; init; }
    /// <summary>e.g. <c>duplicate-of</c>, <c>found-by</c>.</summary>
    public required string Relation { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? ById { get; init; }
}
