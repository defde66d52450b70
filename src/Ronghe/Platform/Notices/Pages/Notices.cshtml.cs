using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Notices.Pages;

/// <summary>What I was told, newest first.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class NoticesModel(NoticeQueries notices, NoticeKinds kinds, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)] public bool All { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }

    public Paged<NoticeRow> List { get; private set; } = new([]);

    public int Year { get; } = clock.Today().Year;

    public string TitleOf(NoticeRow row) => kinds.Of(row.Kind).Title;

    public override async Task<IActionResult> ShowAsync()
    {
        List = await notices.ListAsync(HttpContext.PersonId(), unreadOnly: !All, After, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await notices.ReadAllAsync(HttpContext.PersonId(), HttpContext.RequestAborted);
        return RedirectWithMessage("全部标为已读。");
    }
}
