using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones.Pages;

/// <summary>A zone's sign, and a code for each of its places: scanned, it opens a report with the place filled in.</summary>
[Requires(ZonePermissions.View)]
public sealed class SignModel(ZoneSigns signs) : PageModel
{
    [FromRoute] public Guid Id { get; set; }

    public ZoneSign Zone { get; private set; } = null!;

    public async Task OnGetAsync() => Zone = await signs.OfAsync(Id, new Uri($"{Request.Scheme}://{Request.Host}"), HttpContext.RequestAborted);
}
