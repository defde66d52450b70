using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[AllowAnonymous, RequestSizeLimit(MostBytes), ResponseCache(NoStore = true)]
public sealed class FirstSignInModel(FirstSignIn first, Passwords passwords, StepCookie step, KnownDevices devices, SignInPolicy policy, CurrentMe current) : RonghePage
{
    const int MostBytes = 16 * 1024;

    public SignInPolicy Policy => policy;

    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Slip { get; set; }
    [BindProperty] public string? Wanted { get; set; }
    [BindProperty] public string? Repeated { get; set; }

    public override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, passwords.Key(Number ?? "")));
        var entered = await first.EnterAsync(Number ?? "", Slip ?? "", Wanted ?? "", Repeated ?? "", place, current.Known?.SessionId, cancel);
        return await this.GoOnAsync(entered, step, devices, null);
    }
}
