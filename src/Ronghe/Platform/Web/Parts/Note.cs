using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A gentle remark where a right or a rule matters; other kinds: info, good, bad.</summary>
[HtmlTargetElement("r-note")]
public sealed class Note : Part
{
    public string Kind { get; set; } = "gentle";
    public string? Icon { get; set => field = Given(value); }
    public string? Text { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<div").Attribute("class", ClassOf("note " + Kind));
        WriteOthers(to);
        to.Raw(">");
        Parts.Icon.Write(to, Icon ?? Kind switch
        {
            "good" => "circle-check", "bad" => "alert-circle", "info" => "info-circle", _ => "shield-check",
        });
        to.Raw("<div>").Text(Text).Put(Inside).Raw("</div></div>");
    }
}

/// <summary>What the server refused, above the form: errors that belong to no single field, or to one the form does not show.</summary>
[HtmlTargetElement("r-problems")]
public sealed class Problems : Part
{
    /// <summary>Also repeats the errors that stand beside their fields.</summary>
    public bool All { get; set; }

    protected override void Write(Markup to)
    {
        var errors = View.ViewData.ModelState
            .Where(e => All || IsNowhere(e.Key))
            .SelectMany(e => e.Value?.Errors.Select(x => x.ErrorMessage) ?? [])
            .Where(m => m is not "").Distinct().ToList();
        if (errors.Count == 0) return;
        to.Raw("<div class=\"note bad problems\" role=\"alert\" tabindex=\"-1\">");
        Parts.Icon.Write(to, "alert-circle");
        to.Raw("<div>");
        foreach (var error in errors) to.Raw("<p>").Text(error).Raw("</p>");
        to.Raw("</div></div>");
    }

    /// <summary>The id that a form made for its record stands in no field that anybody sees.</summary>
    static bool IsNowhere(string key) => key is "" || key[(key.LastIndexOf('.') + 1)..].Equals("Id", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Nothing here yet, said in words, with what to do next; buttons stand inside the tag.</summary>
[HtmlTargetElement("r-empty")]
public sealed class Empty : Part
{
    public string Icon { get; set; } = "inbox";
    public string Text { get; set; } = "";
    public string? Next { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<div").Attribute("class", ClassOf("empty")).Raw("><span class=\"ic\">");
        Parts.Icon.Write(to, Icon);
        to.Raw("</span><b>").Text(Text).Raw("</b>");
        if (Next is not null) to.Raw("<p>").Text(Next).Raw("</p>");
        if (HasInside) to.Raw("<div class=\"acts\">").Put(Inside).Raw("</div>");
        to.Raw("</div>");
    }
}
