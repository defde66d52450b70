using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web.Parts;

/// <summary>One thing that happened to a record, in words.</summary>
public sealed record HistoryRow(DateTimeOffset At, string Event, string Title, string Who, string? Note);

/// <summary>What happened to a record, newest first, in a box of its own: <c>&lt;r-history of="Model.History" /&gt;</c>. Nothing while nothing has happened.</summary>
[HtmlTargetElement("r-history", TagStructure = TagStructure.WithoutEndTag)]
public sealed class History(TimeProvider clock) : Part
{
    public IReadOnlyList<HistoryRow> Of { get; set; } = [];

    /// <summary>Colours the dot of a row; the names are a badge's.</summary>
    public Func<HistoryRow, string> Tone { get; set; } = _ => "neutral";

    protected override void Write(Markup to)
    {
        if (Of.Count == 0) return;
        to.Raw("<section class=\"box\"><div class=\"hd\">");
        Icon.Write(to, "history");
        to.Raw("<h2>经过</h2></div><ol class=\"timeline\">");
        for (var at = 0; at < Of.Count;)
        {
            var (row, times) = (Of[at], Repeated(at));
            at += times;
            to.Raw("<li").Attribute("class", Tone(row)).Raw("><div><b>").Text(row.Title).Raw("</b> ").Text(row.Who).Raw("</div><div class=\"w\">").Text(row.At.Say(clock.Today().Year));
            if (times > 1) to.Text($" · 连续 {times} 次");
            if (row.Note is not null) to.Raw(" · ").Text(row.Note);
            to.Raw("</div></li>");
        }
        to.Raw("</ol></section>");
    }

    /// <summary>How often the same person did the same, one after the other: a list that is saved item by item is one line.</summary>
    int Repeated(int at) => Of.Skip(at).TakeWhile(row => row with { At = Of[at].At } == Of[at]).Count();
}
