using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>Findings unit by unit: how many are open, overdue and in which state; each number leads to its list, each unit to those below.</summary>
[Requires(FindingPermissions.View)]
public sealed class UnitsModel(FindingLoads loads) : RonghePage
{
    [BindProperty(SupportsGet = true, Name = "unit")]
    public Guid? Unit { get; set; }

    public UnitLoads Loads { get; private set; } = null!;

    /// <summary>One line of the table; the unit itself, without those below, has no name of its own.</summary>
    public sealed record Line(Guid? UnitId, string Name, bool HasUnits, FindingLoad Load);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Loads = await loads.OfAsync(Unit, HttpContext.RequestAborted);
        var units = Loads.Units.Select(unit => new Line(unit.UnitId, unit.Name, unit.HasUnits, unit.Load));
        Lines = Loads.Direct != FindingLoad.None ? [.. units, new Line(null, "本级直接负责", false, Loads.Direct)] : [.. units];
        return Page();
    }

    public static string Href(Guid unit) => $"/findings/units?unit={unit}";

    public static string ListOf(Guid unit, string filter) => $"/findings?unit={unit}&{filter}";
}
