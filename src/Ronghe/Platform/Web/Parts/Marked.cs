using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Search;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A text in which what was searched for is marked: <c>&lt;r-marked text="程志远" query="zy" /&gt;</c>.</summary>
[HtmlTargetElement("r-marked")]
public sealed class Marked : Part
{
    public string Text { get; set; } = "";
    public string? Query { get; set => field = Given(value); }

    public static void Write(Markup to, string text, string? query)
    {
        if (string.IsNullOrWhiteSpace(query)) to.Text(text);
        else foreach (var part in Highlight.In(text, query))
            if (part.IsHit) to.Raw("<mark>").Text(part.Text).Raw("</mark>");
            else to.Text(part.Text);
    }

    protected override void Write(Markup to) => Write(to, Text, Query);
}
