using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Tasks.Pages;

/// <summary>What was promised: mine, and that of my units.</summary>
[Requires(TaskPermissions.Use)]
public sealed class ListModel(TaskQueries queries, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] States = [.. Enum.GetValues<TaskState>().Select(state => new Option(state.ToString(), state.Title()))];

    [FromQuery(Name = "unit")] public Guid? Unit { get; set; }
    [FromQuery(Name = "state")] public TaskState? State { get; set; }
    [FromQuery(Name = "open")] public bool Open { get; set; }
    [FromQuery(Name = "overdue")] public bool Overdue { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "waiting")] public bool Waiting { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<TaskRow> List { get; private set; } = new([]);
    public TaskCounts Counts { get; private set; } = new(0, 0, 0);
    public bool MayGive { get; } = me.May(TaskPermissions.Give);
    public DateOnly Today { get; } = clock.Today();
    public bool IsFiltered => Request.Query.Any(pair => pair.Key is not "after" && pair.Value != "");

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new() { Unit = Unit, State = State, Open = Open, Overdue = Overdue, Mine = Mine, Waiting = Waiting, Text = Text, After = After }, HttpContext.RequestAborted);
        Counts = await queries.CountsAsync(HttpContext.RequestAborted);
        return Page();
    }
}
