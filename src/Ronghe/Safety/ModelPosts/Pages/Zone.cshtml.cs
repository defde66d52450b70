using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>The assessment sheet of one zone and year: figures beside last year's, and the conclusion.</summary>
[Requires(ModelPostPermissions.Effect)]
public sealed class ZoneModel(ZoneAssessments zones, TimeProvider clock) : RonghePage
{
    [FromRoute(Name = "zone")] public Guid Zone { get; set; }
    [FromQuery(Name = "year")] public int? Year { get; set; }
    [BindProperty] public ConclusionForm Form { get; set; } = new();

    public ZoneSheet Sheet { get; private set; } = null!;
    int Shown => Year ?? clock.Today().Year;

    public sealed record Line(string Title, string This, string Last, string? Href = null);

    public IReadOnlyList<Line> Lines =>
    [
        Of("巡查次数", year => $"{year.Rounds}", $"/inspections?zone={Zone}"),
        Of("发现隐患（属实）", year => $"{year.Found}", $"/zones/{Zone}"),
        Of("其中重大", year => $"{year.Major}"),
        Of("关闭隐患", year => $"{year.Closed}"),
        Of("其中按期整改", year => year.Closed == 0 ? "—" : $"{year.InTime}（{100 * year.InTime / year.Closed}%）"),
        Of("年末还没有关闭", year => $"{year.OpenAtEnd}", $"/zones/{Zone}"),
        Of("违章（已认定）", year => $"{year.Violations}", "/violations"),
        Of("示范岗", year => $"{year.Posts}", $"/model-posts?zone={Zone}"),
        Of("示范岗活动", year => $"{year.Activities}", $"/model-posts?zone={Zone}"),
        Of("没有责任区长的天数", year => $"{year.DaysWithoutLead} / {year.Days}", $"/zones/{Zone}"),
    ];

    public override async Task<IActionResult> ShowAsync()
    {
        Sheet = await zones.SheetAsync(Zone, Shown, HttpContext.RequestAborted);
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), Conclusion = Sheet.Assessment?.Conclusion, Improvement = Sheet.Assessment?.Improvement };
        return Page();
    }

    public async Task<IActionResult> OnPostConcludeAsync(int version, CancellationToken cancel)
    {
        await zones.ConcludeAsync(Form.Id, Zone, Shown, version, Form.Conclusion ?? "", Form.Improvement ?? "", cancel);
        return RedirectWithMessage("结论已保存，当时的数字一起存下了。");
    }

    Line Of(string title, Func<ZoneYear, string> say, string? href = null) => new(title, say(Sheet.This), say(Sheet.Last), href);

    public sealed class ConclusionForm
    {
        public Guid Id { get; set; }
        public string? Conclusion { get; set; }
        public string? Improvement { get; set; }
    }
}
