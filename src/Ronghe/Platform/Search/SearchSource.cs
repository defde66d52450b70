namespace Ronghe.Platform.Search;

/// <summary>A match on the search page.</summary>
/// <param name="Name">Words in which what was typed may be marked.</param>
/// <param name="Status">Status and word of a badge behind the name, as in the kit's badge; null for none.</param>
public sealed record SearchHit(string Href, string Name, string? Detail = null, (string Status, string Text)? Status = null);

/// <summary>
/// A section of the search page, registered by the capability that owns the records:
/// <c>services.AddSingleton(new SearchSource(40, "隐患与问题", "alert-triangle", (http, q, most, cancel) => …))</c>.
/// It returns at most so many hits, and only what this person may see.
/// </summary>
/// <param name="Place">Sections stand in this order.</param>
public sealed record SearchSource(int Place, string Title, string Icon, Func<HttpContext, string, int, CancellationToken, Task<IReadOnlyList<SearchHit>>> Find)
{
    /// <summary>Where all matches are listed, from the query; null when there is no such list.</summary>
    public Func<string, string>? More { get; init; }
}
