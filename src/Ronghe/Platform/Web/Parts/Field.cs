using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// One form field: label, control, hint, error. Unknown attributes (maxlength, min, max, step, placeholder, autocomplete, inputmode,
/// autofocus, pattern …) go to the control.
/// </summary>
[HtmlTargetElement("r-field")]
public sealed class Field : Part
{
    public ModelExpression? For { get; set; }
    public string? Name { get; set => field = Given(value); }
    public object? Value { get; set; }
    public string Label { get; set; } = "";
    public string? Hint { get; set => field = Given(value); }
    public string? Error { get; set => field = Given(value); }
    public bool? Required { get; set; }

    /// <summary>text, textarea, select, cards, checkbox, date, datetime, time, number, email, tel, password, search, file.</summary>
    public string As { get; set; } = "text";
    public IEnumerable<Option>? Options { get; set; }

    /// <summary>Words of the choice that means "none" in a select.</summary>
    public string? Empty { get; set => field = Given(value); }
    public string? Icon { get; set => field = Given(value); }

    /// <summary>A unit or a remark behind the control: 元, 小时.</summary>
    public string? Suffix { get; set => field = Given(value); }
    public int Rows { get; set; } = 3;

    protected override void Write(Markup to)
    {
        var field = FieldValue.Of(View, For, Name, Value);
        if (Required is { } required) field = field with { Required = required };
        if (Error is not null) field = field with { Errors = [Error, .. field.Errors] };
        var group = As is "cards";

        Open(to, group).Attribute("class", ClassOf(field.Errors.Count > 0 ? "field bad" : "field"));
        if (group) Describe(to, field);
        to.Raw(">");
        if (As is "checkbox") WriteCheckbox(to, field);
        else
        {
            WriteLabel(to, field, group);
            new FieldControl(this, field, Describe).Write(to, WriteOthers);
        }
        WriteNotes(to, field);
        if (group) to.Raw("</fieldset>");
        else to.Raw("</div>");
    }

    static Markup Open(Markup to, bool group) => group ? to.Raw("<fieldset") : to.Raw("<div");

    void WriteLabel(Markup to, FieldValue field, bool group)
    {
        if (group) to.Raw("<legend>");
        else to.Raw("<label").Attribute("for", field.Id).Raw(">");
        to.Text(Label);
        if (field.Required) to.Raw("<span class=\"req\" aria-hidden=\"true\">*</span>");
        if (group) to.Raw("</legend>");
        else to.Raw("</label>");
    }

    void WriteCheckbox(Markup to, FieldValue field)
    {
        to.Raw("<label class=\"check-line\"><input type=\"checkbox\" value=\"true\"").Attribute("id", field.Id).Attribute("name", field.Name)
            .Flag("checked", field.Text is "true" or "true,false").Flag("required", field.Required);
        Describe(to, field);
        WriteOthers(to);
        to.Raw("><span>").Text(Label).Raw("</span></label><input type=\"hidden\" value=\"false\"").Attribute("name", field.Name).Raw(">");
    }

    void WriteNotes(Markup to, FieldValue field)
    {
        if (Hint is not null || HasInside)
            to.Raw("<div class=\"hint\"").Attribute("id", field.Id + "-hint").Raw(">").Text(Hint).Put(Inside).Raw("</div>");
        if (field.Errors.Count == 0) return;
        to.Raw("<div class=\"error\"").Attribute("id", field.Id + "-error").Raw(">");
        Parts.Icon.Write(to, "alert-circle");
        to.Raw("<span>").Text(string.Join(' ', field.Errors)).Raw("</span></div>");
    }

    void Describe(Markup to, FieldValue field)
    {
        var hint = Hint is not null || HasInside ? field.Id + "-hint" : null;
        var error = field.Errors.Count > 0 ? field.Id + "-error" : null;
        to.Attribute("aria-describedby", hint is null ? error : error is null ? hint : $"{hint} {error}");
        if (error is not null && As is not "cards") to.Raw(" aria-invalid=\"true\"");
    }
}
