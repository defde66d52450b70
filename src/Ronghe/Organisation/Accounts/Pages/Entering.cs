using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

/// <summary>The end of every way to sign in.</summary>
static class Entering
{
    /// <summary>After the first step: in, or on to the second.</summary>
    public static async Task<IActionResult> GoOnAsync(this PageModel page, FirstStep first, StepCookie step, KnownDevices devices, string? returnUrl)
    {
        if (first.Session is { } session) return await page.EnterAsync(session, devices, returnUrl);
        step.HandOut(page.HttpContext, first.Challenge!.Value);
        return page.LocalRedirect("/sign-in/second" + QueryString.Create("returnUrl", page.Back(returnUrl)));
    }

    public static async Task<IActionResult> EnterAsync(this PageModel page, NewSession session, KnownDevices devices, string? returnUrl)
    {
        await SessionCookie.HandOutAsync(page.HttpContext, session.AccountId, session.SessionId);
        devices.Remember(page.HttpContext, session.Key);
        if (session.SecondFactorResetAt is { } reset)
            page.Flash($"您的两步验证已于 {reset.Say()} 由管理员重置，现在只凭密码登录。不是您自己要求的话，请马上修改密码并告诉安全保密管理员；需要的话请在“我的”里重新开启。", "bad");
        return page.LocalRedirect(session.MustChangePassword ? "/me/password" : page.Back(returnUrl));
    }

    /// <summary>Never to another site: a link to us must not end elsewhere.</summary>
    public static string Back(this PageModel page, string? returnUrl) => page.Url.IsLocalUrl(returnUrl) && returnUrl!.All(letter => letter is > ' ' and <= '~') ? returnUrl! : "/";
}
