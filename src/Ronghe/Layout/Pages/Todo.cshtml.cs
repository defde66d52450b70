using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Layout.Pages;

/// <summary>Everything that waits for me, in full; the phone's 待办.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class TodoModel(Waiting waits, TimeProvider clock) : RonghePage
{
    public WaitingList Waiting { get; private set; } = WaitingList.Nothing;

    public override async Task<IActionResult> ShowAsync()
    {
        Waiting = new WaitingList(await waits.ListAsync(HttpContext.RequestAborted), clock.Today());
        return Page();
    }
}
