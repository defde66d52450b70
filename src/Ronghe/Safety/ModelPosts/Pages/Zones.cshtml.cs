using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>A year of all zones in figures (M12), in the order of their names.</summary>
[Requires(ModelPostPermissions.Effect)]
public sealed class ZonesModel(ZoneAssessments zones, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "year")] public int? Year { get; set; }

    public int Shown => Year ?? clock.Today().Year;
    public IReadOnlyList<ZoneYearRow> Rows { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Rows = await zones.BoardAsync(Shown, HttpContext.RequestAborted);
        return Page();
    }
}
