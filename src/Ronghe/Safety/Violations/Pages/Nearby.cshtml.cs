using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Violations.Pages;

/// <summary>How many violations there were where members of a branch work and in the zones that they lead, period by period.</summary>
[Requires(ViolationPermissions.View)]
public sealed class NearbyModel(ViolationsNearby nearby, TimeProvider clock) : RonghePage
{
    public static readonly (string Key, string Title)[] Spans = [("month", "本月"), ("quarter", "本季"), ("year", "今年")];

    [FromQuery(Name = "branch")] public Guid? Asked { get; set; }
    [FromQuery(Name = "span")] public string? Span { get; set; }

    public IReadOnlyList<(Guid Id, string Name)> Branches { get; private set; } = [];
    public Guid? Branch { get; private set; }
    public NearbyView? View { get; private set; }
    public string SpanKey => Spans.Any(span => span.Key == Span) ? Span! : "quarter";

    public override async Task<IActionResult> ShowAsync()
    {
        Branches = await nearby.BranchesAsync(HttpContext.RequestAborted);
        if (Branches.Count == 0) return Page();
        Branch = Branches.Any(branch => branch.Id == Asked) ? Asked : Branches[0].Id;
        View = await nearby.OfAsync(Branch!.Value, NearbyPeriod.Of(SpanKey, clock.Today()), HttpContext.RequestAborted);
        return Page();
    }

    public static string Address(Guid? branch, string span) => $"/violations/nearby?branch={branch}&span={span}";

    /// <summary>To the records, which show names only to those who may read them.</summary>
    public static string HrefOf(NearbyRow row) => row.ZoneId is { } zone ? $"/zones/{zone}" : $"/violations?unit={row.UnitId}&state=Confirmed";
}
