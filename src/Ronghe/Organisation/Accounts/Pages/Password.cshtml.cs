using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use), StepUp, OpenBeforeFirstPassword]
public sealed class PasswordModel(MyAccountActions actions, MyAccountQueries mine, KnownDevices devices, Passwords passwords, SignInPolicy policy, Me me) : RonghePage
{
    public Me Me => me;
    public SignInPolicy Policy => policy;
    public string Number { get; private set; } = "";
    /// <summary>Else it is one's own, but too old.</summary>
    public bool IsInitial { get; private set; }

    [BindProperty] public string? Current { get; set; }
    [BindProperty] public string? Wanted { get; set; }
    [BindProperty] public string? Repeated { get; set; }

    public override async Task<IActionResult> ShowAsync()
    {
        Number = await mine.NumberAsync(HttpContext.RequestAborted);
        IsInitial = me.MustChangePassword && await mine.HasInitialPasswordAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var key = passwords.Key(await mine.NumberAsync(cancel));
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, key));
        var session = await actions.ChangePasswordAsync(Current ?? "", Wanted ?? "", Repeated ?? "", place, cancel);
        await SessionCookie.HandOutAsync(HttpContext, me.AccountId, session);
        return RedirectWithMessage("密码已修改，其他设备已退出登录。", "/me");
    }
}
