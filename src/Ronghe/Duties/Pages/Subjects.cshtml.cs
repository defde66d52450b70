using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Pages;

/// <summary>One duty in one period: who has met it with which record, who has not, and for whom it does not apply.</summary>
[Requires(DutyPermissions.Oversee)]
public sealed class SubjectsModel(DutyRulebook rulebook, DutyCoverage coverage, DutyActions actions, Me me, TimeProvider clock) : RonghePage
{
    [FromRoute] public string Code { get; set; } = "";
    [FromQuery(Name = "day")] public DateOnly? Day { get; set; }
    [FromQuery(Name = "gaps")] public bool Gaps { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }
    /// <summary>The subject whose excuse is being written.</summary>
    [FromQuery(Name = "excuse")] public Guid? Excuse { get; set; }

    public Duty Duty { get; private set; } = null!;
    public DutyPeriod Period { get; private set; }
    public DateOnly DueOn { get; private set; }
    public DateOnly Today { get; private set; }
    public Paged<DutyCoverageRow> Rows { get; private set; } = new([]);
    public Guid? MyId => me.PersonId;

    DateOnly On => Day is { } day && day.Year is > 2000 and < 2100 ? day : clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        Today = clock.Today();
        Duty = await rulebook.OneAsync(Code, HttpContext.RequestAborted);
        if (!Duty.IsKnown) throw new NotFound("这项义务的覆盖");
        Period = Duty.Definition.Cadence.Of(On);
        DueOn = Duty.Definition.Cadence.DueOn(Period, WorkCalendar.China);
        Rows = await coverage.RowsAsync(Duty, Period, Gaps, After, HttpContext.RequestAborted);
        return Page();
    }

    public string Other(DutyPeriod period) => $"/duties/{Code}?day={period.From:yyyy-MM-dd}{(Gaps ? "&gaps=true" : "")}";

    public async Task<IActionResult> OnPostExcuseAsync(Guid subject, string? reason)
    {
        await actions.ExcuseAsync(Code, subject, On, reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage("已登记为本期不适用，理由记在流水里。", $"/duties/{Uri.EscapeDataString(Code)}?day={On:yyyy-MM-dd}");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, int version)
    {
        await actions.WithdrawAsync(id, version, HttpContext.RequestAborted);
        return RedirectWithMessage("已撤回，本期照常计算。");
    }
}
