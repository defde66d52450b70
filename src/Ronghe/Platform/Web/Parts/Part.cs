using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// A tag of the kit. It is its own content and writes itself when the page is flushed, so no string is built on the way.
/// Every tag with its attributes is listed in <see cref="KitIndex"/>.
/// </summary>
public abstract class Part : TagHelper, IHtmlContent
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>What stands between the opening and the closing tag.</summary>
    protected IHtmlContent? Inside { get; private set; }

    /// <summary>Attributes the part does not know; it passes them on to its main element.</summary>
    protected TagHelperAttribute[] Others { get; private set; } = [];

    /// <summary>Classes the page adds to the part's outermost element.</summary>
    [HtmlAttributeName("class")]
    public string? Class { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Prepare(context);
        if (output.TagMode == TagMode.StartTagAndEndTag) Inside = await output.GetChildContentAsync();
        // Razor reuses the output for the next tag, so the attributes are copied.
        if (output.Attributes.Count > 0) Others = [.. output.Attributes];
        output.TagName = null;
        output.Content.SetHtmlContent(this);
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => Write(new Markup(writer, encoder));

    /// <summary>Runs before the content inside; the place to hand something to inner parts.</summary>
    protected virtual void Prepare(TagHelperContext context) { }

    protected abstract void Write(Markup to);

    protected bool HasInside => Inside is TagHelperContent { IsEmptyOrWhiteSpace: false };

    protected void WriteOthers(Markup to)
    {
        foreach (var other in Others)
            if (other.ValueStyle == HtmlAttributeValueStyle.Minimized) to.Text(" ").Text(other.Name);
            else to.Text(" ").Put(other);
    }

    /// <summary>Razor hands over null as an empty text; in an attribute that may be left out both mean that it was.</summary>
    protected static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    protected string ClassOf(string own) => Class is null ? own : $"{own} {Class}";
}
