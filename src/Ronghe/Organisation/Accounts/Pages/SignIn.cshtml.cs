using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[AllowAnonymous, RequestSizeLimit(MostBytes), ResponseCache(NoStore = true)]
public sealed class SignInModel(SignInActions signIn, Passkeys passkeys, Passwords passwords, StepCookie step, KnownDevices devices, CurrentMe current) : RonghePage
{
    const int MostBytes = 32 * 1024;

    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Password { get; set; }

    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var key = passwords.Key(Number ?? "");
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, key));
        var first = await signIn.SignInAsync(Number ?? "", Password ?? "", place, current.Known?.SessionId, cancel);
        return await this.GoOnAsync(first, step, devices, ReturnUrl);
    }

    public async Task<IActionResult> OnPostPasskeyAskAsync(CancellationToken cancel) => this.Ask(await passkeys.AskAsync(HttpContext, null, cancel));

    public async Task<IActionResult> OnPostPasskeyAsync(Guid challenge, string? credential, CancellationToken cancel)
    {
        var place = SignInPlace.Of(HttpContext, null);
        var session = await signIn.ByPasskeyAsync(new(HttpContext, challenge, credential ?? ""), place, current.Known?.SessionId, cancel);
        return await this.EnterAsync(session, devices, ReturnUrl);
    }
}
