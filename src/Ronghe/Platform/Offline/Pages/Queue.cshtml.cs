using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Offline.Pages;

/// <summary>待上传: what this device could not send yet. The list lies on the device, so a script fills it in.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class QueueModel : RonghePage
{
    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());
}
