using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>An outline icon from the sprite; decoration unless it has a title.</summary>
[HtmlTargetElement("r-icon")]
public sealed class Icon : Part
{
    public string Name { get; set; } = "";
    public string? Title { get; set => field = Given(value); }

    /// <summary>
    /// Address of the sprite with its fingerprint, set once when the application starts. It is the same for every host in a process,
    /// and tables write thousands of icons, so it is not looked up per request.
    /// </summary>
    public static string Sprite { get; set; } = "/assets/icons.svg";

    public static void Write(Markup to, string name, string? title = null, string? @class = null)
    {
        to.Raw("<svg").Attribute("class", @class is null ? "i" : "i " + @class);
        if (title is null) to.Raw(" aria-hidden=\"true\"");
        else to.Raw(" role=\"img\"").Attribute("aria-label", title);
        to.Raw("><use href=\"").Text(Sprite).Raw("#").Text(name).Raw("\"/></svg>");
    }

    protected override void Write(Markup to) => Write(to, Name, Title, Class);
}
