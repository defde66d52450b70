using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>Party and production plans of one month side by side: where they clash, where they can be one activity, how many serve both.</summary>
[Requires(CalendarPermissions.View)]
public sealed class OverlapModel(CalendarOverlaps overlaps, PlanActions plans, Me me, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "day")] public DateOnly? Day { get; set; }

    public DateOnly Month { get; private set; }
    public DateOnly Today { get; } = clock.Today();
    public OverlapView Overlaps { get; private set; } = new([], []);
    public bool MayPlan { get; } = me.May(CalendarPermissions.Plan);

    public IReadOnlyList<Overlap> Clashes => [.. Overlaps.Overlaps.Where(one => one.Kind == OverlapKind.Clash)];
    public IReadOnlyList<Overlap> CanBeOne => [.. Overlaps.Overlaps.Where(one => one.Kind != OverlapKind.Clash)];

    public override async Task<IActionResult> ShowAsync()
    {
        var on = Day is { Year: > CalendarQueries.FirstYear and < CalendarQueries.LastYear } day ? day : Today;
        Month = new(on.Year, on.Month, 1);
        Overlaps = await overlaps.OfAsync(Month, Month.AddMonths(1).AddDays(-1), HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostJoinAsync(Guid keep, int version, Guid other, int otherVersion)
    {
        await plans.JoinAsync(keep, version, other, otherVersion, HttpContext.RequestAborted);
        return RedirectWithMessage("已合成一项，两个标签都带，以后只改这一项。", $"/calendar/plans/{keep}");
    }
}
