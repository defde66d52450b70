using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Notices.Pages;

/// <summary>Follows a notice to what it tells of; from then on it is read.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class OpenModel(NoticeQueries notices) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public override async Task<IActionResult> ShowAsync() => LocalRedirect(await notices.OpenAsync(HttpContext.PersonId(), Id, HttpContext.RequestAborted));
}
