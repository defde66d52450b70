namespace Ronghe.Platform;

/// <summary>An act on a record, and whether this person may do it now. A page shows it muted with the reason; the API names only possible ones.</summary>
/// <param name="Key">The act as a word: rename, move, close.</param>
/// <param name="Reason">Why it cannot be done now, in one sentence; null when it can.</param>
public sealed record OfferedAct(string Key, string? Reason);

/// <summary>The acts that a record offers to one person.</summary>
public sealed class Acts(params IEnumerable<OfferedAct> acts)
{
    readonly OfferedAct[] _acts = [.. acts];

    /// <summary>Keys of the acts that are possible now.</summary>
    public IReadOnlyList<string> Possible => [.. _acts.Where(act => act.Reason is null).Select(act => act.Key)];

    /// <summary>Null when the act is possible.</summary>
    public string? WhyNot(string key) => _acts.FirstOrDefault(act => act.Key == key) is { } act ? act.Reason : "现在不能办理。";

    public bool Can(string key) => WhyNot(key) is null;
}
