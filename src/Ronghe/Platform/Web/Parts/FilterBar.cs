using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Quick filters in a row.</summary>
[HtmlTargetElement("r-chips")]
public sealed class Chips : Part
{
    public string Label { get; set; } = "快速筛选";

    protected override void Write(Markup to) =>
        to.Raw("<nav").Attribute("class", ClassOf("chips")).Attribute("aria-label", Label).Raw(">").Put(Inside).Raw("</nav>");
}

/// <summary>A quick filter with its count; <c>on</c> when the list shows it.</summary>
[HtmlTargetElement("r-chip")]
public sealed class Chip : Part
{
    public string Href { get; set; } = "";
    public string Text { get; set; } = "";
    public string? Count { get; set => field = Given(value); }
    public string? Icon { get; set => field = Given(value); }
    public bool On { get; set; }

    /// <summary>alert for what is overdue or major.</summary>
    public string? Tone { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<a").Attribute("class", ClassOf(Tone is null ? "chip" : "chip " + Tone)).Attribute("href", Href);
        if (On) to.Raw(" aria-current=\"true\"");
        to.Raw(">");
        if (Icon is not null) Parts.Icon.Write(to, Icon);
        to.Text(Text);
        if (Count is not null) to.Raw(" <b>").Text(Count).Raw("</b>");
        to.Raw("</a>");
    }
}

/// <summary>
/// The filters above a table: a GET form. With JavaScript a changed choice applies at once, without it the button does.
/// The text search of the bar is given by <c>search</c>; more filters stand inside as r-filter.
/// </summary>
[HtmlTargetElement("r-filter-bar")]
public sealed class FilterBar : Part
{
    public string? Action { get; set => field = Given(value); }

    /// <summary>Placeholder of the text search; none when null.</summary>
    public string? Search { get; set => field = Given(value); }
    public string SearchName { get; set; } = "q";

    /// <summary>Query parameters that the bar does not show and must keep, separated by commas.</summary>
    public string? Keep { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        var request = View.HttpContext.Request;
        var path = Action ?? request.PathBase + request.Path;
        to.Raw("<form method=\"get\" role=\"search\" aria-label=\"筛选\" hx-swap=\"outerHTML\" data-auto").Attribute("class", ClassOf("filter")).Attribute("action", path);
        WriteOthers(to);
        to.Raw(">");
        var kept = (Keep ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in kept)
            foreach (var value in request.Query[name])
                to.Raw("<input type=\"hidden\"").Attribute("name", name).Attribute("value", value).Raw(">");
        to.Put(Inside);
        if (Search is not null) WriteSearch(to, request);
        to.Raw("<button class=\"btn apply\" type=\"submit\">筛选</button>");
        if (request.Query.Any(p => !kept.Contains(p.Key) && p.Key is not "all" && p.Value is [{ Length: > 0 }, ..]))
            to.Raw("<a class=\"clear\"").Attribute("href", path + "?all=true").Raw(">清除筛选</a>");
        to.Raw("</form>");
    }

    void WriteSearch(Markup to, HttpRequest request)
    {
        to.Raw("<div class=\"input-with grow\">");
        Icon.Write(to, "search");
        to.Raw("<input type=\"search\" enterkeyhint=\"search\"").Attribute("id", "filter-" + SearchName).Attribute("name", SearchName)
            .Attribute("value", request.Query[SearchName]).Attribute("placeholder", Search).Attribute("aria-label", Search).Raw("></div>");
    }
}

/// <summary>One filter of the bar. Its value comes from the address unless given.</summary>
[HtmlTargetElement("r-filter", ParentTag = "r-filter-bar")]
public sealed class Filter : Part
{
    public string Name { get; set; } = "";
    public string Label { get; set; } = "";
    public IEnumerable<Option> Options { get; set; } = [];
    public string? Value { get; set; }
    public string All { get; set; } = "全部";

    protected override void Write(Markup to)
    {
        var value = Value ?? View.HttpContext.Request.Query[Name].ToString();
        to.Raw("<label").Attribute("class", ClassOf(value is "" ? "sel" : "sel set")).Raw("><span>").Text(Label).Raw("</span><select")
            .Attribute("id", "filter-" + Name).Attribute("name", Name);
        WriteOthers(to);
        to.Raw("><option value=\"\">").Text(All).Raw("</option>");
        foreach (var option in Options)
            to.Raw("<option").Attribute("value", option.Value).Flag("selected", option.Value == value).Raw(">").Text(option.Text).Raw("</option>");
        to.Raw("</select></label>");
    }
}
