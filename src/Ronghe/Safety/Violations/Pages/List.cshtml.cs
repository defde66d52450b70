using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Violations.Pages;

/// <summary>Violations of my units; names only for those who may read them.</summary>
[Requires(ViolationPermissions.View)]
public sealed class ListModel(ViolationQueries queries, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] States = [.. Enum.GetValues<ViolationState>().Select(state => new Option(state.ToString(), state.Title()))];
    public static readonly Option[] Natures = [.. ViolationKind.Natures.Select(nature => new Option(nature, nature))];

    [FromQuery(Name = "unit")] public Guid? Unit { get; set; }
    [FromQuery(Name = "state")] public ViolationState? State { get; set; }
    [FromQuery(Name = "nature")] public string? Nature { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<ViolationRow> List { get; private set; } = new([]);
    public bool MayNote { get; } = me.May(ViolationPermissions.Note);
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new() { Unit = Unit, State = State, Nature = Nature, Mine = Mine, After = After }, HttpContext.RequestAborted);
        return Page();
    }

    public static (string Status, string? Text) Badge(ViolationState state) => (state switch
    {
        ViolationState.Noted => "reported", ViolationState.Heard => "rectified", ViolationState.Confirmed => "closed", _ => "rejected",
    }, state.Title());
}
