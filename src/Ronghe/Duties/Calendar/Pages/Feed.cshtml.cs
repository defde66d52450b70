using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>The address under which my phone or mail program reads my calendar: made, renewed, revoked; shown once.</summary>
[Requires(CalendarPermissions.View)]
public sealed class FeedModel(CalendarFeeds feeds) : RonghePage
{
    /// <summary>Shown in this answer only; never kept anywhere.</summary>
    public string? Made { get; private set; }
    public CalendarFeed? Mine { get; private set; }
    public Guid NextId { get; } = Guid.CreateVersion7();

    public override async Task<IActionResult> ShowAsync()
    {
        Mine = await feeds.MineAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostRenewAsync(Guid id, CancellationToken cancel)
    {
        Made = $"{Request.Scheme}://{Request.Host}{CalendarApi.FeedRoute.Replace("{secret}", await feeds.RenewAsync(id, cancel))}";
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancel)
    {
        await feeds.RevokeAsync(cancel);
        return RedirectWithMessage("订阅地址已停用，手机里的日历不再更新。");
    }
}
