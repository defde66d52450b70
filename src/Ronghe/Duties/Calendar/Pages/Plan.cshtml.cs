using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>One plan: what, when, for whom; changing it and calling it off.</summary>
[Requires(CalendarPermissions.View)]
public sealed class PlanModel(PlanActions actions, PlanQueries plans, RecordHistory history, TimeProvider clock) : ActPage
{
    [FromRoute] public Guid Id { get; set; }
    [BindProperty] public PlanForm Form { get; set; } = new();

    public PlanDetail Detail { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();

    protected override IEnumerable<string> Offered => Detail.MayChange ? ["Restate", "Cancel"] : [];

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await plans.DetailAsync(Id, HttpContext.RequestAborted);
        if (!IsSent("Restate")) Form = PlanForm.Of(Detail);
        History = await history.OfAsync(PlanActions.Kind, Id, HttpContext.RequestAborted);
        return Page();
    }

    public (string Status, string Text) Badge => Detail.Plan.State switch
    {
        PlanState.Planned when Detail.Plan.To < Today => ("closed", "已过"), PlanState.Planned => ("assigned", "已排"), PlanState.Joined => ("neutral", "已并入另一项"), _ => ("rejected", "已取消"),
    };

    public async Task<IActionResult> OnPostRestateAsync(int version, CancellationToken cancel)
    {
        await actions.RestateAsync(Id, version, Form.ToFacts(await plans.PeopleAsync(Form.People, cancel)), cancel);
        return RedirectWithMessage("已改好，日历上跟着变。");
    }

    public async Task<IActionResult> OnPostCancelAsync(int version, string? reason, CancellationToken cancel)
    {
        await actions.CancelAsync(Id, version, reason ?? "", cancel);
        return RedirectWithMessage("已取消，日历上不再显示。");
    }
}
