namespace Ronghe.Platform.Web.Parts;

/// <summary>What can be written into a table cell; all text is encoded.</summary>
public sealed class Cell(Markup to, int year)
{
    public Cell Text(string? text)
    {
        to.Text(text);
        return this;
    }

    public Cell Number(long number)
    {
        to.Number(number);
        return this;
    }

    public Cell Title(string text, string? href = null)
    {
        if (href is null) to.Raw("<b class=\"t\">").Text(text).Raw("</b>");
        else to.Raw("<a class=\"t\"").Attribute("href", href).Raw(">").Text(text).Raw("</a>");
        return this;
    }

    /// <summary>A title in which what was searched for is marked.</summary>
    public Cell Title(string text, string href, string? query)
    {
        to.Raw("<a class=\"t\"").Attribute("href", href).Raw(">");
        Parts.Marked.Write(to, text, query);
        to.Raw("</a>");
        return this;
    }

    /// <summary>Text in which what was searched for is marked.</summary>
    public Cell Marked(string text, string? query)
    {
        Parts.Marked.Write(to, text, query);
        return this;
    }

    public Cell Second(string? text, string? icon = null, string? query = null)
    {
        to.Raw("<span class=\"d\">");
        if (icon is not null) Parts.Icon.Write(to, icon);
        Parts.Marked.Write(to, text ?? "", query);
        to.Raw("</span>");
        return this;
    }

    public Cell Strong(string? text)
    {
        to.Raw("<b>").Text(text).Raw("</b>");
        return this;
    }

    public Cell Muted(string? text)
    {
        to.Raw("<span class=\"muted\">").Text(text).Raw("</span>");
        return this;
    }

    /// <summary>Needs attention: past its deadline, major. The word itself must say so; red alone does not.</summary>
    public Cell Alert(string? text)
    {
        to.Raw("<b class=\"alert\">").Text(text).Raw("</b>");
        return this;
    }

    public Cell Link(string text, string href)
    {
        to.Raw("<a").Attribute("href", href).Raw(">").Text(text).Raw("</a>");
        return this;
    }

    public Cell AlertLink(string text, string href)
    {
        to.Raw("<a class=\"alert\"").Attribute("href", href).Raw("><b>").Text(text).Raw("</b></a>");
        return this;
    }

    /// <summary>A small button that leads on: 去复核.</summary>
    public Cell Button(string text, string href)
    {
        to.Raw("<a class=\"btn small\"").Attribute("href", href).Raw(">").Text(text).Raw("</a>");
        return this;
    }

    public Cell Badge(string status, string? text = null, string? icon = null)
    {
        Parts.Badge.Write(to, status, text, icon);
        return this;
    }

    public Cell Icon(string name, string? title = null)
    {
        Parts.Icon.Write(to, name, title);
        return this;
    }

    public Cell Day(DateOnly? day)
    {
        if (day is { } d) to.Raw("<time>").Text(d.Say(year)).Raw("</time>");
        return this;
    }

    public Cell Time(DateTimeOffset? at)
    {
        if (at is { } t) to.Raw("<time>").Text(t.Say(year)).Raw("</time>");
        return this;
    }

    public Cell Check(string name, string value, string label)
    {
        to.Raw("<label class=\"tick\"><input type=\"checkbox\"").Attribute("name", name).Attribute("value", value)
            .Attribute("aria-label", label).Raw("></label>");
        return this;
    }
}
