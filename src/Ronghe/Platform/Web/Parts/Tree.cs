using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A line of a tree: what it is, a quiet remark, and a figure at the right edge.</summary>
public sealed record TreeLine(Guid Id, Guid? ParentId, string Text, string? Href = null)
{
    /// <summary>A quiet word behind the text: 部门.</summary>
    public string? Kind { get; init; }
    public string? Detail { get; init; }
    public string? Figure { get; init; }
}

/// <summary>
/// A tree that folds without JavaScript. With <c>tick</c> each line is a check box of that name instead of a link. Lines whose superior
/// is not among them stand at the top.
/// </summary>
[HtmlTargetElement("r-tree")]
public sealed class Tree : Part
{
    public IReadOnlyList<TreeLine> Of { get; set; } = [];

    /// <summary>So many levels stand open at first.</summary>
    public int Open { get; set; } = 1;
    public string? Tick { get; set => field = Given(value); }
    public IReadOnlyCollection<Guid> Ticked { get; set; } = [];

    protected override void Write(Markup to)
    {
        var ids = Of.Select(line => line.Id).ToHashSet();
        var below = Of.ToLookup(line => line.ParentId is { } parent && ids.Contains(parent) ? parent : Guid.Empty);
        var opened = Tick is null ? [] : AboveTicked();
        to.Raw("<ul").Attribute("class", ClassOf("tree")).Raw(">");
        foreach (var line in below[Guid.Empty]) WriteLine(to, line, below, opened, 1);
        to.Raw("</ul>");
    }

    void WriteLine(Markup to, TreeLine line, ILookup<Guid, TreeLine> below, HashSet<Guid> opened, int level)
    {
        to.Raw("<li><div class=\"line\"><div class=\"words\">");
        if (Tick is null) WriteLink(to, line);
        else WriteTick(to, line);
        if (line.Kind is not null) to.Raw(" <span class=\"kind\">").Text(line.Kind).Raw("</span>");
        to.Raw("</div>");
        if (line.Detail is not null) to.Raw("<span class=\"remark\">").Text(line.Detail).Raw("</span>");
        if (line.Figure is not null) to.Raw("<span class=\"n\">").Text(line.Figure).Raw("</span>");
        to.Raw("</div>");
        if (below.Contains(line.Id))
        {
            to.Raw("<details").Flag("open", level <= Open || opened.Contains(line.Id)).Raw("><summary").Attribute("aria-label", line.Text + "的下级").Raw(">");
            Icon.Write(to, "chevron-right");
            to.Raw("</summary><ul>");
            foreach (var child in below[line.Id]) WriteLine(to, child, below, opened, level + 1);
            to.Raw("</ul></details>");
        }
        to.Raw("</li>");
    }

    static void WriteLink(Markup to, TreeLine line)
    {
        if (line.Href is null) to.Raw("<b class=\"t\">").Text(line.Text).Raw("</b>");
        else to.Raw("<a class=\"t\"").Attribute("href", line.Href).Raw(">").Text(line.Text).Raw("</a>");
    }

    void WriteTick(Markup to, TreeLine line) =>
        to.Raw("<label class=\"check-line\"><input type=\"checkbox\"").Attribute("name", Tick).Attribute("value", line.Id.ToString())
            .Flag("checked", Ticked.Contains(line.Id)).Raw("><span>").Text(line.Text).Raw("</span></label>");

    /// <summary>What is ticked must be in sight.</summary>
    HashSet<Guid> AboveTicked()
    {
        var parents = Of.ToDictionary(line => line.Id, line => line.ParentId);
        var above = new HashSet<Guid>();
        foreach (var ticked in Ticked)
            for (var id = parents.GetValueOrDefault(ticked); id is { } parent && above.Add(parent);) id = parents.GetValueOrDefault(parent);
        return above;
    }
}
