using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Search;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Pages;

/// <summary>Everything that can be found, section by section; each capability adds its own.</summary>
[Requires(OrganisationPermissions.View)]
public sealed class SearchModel(IEnumerable<SearchSource> sources) : RonghePage
{
    const int MostInSection = 8;
    /// <summary>Of a longer query the beginning is searched for; nobody types one, but somebody pastes one.</summary>
    const int MostTyped = 100;

    public sealed record Section(SearchSource Source, IReadOnlyList<SearchHit> Hits, bool HasMore, string? MoreHref)
    {
        public string CountText => HasMore ? $"前 {Hits.Count} 条" : $"{Hits.Count} 条";
    }

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }

    public string Query => (Q ?? "").Trim() is { Length: > MostTyped } pasted ? new string([.. pasted.Take(MostTyped)]).TrimEnd() : (Q ?? "").Trim();
    /// <summary>Only signs: there is nothing to look for.</summary>
    public bool IsWordless => Query != "" && SearchTokens.ForQuery(Query).Length == 0;
    public IReadOnlyList<Section> Sections { get; private set; } = [];
    public string? Summary => Query == "" || Sections.Count == 0 ? null : string.Join(" · ", Sections.Select(section => $"{section.Source.Title} {section.CountText}"));

    public override async Task<IActionResult> ShowAsync()
    {
        if (Query != "" && !IsWordless)
        {
            var sections = new List<Section>();
            foreach (var source in sources.OrderBy(source => source.Place))
            {
                var hits = await source.Find(HttpContext, Query, MostInSection + 1, HttpContext.RequestAborted);
                var hasMore = hits.Count > MostInSection;
                if (hits.Count > 0) sections.Add(new(source, [.. hits.Take(MostInSection)], hasMore, hasMore ? source.More?.Invoke(Query) : null));
            }
            Sections = sections;
        }
        return Page();
    }
}
