using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Notices.Pages;

/// <summary>What I want to be told, and when not.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class ChoicesModel(NoticeQueries notices, NoticeKinds kinds) : RonghePage
{
    /// <summary>The kinds that stay on.</summary>
    [BindProperty] public string[] Wanted { get; set; } = [];
    [BindProperty] public TimeOnly QuietFrom { get; set; }
    [BindProperty] public TimeOnly QuietTo { get; set; }

    public IEnumerable<NoticeKind> Mandatory => kinds.All.Where(kind => kind.IsMandatory);
    public IEnumerable<NoticeKind> Optional => kinds.All.Where(kind => !kind.IsMandatory);

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsPost(Request.Method)) return Page();
        var choice = await notices.ChoiceAsync(HttpContext.PersonId(), HttpContext.RequestAborted);
        (Wanted, QuietFrom, QuietTo) = ([.. Optional.Where(choice.Wants).Select(kind => kind.Key)], choice.QuietFrom, choice.QuietTo);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await notices.ChooseAsync(HttpContext.PersonId(), Optional.Select(kind => kind.Key).Except(Wanted), QuietFrom, QuietTo, HttpContext.RequestAborted);
        return RedirectWithMessage("提醒设置已保存。");
    }
}
