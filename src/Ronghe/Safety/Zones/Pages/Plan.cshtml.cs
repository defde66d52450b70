using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Zones.Pages;

[Requires(ZonePermissions.Plan)]
[RequestSizeLimit(Most), RequestFormLimits(MultipartBodyLengthLimit = Most)]
public sealed class PlanModel(ZonePlans plans, Me me) : RonghePage
{
    const int Most = PhotoSandbox.MaxBytes + (1 << 20);

    public PlanView Plan { get; private set; } = null!;

    public override async Task<IActionResult> ShowAsync()
    {
        Plan = await plans.OfAsync(me.CompanyId, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostReplaceAsync(int version, IFormFile? picture, CancellationToken cancel)
    {
        if (picture is null || picture.Length == 0) throw new Refusal("请选一张图片。平面图没有更换。", nameof(picture));
        await using var content = picture.OpenReadStream();
        await plans.ReplaceAsync(version, content, picture.FileName, cancel);
        return RedirectWithMessage("平面图已换上，责任区的范围按新图换算过了。");
    }

    public async Task<IActionResult> OnPostDropAsync(int version, CancellationToken cancel)
    {
        await plans.DropAsync(version, cancel);
        return RedirectWithMessage("已改回随地点带来的示意图。");
    }
}
