using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[AllowAnonymous, RequestSizeLimit(MostBytes), ResponseCache(NoStore = true)]
public sealed class SecondStepModel(SignInActions signIn, StepCookie step, KnownDevices devices, CurrentMe current) : RonghePage
{
    const int MostBytes = 32 * 1024;

    public PendingStep Pending { get; private set; } = null!;

    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Recovery { get; set; }

    public override async Task<IActionResult> ShowAsync()
    {
        try
        {
            Pending = await signIn.FindStepAsync(step.Read(HttpContext), HttpContext.RequestAborted);
            return Page();
        }
        catch (Refusal tooLate)
        {
            this.Flash(tooLate.Message, "bad");
            return LocalRedirect("/sign-in" + QueryString.Create("returnUrl", ReturnUrl ?? "/"));
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var challenge = step.Read(HttpContext);
        var pending = await signIn.FindStepAsync(challenge, cancel);
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, pending.Key));
        var code = string.IsNullOrWhiteSpace(Code) ? Recovery : Code;
        var session = await signIn.SecondStepAsync(challenge, code ?? "", place, current.Known?.SessionId, cancel);
        step.TakeBack(HttpContext);
        return await this.EnterAsync(session, devices, ReturnUrl);
    }

    public async Task<IActionResult> OnPostPasskeyAskAsync(CancellationToken cancel) => this.Ask(await signIn.AskSecondPasskeyAsync(step.Read(HttpContext), HttpContext, cancel));

    public async Task<IActionResult> OnPostPasskeyAsync(Guid challenge, string? credential, CancellationToken cancel)
    {
        var first = step.Read(HttpContext);
        var pending = await signIn.FindStepAsync(first, cancel);
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, pending.Key));
        var session = await signIn.SecondStepByPasskeyAsync(first, new(HttpContext, challenge, credential ?? ""), place, current.Known?.SessionId, cancel);
        step.TakeBack(HttpContext);
        return await this.EnterAsync(session, devices, ReturnUrl);
    }
}
