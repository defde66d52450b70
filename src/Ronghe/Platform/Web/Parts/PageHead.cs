using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// The top of a page: breadcrumb, title in the user's words, a second line with source, place or deadline; acts stand inside the tag.
/// The wing and the list come from the menu; <c>crumb</c> adds the last step, such as a record's number. Sets the browser's title too.
/// </summary>
[HtmlTargetElement("r-page-head")]
public sealed class PageHead(IEnumerable<MenuEntry> menu) : Part
{
    public string Title { get; set; } = "";
    public string? Sub { get; set => field = Given(value); }
    public string? Crumb { get; set => field = Given(value); }

    /// <summary>What stands above the title instead of a breadcrumb: "11 月 20 日 星期五".</summary>
    public string? Above { get; set => field = Given(value); }

    /// <summary>A badge behind the title: a status name as in r-badge, and its word.</summary>
    public string? Status { get; set => field = Given(value); }
    public string? StatusText { get; set => field = Given(value); }

    protected override void Prepare(TagHelperContext context) => View.ViewData["Title"] = Title;

    protected override void Write(Markup to)
    {
        to.Raw("<header").Attribute("class", ClassOf("head")).Raw("><div class=\"head-text\">");
        if (Above is not null) to.Raw("<div class=\"crumb\">").Text(Above).Raw("</div>");
        else WriteCrumbs(to);
        to.Raw("<h1 tabindex=\"-1\">").Text(Title);
        if (Status is not null) Badge.Write(to, Status, StatusText);
        to.Raw("</h1>");
        if (Sub is not null) to.Raw("<p class=\"sub\">").Text(Sub).Raw("</p>");
        to.Raw("</div>");
        if (HasInside) to.Raw("<div class=\"acts\">").Put(Inside).Raw("</div>");
        to.Raw("</header>");
    }

    void WriteCrumbs(Markup to)
    {
        var entry = MenuEntry.Current(menu, View.HttpContext.Request.Path);
        if (entry is null && Crumb is null) return;
        to.Raw("<nav class=\"crumb\" aria-label=\"所在位置\"><ol>");
        if (entry is { Wing.Length: > 0 }) to.Raw("<li>").Text(entry.Wing).Raw("</li>");
        if (entry is not null && (Crumb is not null || entry.Text != Title))
            to.Raw("<li><a").Attribute("href", entry.Href).Raw(">").Text(entry.Text).Raw("</a></li>");
        if (Crumb is not null) to.Raw("<li aria-current=\"page\">").Text(Crumb).Raw("</li>");
        to.Raw("</ol></nav>");
    }
}
