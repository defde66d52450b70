namespace Ronghe.Platform.Links;

/// <summary>
/// How records of a kind are called where others refer to them, registered by the capability that owns them. Answers null for what
/// this person may not see; where it can be looked at, the kind's journal subject knows.
/// </summary>
public sealed record LinkedKind(string Kind, Func<IServiceProvider, Guid, CancellationToken, Task<string?>> NameAsync);

/// <summary>All kinds together.</summary>
public sealed class LinkNames(IEnumerable<LinkedKind> kinds, IServiceProvider scope)
{
    public bool Knows(string kind) => kinds.Any(known => known.Kind == kind);

    /// <summary>Null when it is unknown or invisible to this person.</summary>
    public async Task<string?> OfAsync(string kind, Guid id, CancellationToken cancel = default) =>
        kinds.FirstOrDefault(known => known.Kind == kind) is { } source ? await source.NameAsync(scope, id, cancel) : null;
}
