using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A fold with the form of one act inside; open when it is the natural next step, or when it was just refused.</summary>
[HtmlTargetElement("r-act-box")]
public sealed class ActBox : Part
{
    public string Title { get; set; } = "";
    public string Icon { get; set; } = "";
    public bool Open { get; set; }

    protected override void Write(Markup to)
    {
        to.Raw("<details").Attribute("class", ClassOf("act")).Flag("open", Open).Raw("><summary>");
        Parts.Icon.Write(to, Icon);
        to.Raw("<span>").Text(Title).Raw("</span>");
        Parts.Icon.Write(to, "chevron-down", "fold");
        to.Raw("</summary>").Put(Inside).Raw("</details>");
    }
}
