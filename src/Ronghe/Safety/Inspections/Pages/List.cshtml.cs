using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Inspections.Pages;

[Requires(InspectionPermissions.View)]
public sealed class ListModel(InspectionQueries inspections, SpotChecks spotChecks, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Kinds = [.. Enum.GetValues<InspectionKind>().Select(kind => new Option(kind.ToString(), kind.Title()))];
    public static readonly Option[] Statuses = [.. Enum.GetValues<InspectionStatus>().Select(status => new Option(status.ToString(), status.Title()))];

    [BindProperty(SupportsGet = true)] public InspectionKind? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public InspectionStatus? Status { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Zone { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public Paged<InspectionRow> List { get; private set; } = new([]);
    public IReadOnlyList<SpotCheckCoverage> Coverage { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public bool MayPlan => me.May(InspectionPermissions.Plan) || me.May(InspectionPermissions.Patrol) || me.May(InspectionPermissions.SpotCheck);

    public Table<SpotCheckCoverage> CoverageTable => Table.Of(Coverage, row => $"/units/{row.UnitId}")
        .Main("部门", row => row.Unit)
        .Text("上次抽查", row => row.LastChecked is { } at ? at.PlantDate().Say(Today.Year) : "还没有抽到过")
        .Number("今年", row => row.ThisYear);

    public override async Task<IActionResult> ShowAsync()
    {
        List = await inspections.ListAsync(new(Kind, Status, Zone, After), HttpContext.RequestAborted);
        if (me.May(InspectionPermissions.SpotCheck) && After is null) Coverage = await spotChecks.CoverageAsync(HttpContext.RequestAborted);
        return Page();
    }
}
