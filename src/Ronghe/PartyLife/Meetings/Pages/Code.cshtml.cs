using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>For the screen of the room: the code that holds now, as a picture and in letters. It is made anew with each look.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class CodeModel(MeetingDetails details, MeetingCodes codes) : PageModel
{
    [FromRoute] public Guid Id { get; set; }

    public MeetingDetail Meeting { get; private set; } = null!;
    public string? Code { get; private set; }
    public string? Qr { get; private set; }
    public string WhyNot => Meeting.Status == MeetingStatus.Announced ? "签到码由主持人或记录人在会场打开。" : $"现在是“{Meeting.Status.Title()}”，已通知、还没开会时才能签到。";

    public async Task OnGetAsync()
    {
        Meeting = await details.FindAsync(Id, HttpContext.RequestAborted);
        Response.Headers.CacheControl = "no-store";
        if (Meeting.Status != MeetingStatus.Announced || !Meeting.Acts.Has("attend")) return;
        Code = await codes.CurrentAsync(Id, HttpContext.RequestAborted);
        Qr = QrPicture.Of(new Uri($"{Request.Scheme}://{Request.Host}/meetings/{Id}/check-in?code={Code}"));
    }
}
