using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Risks.Pages;

[Requires(RiskPermissions.View)]
public sealed class SessionsModel(RiskSessionQueries queries, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Statuses = [.. Enum.GetValues<RiskSessionStatus>().Select(status => new Option(status.ToString(), status.Title()))];

    [FromQuery(Name = "kind")] public RiskKind? Kind { get; set; }
    [FromQuery(Name = "status")] public RiskSessionStatus? Status { get; set; }
    [FromQuery(Name = "node")] public Guid? Node { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<RiskSessionRow> List { get; private set; } = new([]);
    public bool MayPlan { get; } = me.May(RiskPermissions.Session);
    public bool SeesBusiness { get; } = me.May(RiskPermissions.Business);
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new(Kind, Status, Node, After), HttpContext.RequestAborted);
        return Page();
    }
}
