using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[AllowAnonymous, RequestSizeLimit(MostBytes), ResponseCache(NoStore = true)]
public sealed class SignInModel(SignInActions signIn, Passwords passwords, KnownDevices devices, CurrentMe current) : RonghePage
{
    const int MostBytes = 16 * 1024;

    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Password { get; set; }

    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var key = passwords.Key(Number ?? "");
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, key));
        var session = await signIn.SignInAsync(Number ?? "", Password ?? "", place, current.Known?.SessionId, cancel);
        await SessionCookie.HandOutAsync(HttpContext, session.AccountId, session.SessionId);
        devices.Remember(HttpContext, key);
        return LocalRedirect(session.MustChangePassword ? "/me/password" : Back());
    }

    /// <summary>Never to another site: a link to us must not end elsewhere.</summary>
    string Back() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";
}
