using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>回头看: draw the month's sample, look at what was drawn, see what held.</summary>
[Requires(FindingPermissions.Close)]
public sealed class RechecksModel(FindingSampling sampling, FindingRulebook rulebook, Me me, TimeProvider clock) : RonghePage
{
    const int MonthsBack = 12;

    [BindProperty]
    public string? Month { get; set; }

    public IReadOnlyList<RecheckLine> Pending { get; private set; } = [];
    public IReadOnlyList<RecheckLine> Results { get; private set; } = [];
    public int Percent { get; private set; }
    public DateOnly Today { get; } = clock.Today();

    /// <summary>Months that are over, the latest first.</summary>
    public IReadOnlyList<Option> Months => [.. Enumerable.Range(1, MonthsBack).Select(back => Today.AddMonths(-back)).Select(month => new Option($"{month:yyyy-MM}", $"{month.Year} 年 {month.Month} 月关闭的"))];

    public int Held => Results.Count(line => line.Held == true);

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        (Pending, Results) = (await sampling.PendingAsync(cancel), await sampling.ResultsAsync(cancel));
        Percent = (await rulebook.ForAsync(me.CompanyId, cancel)).RecheckPercent;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", out var first) || first > Today.AddMonths(-1)) throw new Refusal("请选一个已经过完的月份。", nameof(Month));
        var drawn = await sampling.DrawAsync(first.Year, first.Month, HttpContext.RequestAborted);
        return RedirectWithMessage(drawn == 0 ? $"{first.Year} 年 {first.Month} 月没有可抽的关闭记录。" : $"抽到 {drawn} 条，已进入等着看的名单和各人的工作台。");
    }
}
