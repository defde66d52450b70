using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Places.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class PlaceModel(PlaceQueries places, RecordHistory history) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PlaceDetail Place { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public string Sub => string.Join(" · ", Place.Path.Select(place => place.Name).Append(Place.Level.Title()));

    public override async Task<IActionResult> ShowAsync()
    {
        Place = await places.DetailAsync(Id, HttpContext.RequestAborted);
        History = await history.OfAsync(OrganisationEvents.Place, Id, HttpContext.RequestAborted);
        return Page();
    }
}
