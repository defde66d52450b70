using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Where the code on the screen leads: one button to say that one is there. Whoever has the code stands before the screen, so the meeting's name is told.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class CheckInModel(MeetingSitting sitting) : RonghePage
{
    [FromRoute] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }

    public CheckInHead? Head { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        Head = await sitting.HeadAsync(Id, Code ?? "", HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await sitting.CheckInAsync(Id, Code ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage("已签到。", $"/meetings/{Id}/check-in");
    }
}
