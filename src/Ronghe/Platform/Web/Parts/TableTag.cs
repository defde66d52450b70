using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Web.Parts;

/// <summary>
/// The frame of a table. Either <c>of="table"</c> made with <see cref="Table.Of{T}"/>, or plain thead and tbody inside, each td
/// with data-label for the phone.
/// </summary>
[HtmlTargetElement("r-table")]
public sealed class TableTag(TimeProvider clock) : Part
{
    public Table? Of { get; set; }

    /// <summary>Says what the table holds to people who cannot see it.</summary>
    public string Caption { get; set; } = "";

    protected override void Write(Markup to)
    {
        Of?.Year = clock.Today().Year;
        to.Raw("<div class=\"table-wrap\" role=\"region\" tabindex=\"0\"").Attribute("aria-label", Caption).Raw("><table")
            .Attribute("class", ClassOf("table")).Raw(">");
        if (Caption is not "") to.Raw("<caption class=\"unseen\">").Text(Caption).Raw("</caption>");
        to.Put(Of).Put(Inside).Raw("</table></div>");
    }
}
