using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones.Pages;

/// <summary>The signs of all zones, one sheet each.</summary>
[Requires(ZonePermissions.View)]
public sealed class SignsModel(ZoneSigns signs) : PageModel
{
    public IReadOnlyList<ZoneSign> Zones { get; private set; } = [];

    public async Task OnGetAsync() => Zones = await signs.AllAsync(new Uri($"{Request.Scheme}://{Request.Host}"), HttpContext.RequestAborted);
}
