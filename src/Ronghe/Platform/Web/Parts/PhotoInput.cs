using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// Takes photos with the camera or from the device. With JavaScript they are previewed, made smaller and rid of their location before
/// they are sent; without it, it is a plain file input. The form needs enctype="multipart/form-data".
/// </summary>
[HtmlTargetElement("r-photo-input")]
public sealed class PhotoInput : Part
{
    public ModelExpression? For { get; set; }
    public string? Name { get; set => field = Given(value); }
    public string Label { get; set; } = "照片";
    public string? Hint { get; set => field = Given(value); }
    public string Add { get; set; } = "拍一张";
    public int Max { get; set; } = 6;
    public bool Required { get; set; }

    protected override void Write(Markup to)
    {
        var field = FieldValue.Of(View, For, Name, "");
        var bad = field.Errors.Count > 0;
        to.Raw("<div").Attribute("class", ClassOf(bad ? "field photo-input bad" : "field photo-input")).Raw(" data-photos=\"").Number(Max)
            .Raw("\"").Attribute("data-add", Add).Raw("><label").Attribute("for", field.Id).Raw(">").Text(Label);
        if (Required) to.Raw("<span class=\"req\" aria-hidden=\"true\">*</span>");
        to.Raw("</label><input type=\"file\" accept=\"image/*\" capture=\"environment\"").Flag("multiple", Max > 1)
            .Attribute("id", field.Id).Attribute("name", field.Name).Flag("required", Required)
            .Attribute("aria-describedby", field.Id + "-hint").Raw(">");
        to.Raw("<div class=\"hint\"").Attribute("id", field.Id + "-hint").Raw(">")
            .Text(Hint ?? $"最多 {Max} 张。照片里的定位和设备信息会被去除。").Raw("</div>");
        if (bad)
        {
            to.Raw("<div class=\"error\">");
            Icon.Write(to, "alert-circle");
            to.Raw("<span>").Text(string.Join(' ', field.Errors)).Raw("</span></div>");
        }
        to.Raw("</div>");
    }
}
