using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Lists;

namespace Ronghe.Platform.Web.Parts;

/// <summary>The filters that somebody saved for this list, as chips, and the way to saving one and to choosing columns.</summary>
[HtmlTargetElement("r-saved-filters")]
public sealed class SavedFilters : Part
{
    public ListSettings Of { get; set; } = ListSettings.None("");

    protected override void Write(Markup to)
    {
        var request = View.HttpContext.Request;
        var now = SavedFilter.Words(request.QueryString.Value);
        to.Raw("<nav").Attribute("class", ClassOf("chips saved")).Raw(" aria-label=\"我的筛选\">");
        if (Of.Filters.Any(filter => filter.IsDefault)) WriteChip(to, request.Path + "?all=true", "全部", now == "", null);
        foreach (var filter in Of.Filters) WriteChip(to, $"{request.Path}?{filter.Query}", filter.Name, filter.Query == now, "bookmark");
        WriteChip(to, $"/lists/{Of.List}{(now == "" ? "" : "?" + now)}", now == "" ? "筛选与列" : "保存筛选、选列", false, "columns");
        to.Raw("</nav>");
    }

    static void WriteChip(Markup to, string href, string text, bool on, string? icon)
    {
        to.Raw("<a class=\"chip\"").Attribute("href", href);
        if (on) to.Raw(" aria-current=\"true\"");
        to.Raw(">");
        if (icon is not null) Icon.Write(to, icon);
        to.Text(text).Raw("</a>");
    }
}
