using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Platform.Web.Pages;

[Requires(PlatformPermissions.Use)]
public sealed class ApiGuidePage(ApiGuide guide) : RonghePage
{
    public IReadOnlyList<ApiGuide.Group> Groups { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Groups = await guide.ReadAsync(HttpContext.RequestAborted);
        return Page();
    }
}
