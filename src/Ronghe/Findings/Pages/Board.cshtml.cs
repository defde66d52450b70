using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>What everybody may know of the open findings: place, hazard, deadline and responsible post – never a name (F14).</summary>
[Requires(FindingPermissions.View)]
public sealed class BoardModel(FindingBoard board, TimeProvider clock) : RonghePage
{
    /// <summary>On a screen on the wall: large, without a menu, fetched anew now and then.</summary>
    [FromQuery(Name = "wall")]
    public bool IsWall { get; set; }

    public IReadOnlyList<BoardLine> Lines { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        Lines = await board.OpenAsync(HttpContext.RequestAborted);
        return Page();
    }

    public int Overdue => Lines.Count(line => line.Status == FindingStatus.Assigned && line.DueOn < Today);
    public string OpenText => Lines.Count >= FindingBoard.Most ? $"{FindingBoard.Most}+" : $"{Lines.Count}";
}
