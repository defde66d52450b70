using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Pages;

/// <summary>What I owe this week, with what already satisfies it. There is no button that says "done".</summary>
[Requires(DutyPermissions.View)]
public sealed class WeekModel(DutyWeek week, TimeProvider clock) : RonghePage
{
    public DateOnly Today { get; private set; }
    public IReadOnlyList<DutyDue> Open { get; private set; } = [];
    public IReadOnlyList<DutyDue> Met { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Today = clock.Today();
        var all = await week.OfMineAsync(HttpContext.RequestAborted);
        (Open, Met) = ([.. all.Where(due => !due.IsMet)], [.. all.Where(due => due.IsMet)]);
        return Page();
    }

    public static string Detail(DutyDue due) => $"{due.SubjectName} · {due.Period.Say(due.Duty.Definition.Cadence)} · {due.Duty.Definition.EvidenceText}"
        + (due.Met.Count > 0 ? $"（已有 {due.Met.Count} 次，还差 {due.Missing} 次）" : "");
}
