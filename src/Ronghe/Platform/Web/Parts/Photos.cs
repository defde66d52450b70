using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A photo that may be shown: its thumbnail, the whole image, and what it shows, when and by whom.</summary>
public sealed record Photo(string Thumb, string Full, string Text);

/// <summary>Before and after, side by side; a click opens the whole image.</summary>
[HtmlTargetElement("r-photo-pair")]
public sealed class PhotoPair : Part
{
    public IReadOnlyList<Photo> Before { get; set; } = [];
    public IReadOnlyList<Photo> After { get; set; } = [];
    public string NoBefore { get; set; } = "上报时没有拍照";
    public string NoAfter { get; set; } = "还没有整改后的照片";

    protected override void Write(Markup to)
    {
        to.Raw("<div").Attribute("class", ClassOf("photo-pair")).Raw(">");
        WriteSide(to, Before, NoBefore);
        WriteSide(to, After, NoAfter);
        to.Raw("</div>");
    }

    static void WriteSide(Markup to, IReadOnlyList<Photo> photos, string none)
    {
        to.Raw("<div class=\"photos\">");
        foreach (var photo in photos) PhotoGrid.Write(to, photo);
        if (photos.Count == 0)
        {
            to.Raw("<div class=\"photo none\">");
            Icon.Write(to, "photo-off");
            to.Raw("<span>").Text(none).Raw("</span></div>");
        }
        to.Raw("</div>");
    }
}

/// <summary>Photos in a grid.</summary>
[HtmlTargetElement("r-photos")]
public sealed class PhotoGrid : Part
{
    public IReadOnlyList<Photo> Of { get; set; } = [];

    public static void Write(Markup to, Photo photo) =>
        to.Raw("<a class=\"photo\" data-photo hx-boost=\"false\"").Attribute("href", photo.Full).Raw("><img loading=\"lazy\" decoding=\"async\"")
            .Attribute("src", photo.Thumb).Attribute("alt", photo.Text).Raw("><span aria-hidden=\"true\">").Text(photo.Text).Raw("</span></a>");

    protected override void Write(Markup to)
    {
        to.Raw("<div").Attribute("class", ClassOf("photos")).Raw(">");
        foreach (var photo in Of) Write(to, photo);
        to.Raw("</div>");
    }
}
