using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Platform.Rules.Pages;

/// <summary>Every rule that a default or a criterion leans on, with source, article and how sure we are of it.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class RulesModel(RuleBook book) : PageModel
{
    const int MostPerPage = 40;

    [FromQuery(Name = "area")] public string? Area { get; set; }
    [FromQuery(Name = "confidence")] public string? Confidence { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public IReadOnlyList<Option> Areas => [.. RuleAreas.Of(book).Select(area => new Option(area, RuleAreas.Title(area)))];
    public IReadOnlyList<Option> Confidences => [.. book.All.Select(rule => rule.ConfidenceTitle).Distinct().Select(title => new Option(title, title))];
    public IReadOnlyList<Rule> Rules { get; private set; } = [];
    public int Total { get; private set; }
    public string? Next { get; private set; }
    public int All => book.All.Count;

    public void OnGet()
    {
        var found = book.All.Where(Matches).ToList();
        var start = After is null ? 0 : found.FindIndex(rule => rule.Id == After) + 1;
        Total = found.Count;
        Rules = [.. found.Skip(start).Take(MostPerPage)];
        Next = start + Rules.Count < found.Count ? Rules[^1].Id : null;
    }

    bool Matches(Rule rule) =>
        (string.IsNullOrEmpty(Area) || rule.Area == Area)
        && (string.IsNullOrEmpty(Confidence) || rule.ConfidenceTitle == Confidence)
        && (string.IsNullOrWhiteSpace(Text) || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            new[] { rule.Id, rule.Subject, rule.Requirement, rule.Source, rule.Article, rule.Note }.Any(part => part?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)));
}
