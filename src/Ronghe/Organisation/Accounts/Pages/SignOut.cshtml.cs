using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use), OpenBeforeFirstPassword]
public sealed class SignOutModel(SignInActions signIn, Me me) : RonghePage
{
    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await signIn.SignOutAsync(me.AccountId, me.Id, me.SessionId, cancel);
        await SessionCookie.TakeBackAsync(HttpContext);
        return RedirectWithMessage("已退出登录。", "/sign-in");
    }
}
