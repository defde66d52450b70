using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

/// <summary>Asks again who sits here, and leads on to what was about to be done.</summary>
[Requires(PlatformPermissions.Use), OpenBeforeFirstPassword]
public sealed class ConfirmModel(ConfirmActions actions, PasskeyActions passkeys, KeptForms forms, SecondFactors factors, MyAccountQueries mine, KnownDevices devices, Passwords passwords, Me me, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Form { get; set; }
    [BindProperty(SupportsGet = true)] public bool Lost { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Code { get; set; }

    public string Number { get; private set; } = "";
    public bool HasCode { get; private set; }
    public bool HasPasskey { get; private set; }
    public KeptForm? Kept { get; private set; }
    public bool IsConfirmed => ConfirmFirst.IsConfirmed(me, clock.GetUtcNow());
    public string BackTo => this.Back(ReturnUrl);

    public override async Task<IActionResult> OnGetAsync()
    {
        if (!IsConfirmed) return await ShowAsync();
        if (Form is { } form) Kept = await forms.FindAsync(form, HttpContext.RequestAborted);
        return Kept is null ? LocalRedirect(BackTo) : await ShowAsync();
    }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Number = await mine.NumberAsync(cancel);
        var state = await factors.StateAsync(me.AccountId, cancel);
        (HasCode, HasPasskey) = (state.HasApp, state.Passkeys > 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var place = SignInPlace.Of(HttpContext, devices.Find(HttpContext, passwords.Key(await mine.NumberAsync(cancel))));
        if (string.IsNullOrEmpty(Password) && string.IsNullOrWhiteSpace(Code)) throw new Refusal("还没有输入密码，没有确认。", "Password");
        return await LeadOnAsync(string.IsNullOrEmpty(Password) ? await actions.ByCodeAsync(Code!, cancel) : await actions.ByPasswordAsync(Password, place, cancel));
    }

    public async Task<IActionResult> OnPostPasskeyAskAsync(CancellationToken cancel) => this.Ask(await passkeys.AskAsync(HttpContext, cancel));

    public async Task<IActionResult> OnPostPasskeyAsync(Guid challenge, string? credential, CancellationToken cancel) =>
        await LeadOnAsync(await actions.ByPasskeyAsync(new(HttpContext, challenge, credential ?? ""), cancel));

    async Task<IActionResult> LeadOnAsync(Guid session)
    {
        await SessionCookie.HandOutAsync(HttpContext, me.AccountId, session);
        if (Form is { } form) return LocalRedirect(ConfirmFirst.Page + QueryString.Create("form", form.ToString()).Add("returnUrl", BackTo));
        return LocalRedirect(BackTo);
    }
}
