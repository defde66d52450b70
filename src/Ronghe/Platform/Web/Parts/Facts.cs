using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Names and values of a record.</summary>
[HtmlTargetElement("r-facts")]
public sealed class Facts : Part
{
    protected override void Write(Markup to) => to.Raw("<dl").Attribute("class", ClassOf("facts")).Raw(">").Put(Inside).Raw("</dl>");
}

/// <summary>One fact; an absent value is shown as such, not left out.</summary>
[HtmlTargetElement("r-fact", ParentTag = "r-facts")]
public sealed class Fact : Part
{
    public string Label { get; set; } = "";
    public string? Text { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<dt>").Text(Label).Raw("</dt><dd>");
        if (Text is not null || HasInside) to.Text(Text).Put(Inside);
        else to.Raw("<span class=\"muted\">未填</span>");
        to.Raw("</dd>");
    }
}
