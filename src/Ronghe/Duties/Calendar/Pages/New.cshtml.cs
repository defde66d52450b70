using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>Puts a plan into the calendar, on its own or for the sake of another record (<c>?kind=&amp;of=</c>).</summary>
[Requires(CalendarPermissions.Plan)]
public sealed class NewModel(PlanActions actions, PlanQueries plans, TreeQueries trees, Me me, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "day")] public DateOnly? Day { get; set; }
    [FromQuery(Name = "kind")] public string? Kind { get; set; }
    [FromQuery(Name = "of")] public Guid? Of { get; set; }

    [BindProperty] public PlanForm Form { get; set; } = new();

    public string? UnitName { get; private set; }
    public string? LeadName { get; private set; }
    public (string KindTitle, string? Name, string? Href)? TiedTo { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (HttpMethods.IsGet(Request.Method))
            Form = new() { Id = Guid.CreateVersion7(), From = Day is { Year: > CalendarQueries.FirstYear and < CalendarQueries.LastYear } day ? day : clock.Today(), UnitId = me.UnitId, Kind = Tied is null ? PlanKind.Overhaul : PlanKind.PartyActivity };
        if (Form.UnitId is { } unit) UnitName = await trees.NameAsync(unit, cancel);
        if (Form.LeadId is { } lead) LeadName = await plans.PersonNameAsync(lead, cancel);
        if (Tied is { } tied && await plans.OriginAsync(tied.Kind, tied.Id, cancel) is { Name: not null } known) TiedTo = known;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await actions.PlanAsync(Form.Id, Form.ToFacts(await plans.PeopleAsync(Form.People, cancel)), Tied, cancel);
        return RedirectWithMessage("已排进日历，单位里的人都看得到。", $"/calendar/plans/{Form.Id}");
    }

    PlanOrigin? Tied => string.IsNullOrEmpty(Kind) || Of is not { } id ? null : new(Kind, id);
}
