using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch.Pages;

/// <summary>The board of the watch, for the phone, a screen on the wall (<c>?wall=true</c>) and a sheet of paper (<c>?paper=true</c>).</summary>
[Requires(WatchPermissions.View)]
public sealed class BoardModel(WatchQueries queries, WatchBoard board, TimeProvider clock) : RonghePage
{
    const string All = "all";

    /// <summary>Of a branch, or “all”; mine, or the first one, when nothing is said.</summary>
    [FromQuery(Name = "branch")] public string? Asked { get; set; }
    [FromQuery(Name = "wall")] public bool IsWall { get; set; }
    [FromQuery(Name = "paper")] public bool IsPaper { get; set; }

    public IReadOnlyList<(Guid Id, string Name)> Branches { get; private set; } = [];
    public Guid? Branch { get; private set; }
    public BoardView View { get; private set; } = null!;
    public DateOnly Today { get; } = clock.Today();
    public int Overdue => View.Open.Count(line => line.Status == FindingStatus.Assigned && line.DueOn < Today);
    public string Where => Branch is { } branch ? Branches.First(one => one.Id == branch).Name : "全部支部";

    public string Address(string? form) => $"/watch/board?branch={(Branch is { } branch ? branch.ToString() : All)}{(form is null ? "" : $"&{form}=true")}";

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Branches = await queries.BranchesAsync(cancel);
        Branch = Asked == All || Branches.Count == 0 ? null : Guid.TryParse(Asked, out var id) && Branches.Any(branch => branch.Id == id) ? id : Branches[0].Id;
        View = await board.OfAsync(Branch, cancel);
        return Page();
    }
}
