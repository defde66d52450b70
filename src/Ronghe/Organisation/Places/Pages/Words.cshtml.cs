using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Places.Pages;

[Requires(OrganisationPermissions.ManagePlaces)]
public sealed class WordsModel(PlaceWords words) : RonghePage
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public PlaceWordKind? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public Paged<PlaceWordLine> Words { get; private set; } = new([]);

    public override async Task<IActionResult> ShowAsync()
    {
        Words = await words.ListAsync(Kind, Q, After, 50, HttpContext.RequestAborted);
        return Page();
    }
}
