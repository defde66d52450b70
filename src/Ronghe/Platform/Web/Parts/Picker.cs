using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// Chooses one person, unit or place. With few options it is a select. Otherwise the person types; with JavaScript matches appear from
/// <c>GET /pickers/{kind}?q=</c> and the id is sent, without it the typed text is sent and <see cref="PickedAttribute"/> finds the id.
/// </summary>
public abstract class Picker(string kind, string icon, string placeholder) : Part
{
    public ModelExpression? For { get; set; }
    public string? Name { get; set => field = Given(value); }
    public string Label { get; set; } = "";
    public string? Hint { get; set => field = Given(value); }
    public bool? Required { get; set; }

    /// <summary>Words for the id that the form already holds.</summary>
    public string? Text { get; set => field = Given(value); }
    public string Placeholder { get; set; } = placeholder;

    /// <summary>All choices when there are few: then it is a plain select.</summary>
    public IEnumerable<Option>? Options { get; set; }

    /// <summary>Where matches come from, when it is not /pickers/{kind}.</summary>
    public string Source { get; set; } = "/pickers/" + kind;

    protected override void Write(Markup to)
    {
        var field = FieldValue.Of(View, For, Name, null);
        if (Required is { } required) field = field with { Required = required };
        var hint = Hint is null ? null : field.Id + "-hint";
        var error = field.Errors.Count == 0 ? null : field.Id + "-error";

        to.Raw("<div").Attribute("class", ClassOf(error is null ? "field" : "field bad")).Raw("><label").Attribute("for", field.Id).Raw(">").Text(Label);
        if (field.Required) to.Raw("<span class=\"req\" aria-hidden=\"true\">*</span>");
        to.Raw("</label>");
        var described = hint is null ? error : error is null ? hint : $"{hint} {error}";
        if (Options is not null) WriteSelect(to, field, described);
        else WriteTyping(to, field, described);
        if (hint is not null) to.Raw("<div class=\"hint\"").Attribute("id", hint).Raw(">").Text(Hint).Raw("</div>");
        if (error is not null)
        {
            to.Raw("<div class=\"error\"").Attribute("id", error).Raw(">");
            Icon.Write(to, "alert-circle");
            to.Raw("<span>").Text(string.Join(' ', field.Errors)).Raw("</span></div>");
        }
        to.Raw("</div>");
    }

    void WriteSelect(Markup to, FieldValue field, string? described)
    {
        to.Raw("<select").Attribute("id", field.Id).Attribute("name", field.Name).Flag("required", field.Required)
            .Attribute("aria-describedby", described).Raw("><option value=\"\">请选择</option>");
        foreach (var option in Options ?? [])
            to.Raw("<option").Attribute("value", option.Value).Flag("selected", option.Value == field.Text).Flag("disabled", option.Disabled)
                .Raw(">").Text(option.Detail is null ? option.Text : $"{option.Text}（{option.Detail}）").Raw("</option>");
        to.Raw("</select>");
    }

    void WriteTyping(Markup to, FieldValue field, string? described)
    {
        // The field holds an id when something was picked and words when they were typed without JavaScript.
        var picked = Guid.TryParse(field.Text, out _);
        to.Raw("<div class=\"input-with picker\"").Attribute("data-picker", Source).Attribute("data-id", picked ? field.Text : null)
            .Attribute("data-text", picked ? Text : null).Raw(">");
        Icon.Write(to, icon);
        to.Raw("<input type=\"text\" autocomplete=\"off\"").Attribute("id", field.Id).Attribute("name", field.Name)
            .Attribute("value", picked ? Text ?? field.Text : field.Text).Attribute("placeholder", Placeholder).Flag("required", field.Required)
            .Attribute("aria-describedby", described);
        if (field.Errors.Count > 0) to.Raw(" aria-invalid=\"true\"");
        WriteOthers(to);
        to.Raw("></div>");
    }
}

[HtmlTargetElement("r-person-picker")]
public sealed class PersonPicker() : Picker("people", "user", "姓名、拼音首字母或工号");

[HtmlTargetElement("r-unit-picker")]
public sealed class UnitPicker() : Picker("units", "sitemap", "单位名称或拼音首字母");

[HtmlTargetElement("r-place-picker")]
public sealed class PlacePicker() : Picker("places", "map-pin", "区域、设备名称、编码或 KKS");
