using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>The lead or deputy of a zone walks it: planned and begun in one press.</summary>
[Requires(InspectionPermissions.View)]
public sealed class RoundModel(ZoneQueries zones, ChecklistBook book, InspectionActions actions, Me me, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "zone")] public Guid Zone { get; set; }
    [BindProperty] public string? Checklist { get; set; }

    public ZoneDetail Detail { get; private set; } = null!;
    public IReadOnlyList<Option> Checklists { get; private set; } = [];
    public Guid RoundId { get; } = Guid.CreateVersion7();

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await zones.DetailAsync(Zone, HttpContext.RequestAborted);
        var lists = (await book.AllAsync(HttpContext.RequestAborted)).Where(list => list.IsActive).ToList();
        Checklists = [.. lists.OrderBy(list => !Detail.ChecklistCodes.Contains(list.Code)).Select(list => new Option(list.Code, $"{list.Code} {list.Name}"))];
        if (HttpMethods.IsGet(Request.Method)) Checklist = Detail.ChecklistCodes.FirstOrDefault(code => lists.Any(list => list.Code == code));
        return Page();
    }

    public async Task<IActionResult> OnPostStartAsync(Guid id, CancellationToken cancel)
    {
        var zone = (await zones.DetailAsync(Zone, cancel)).Zone;
        var round = id == Guid.Empty ? Guid.CreateVersion7() : id;
        await actions.PlanAsync(round, new(InspectionKind.ZoneRound, $"{zone.Name}巡查", zone.UnitId, zone.Id, me.Id, clock.Today(), []), Checklist, cancel);
        await actions.StartAsync(round, 1, cancel);
        return RedirectWithMessage("巡查已开始。", $"/inspections/{round}");
    }
}
