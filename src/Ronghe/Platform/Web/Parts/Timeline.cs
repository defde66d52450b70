using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web.Parts;

/// <summary>What happened, newest first.</summary>
[HtmlTargetElement("r-timeline")]
public sealed class Timeline : Part
{
    protected override void Write(Markup to) =>
        to.Raw("<ol").Attribute("class", ClassOf("timeline")).Raw(">").Put(Inside).Raw("</ol>");
}

/// <summary>One step: what, who, when, a remark. Anything inside the tag follows as the step's own text.</summary>
[HtmlTargetElement("r-timeline-item")]
public sealed class TimelineItem(TimeProvider clock) : Part
{
    /// <summary>Colours the dot; the same names as a badge.</summary>
    public string Status { get; set; } = "neutral";
    public string Title { get; set; } = "";
    public string? Who { get; set => field = Given(value); }
    public DateTimeOffset? At { get; set; }

    /// <summary>Time in words, when it is not a single instant: "发生 11-16 09:12 · 录入 11-16 09:13".</summary>
    public string? When { get; set => field = Given(value); }
    public string? Note { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<li").Attribute("class", ClassOf(Status)).Raw("><div><b>").Text(Title).Raw("</b> ").Text(Who).Raw("</div>");
        var when = When ?? (At is { } at ? at.Say(clock.Today().Year) : null);
        if (when is not null || Note is not null)
        {
            to.Raw("<div class=\"w\">").Text(when);
            if (when is not null && Note is not null) to.Raw(" · ");
            to.Text(Note).Raw("</div>");
        }
        if (HasInside) to.Raw("<div class=\"say\">").Put(Inside).Raw("</div>");
        to.Raw("</li>");
    }
}
