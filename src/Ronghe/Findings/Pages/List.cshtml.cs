using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>The findings of my units: quick filters, filters, a dense table, pages by key.</summary>
[Requires(FindingPermissions.View)]
public sealed class ListModel(FindingQueries queries, FindingChoices choices, IEnumerable<IImporter> importers, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Statuses = [.. Enum.GetValues<FindingStatus>().Select(status => new Option(status.ToString(), status.Title()))];
    public static readonly Option[] Sources = [.. Enum.GetValues<FindingSource>().Select(source => new Option(source.ToString(), source.Title()))];
    public static readonly Option[] Grades = [.. Enum.GetValues<FindingGrade>().Select(grade => new Option(grade.ToString(), grade.Title()))];

    [BindProperty(SupportsGet = true, Name = "")]
    public FindingListQuery Ask { get; set; } = new();

    public Paged<FindingRow> List { get; private set; } = new([]);
    public IReadOnlyList<ListChip> Chips { get; private set; } = [];
    public IReadOnlyList<Option> Units { get; private set; } = [];
    public IReadOnlyList<Option> Categories { get; private set; } = [];
    public ListSettings Settings { get; private set; } = ListSettings.None(FindingListing.Key);
    /// <summary>Whether any act on several at once is this person's business.</summary>
    public bool MayActOnMany { get; } = FindingBulk.Verbs.Any(verb => me.May(FindingBulk.RightFor(verb)));
    public DateOnly Today { get; } = clock.Today();
    public bool MayExport { get; } = me.May(FindingPermissions.Export);
    public bool MayImport { get; } = importers.Any(importer => importer.Kind == "findings" && me.May(importer.Permission));
    public bool IsFiltered { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        IsFiltered = Request.Query.Any(p => p.Key is not ("after" or "before" or "theme" or "text" or "all") && p.Value != "");
        var all = await choices.AllAsync(Ask.Unit, cancel);
        if (all.List.DefaultFor(Request) is { } wanted) return LocalRedirect(wanted);
        Settings = all.List;
        List = await queries.ListAsync(Ask.ToFilter(), cancel);
        Chips = ListChip.All(queries.ThisWeek, await queries.CountsAsync(cancel));
        (Units, Categories) = ([.. all.Units.Select(AsOption)], [.. all.Categories.Select(AsOption)]);
        return Page();
    }

    public bool IsOn(ListChip chip) => chip.Query.Key is var key && Request.Query[key] == chip.Query.Value;

    public string Summary => List.Rows.Count == 0 ? "" : $"本页 {List.Rows.Count} 条 · 按上报时间从新到旧";

    static Option AsOption(FindingChoice choice) => new(choice.Id, new string('　', choice.Depth) + choice.Name);
}

/// <summary>A quick filter: one word of the address, and how much lies behind it when that is known.</summary>
public sealed record ListChip(string Text, KeyValuePair<string, string> Query, string? Count, string? Tone = null)
{
    public string Href => $"/findings?{Query.Key}={Query.Value}";

    public static IReadOnlyList<ListChip> All(DateOnly week, FindingCounts counts) =>
    [
        new("待我处理", new("waiting", "true"), $"{counts.Waiting:N0}"),
        new("未关闭", new("open", "true"), $"{counts.Open:N0}"),
        new("超期", new("overdue", "true"), $"{counts.Overdue:N0}", counts.Overdue > 0 ? "alert" : null),
        new("重大", new("grade", nameof(FindingGrade.Major)), null),
        new("本周新增", new("from", $"{week:yyyy-MM-dd}"), counts.New >= FindingCounts.MostNew ? $"{FindingCounts.MostNew - 1}+" : $"{counts.New}"),
        new("挂牌督办", new("supervised", "true"), null),
    ];
}
