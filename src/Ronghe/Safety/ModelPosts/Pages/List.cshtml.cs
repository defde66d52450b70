using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>Posts with their states, newest first; what is amiss with one stands beside it.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class ListModel(ModelPostQueries queries, Me me, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "kind")] public ModelPostKind? Kind { get; set; }
    [FromQuery(Name = "state")] public ModelPostState? State { get; set; }
    [FromQuery(Name = "unit")] public Guid? Unit { get; set; }
    [FromQuery(Name = "zone")] public Guid? Zone { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<ModelPostRow> List { get; private set; } = new([]);
    public bool SeesEffect { get; } = me.May(ModelPostPermissions.Effect);
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new() { Kind = Kind, State = State, Unit = Unit, Zone = Zone, Mine = Mine, After = After }, HttpContext.RequestAborted);
        return Page();
    }
}
