using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Buttons in a row. Reasons of impossible acts gather below them.</summary>
[HtmlTargetElement("r-acts")]
public sealed class Acts : Part
{
    protected override void Write(Markup to) => to.Raw("<div").Attribute("class", ClassOf("acts")).Raw(">").Put(Inside).Raw("</div>");
}

/// <summary>
/// An act on this page: a submit button, or a link when it has an href. With a reason it stays visible, muted and without effect,
/// and the reason is read and shown with it. Unknown attributes go to the button or link.
/// </summary>
[HtmlTargetElement("r-act")]
public sealed class Act : Part
{
    public string Text { get; set; } = "";
    public string? Icon { get; set => field = Given(value); }

    /// <summary>primary (one per page), normal, muted, danger.</summary>
    public string Kind { get; set; } = "normal";
    public bool Small { get; set; }

    /// <summary>Why it cannot be done now, in one sentence; null when it can.</summary>
    public string? Reason { get; set => field = Given(value); }
    public string? Href { get; set => field = Given(value); }

    /// <summary>The page handler that the button posts to.</summary>
    public string? Handler { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        if (Reason is not null) WriteImpossible(to);
        else if (Href is not null) WriteLink(to);
        else WriteButton(to);
    }

    void WriteLink(Markup to)
    {
        to.Raw("<a").Attribute("class", Look()).Attribute("href", Href);
        WriteOthers(to);
        to.Raw(">");
        WriteFace(to);
        to.Raw("</a>");
    }

    void WriteButton(Markup to)
    {
        to.Raw("<button type=\"submit\"").Attribute("class", Look()).Attribute("formaction", Handler is null ? null : AddressOf(Handler));
        WriteOthers(to);
        to.Raw(">");
        WriteFace(to);
        to.Raw("</button>");
    }

    /// <summary>An address of its own would drop what the page was asked about; the opened form is not part of that.</summary>
    string AddressOf(string handler) => QueryString.Create(View.HttpContext.Request.Query.Where(pair => pair.Key is not ("handler" or "act"))
        .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)).Prepend(KeyValuePair.Create("handler", (string?)handler))).Value!;

    void WriteImpossible(Markup to)
    {
        var id = "why-" + FieldValue.IdOf(Handler ?? Text).Replace(' ', '-');
        to.Raw("<button type=\"button\" aria-disabled=\"true\"").Attribute("class", Small ? "btn no small" : "btn no").Attribute("aria-describedby", id).Raw(">");
        Parts.Icon.Write(to, "lock");
        to.Raw("<span>").Text(Text).Raw("</span></button><p class=\"why-not\"").Attribute("id", id).Raw(">").Text(Reason).Raw("</p>");
    }

    void WriteFace(Markup to)
    {
        if (Icon is not null) Parts.Icon.Write(to, Icon);
        to.Raw("<span>").Text(Text).Put(Inside).Raw("</span>");
    }

    string Look()
    {
        var look = Kind is "normal" ? "btn" : "btn " + Kind;
        return ClassOf(Small ? look + " small" : look);
    }
}
