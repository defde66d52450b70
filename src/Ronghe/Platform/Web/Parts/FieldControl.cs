namespace Ronghe.Platform.Web.Parts;

/// <summary>The control inside a field: input, textarea, select or radio cards.</summary>
sealed class FieldControl(Field part, FieldValue field, Action<Markup, FieldValue> describe)
{
    public void Write(Markup to, Action<Markup> others)
    {
        switch (part.As)
        {
            case "textarea": WriteTextarea(to, others); break;
            case "select": WriteSelect(to, others); break;
            case "cards": WriteCards(to); break;
            default: WriteInput(to, others); break;
        }
    }

    void WriteInput(Markup to, Action<Markup> others)
    {
        var dressed = part.Icon is not null || part.Suffix is not null;
        if (dressed) to.Raw("<div class=\"input-with\">");
        if (part.Icon is not null) Icon.Write(to, part.Icon);
        to.Raw("<input").Attribute("type", part.As is "datetime" ? "datetime-local" : part.As);
        WriteNaming(to);
        // A password is never written back into a page.
        if (part.As is not ("password" or "file")) to.Attribute("value", field.Text);
        others(to);
        to.Raw(">");
        if (part.Suffix is not null) to.Raw("<span class=\"suffix\">").Text(part.Suffix).Raw("</span>");
        if (dressed) to.Raw("</div>");
    }

    void WriteTextarea(Markup to, Action<Markup> others)
    {
        to.Raw("<textarea rows=\"").Number(part.Rows).Raw("\"");
        WriteNaming(to);
        others(to);
        // Browsers drop one line break right after the tag; without it a text that starts with one would lose it.
        to.Raw(">\n").Text(field.Text).Raw("</textarea>");
    }

    void WriteSelect(Markup to, Action<Markup> others)
    {
        to.Raw("<select");
        WriteNaming(to);
        others(to);
        to.Raw(">");
        if (part.Empty is not null || field.Required && string.IsNullOrEmpty(field.Text))
            to.Raw("<option value=\"\">").Text(part.Empty ?? "请选择").Raw("</option>");
        foreach (var option in part.Options ?? [])
            to.Raw("<option").Attribute("value", option.Value).Flag("selected", option.Value == field.Text)
                .Flag("disabled", option.Disabled).Raw(">").Text(option.Text).Raw("</option>");
        to.Raw("</select>");
    }

    void WriteCards(Markup to)
    {
        to.Raw("<div class=\"cards\">");
        var index = 0;
        foreach (var option in part.Options ?? [])
        {
            to.Raw("<label class=\"card\"><input type=\"radio\"").Attribute("name", field.Name).Attribute("value", option.Value)
                .Attribute("id", index++ == 0 ? field.Id : $"{field.Id}-{index}")
                .Flag("checked", option.Value == field.Text).Flag("disabled", option.Disabled).Flag("required", field.Required).Raw("><span>");
            if (option.Icon is not null) Icon.Write(to, option.Icon);
            to.Raw("<b>").Text(option.Text).Raw("</b>");
            if (option.Detail is not null) to.Raw("<small>").Text(option.Detail).Raw("</small>");
            to.Raw("</span></label>");
        }
        to.Raw("</div>");
    }

    void WriteNaming(Markup to)
    {
        to.Attribute("id", field.Id).Attribute("name", field.Name).Flag("required", field.Required);
        describe(to, field);
    }
}
