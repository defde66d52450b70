namespace Ronghe.Platform;

/// <summary>An act on a record that is this person's business: possible now, or not, with the reason in one sentence.</summary>
/// <param name="Key">The act as a word: rename, move, close.</param>
/// <param name="Reason">Null when it can be done now.</param>
public sealed record ActOffer(string Key, string? Reason = null);

/// <summary>The acts that a record offers to one person. A page shows impossible ones muted with their reason; the API names only possible ones.</summary>
public sealed class ActOffers(params IEnumerable<ActOffer> offers)
{
    readonly ActOffer[] _offers = [.. offers];

    public bool IsEmpty => _offers.Length == 0;

    /// <summary>Keys of the acts that can be done now.</summary>
    public IReadOnlyList<string> Possible => [.. _offers.Where(offer => offer.Reason is null).Select(offer => offer.Key)];

    /// <summary>Whether the act is this person's business at all.</summary>
    public bool Has(string key) => _offers.Any(offer => offer.Key == key);

    /// <summary>Why an offered act cannot be done now; null when it can.</summary>
    public string? WhyNot(string key) => _offers.FirstOrDefault(offer => offer.Key == key)?.Reason;
}
