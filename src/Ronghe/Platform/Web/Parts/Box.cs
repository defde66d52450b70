using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A white box with a heading. With <c>pad</c> its content gets the usual inner margin; lists, tables and facts bring their own.</summary>
[HtmlTargetElement("r-box")]
public sealed class Box : Part
{
    public string? Title { get; set => field = Given(value); }
    public string? Icon { get; set => field = Given(value); }

    /// <summary>A quiet remark behind the title: a count, a place.</summary>
    public string? Note { get; set => field = Given(value); }
    public string? MoreHref { get; set => field = Given(value); }
    public string MoreText { get; set; } = "查看全部";
    public bool Pad { get; set; }

    protected override void Write(Markup to)
    {
        to.Raw("<section").Attribute("class", ClassOf("box"));
        WriteOthers(to);
        to.Raw(">");
        if (Title is not null) WriteHead(to);
        if (Pad) to.Raw("<div class=\"pad\">").Put(Inside).Raw("</div>");
        else to.Put(Inside);
        to.Raw("</section>");
    }

    void WriteHead(Markup to)
    {
        to.Raw("<div class=\"hd\">");
        if (Icon is not null) Parts.Icon.Write(to, Icon);
        to.Raw("<h2>").Text(Title).Raw("</h2>");
        if (Note is not null) to.Raw("<small>").Text(Note).Raw("</small>");
        if (MoreHref is not null) to.Raw("<a class=\"more\"").Attribute("href", MoreHref).Raw(">").Text(MoreText).Raw("</a>");
        to.Raw("</div>");
    }
}

/// <summary>A row in a box: icon, what it is, a quiet second line, and on the right what to do or how it stands (the content inside).</summary>
[HtmlTargetElement("r-item")]
public sealed class Item : Part
{
    public string Title { get; set; } = "";
    public string? Detail { get; set => field = Given(value); }
    public string? Icon { get; set => field = Given(value); }
    public string? Href { get; set => field = Given(value); }

    /// <summary>Colours the title: good for something that is already satisfied.</summary>
    public string? Tone { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<div").Attribute("class", ClassOf(Tone is null ? "item" : "item " + Tone)).Flag("data-row", Href is not null).Raw(">");
        if (Icon is not null)
        {
            to.Raw("<span class=\"ic\">");
            Parts.Icon.Write(to, Icon);
            to.Raw("</span>");
        }
        to.Raw("<div class=\"what\">");
        if (Href is null) to.Raw("<b class=\"t\">").Text(Title).Raw("</b>");
        else to.Raw("<a class=\"t\"").Attribute("href", Href).Raw(">").Text(Title).Raw("</a>");
        if (Detail is not null) to.Raw("<span class=\"d\">").Text(Detail).Raw("</span>");
        to.Raw("</div>");
        if (HasInside) to.Raw("<div class=\"then\">").Put(Inside).Raw("</div>");
        to.Raw("</div>");
    }
}

/// <summary>A number that opens to its records, with what it is made of below.</summary>
[HtmlTargetElement("r-figure")]
public sealed class Figure : Part
{
    public string Label { get; set; } = "";
    public string Value { get; set; } = "";

    /// <summary>The denominator, the period, last year's value.</summary>
    public string? Detail { get; set => field = Given(value); }
    public string? Href { get; set => field = Given(value); }
    public string? Tone { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        if (Href is null) to.Raw("<div"); else to.Raw("<a").Attribute("href", Href);
        to.Attribute("class", ClassOf(Tone is null ? "box figure" : "box figure " + Tone)).Raw("><span class=\"l\">").Text(Label)
            .Raw("</span><span class=\"n\">").Text(Value).Raw("</span>");
        if (Detail is not null) to.Raw("<span class=\"x\">").Text(Detail).Raw("</span>");
        to.Put(Inside);
        if (Href is null) to.Raw("</div>"); else to.Raw("</a>");
    }
}
