using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Pages;

/// <summary>Which duties are met among those that I oversee, and where the gaps are.</summary>
[Requires(DutyPermissions.Oversee)]
public sealed class CoverageModel(DutyCoverage coverage, TimeProvider clock) : RonghePage
{
    /// <summary>Any day of the periods looked at.</summary>
    [FromQuery(Name = "day")] public DateOnly? Day { get; set; }

    public DateOnly On { get; private set; }
    public DateOnly Today { get; private set; }
    public IReadOnlyList<DutyTally> Tallies { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Today = clock.Today();
        On = Day is { } day && day.Year is > 2000 and < 2100 ? day : Today;
        Tallies = [.. (await coverage.TallyAsync(On, HttpContext.RequestAborted)).OrderByDescending(tally => tally.DueOn < Today && tally.Gaps > 0).ThenByDescending(tally => tally.Gaps > 0).ThenBy(tally => tally.DueOn)];
        return Page();
    }

    public (string Status, string Text) Badge(DutyTally tally) => tally switch
    {
        { Subjects: 0 } => ("neutral", "没有责任对象"),
        { Gaps: 0 } => ("closed", "全部满足"),
        _ when tally.DueOn < Today => ("overdue", $"缺 {tally.Gaps} 个"),
        _ => ("assigned", $"还有 {tally.Gaps} 个"),
    };
}
