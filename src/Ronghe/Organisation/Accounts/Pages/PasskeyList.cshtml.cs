using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use), StepUp, OpenBeforeSecondFactor]
public sealed class PasskeyListModel(PasskeyActions actions, MyAccountQueries mine, Me me) : RonghePage
{
    public Me Me => me;
    public string Number { get; private set; } = "";
    public IReadOnlyList<MyPasskey> Mine { get; private set; } = [];
    /// <summary>Shown in this answer only; kept nowhere in clear.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    [BindProperty] public string? Title { get; set; }

    public override async Task<IActionResult> ShowAsync()
    {
        Number = await mine.NumberAsync(HttpContext.RequestAborted);
        Mine = await actions.ListAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAskAsync(CancellationToken cancel) => this.Ask(await actions.AskForNewAsync(HttpContext, cancel));

    public async Task<IActionResult> OnPostAddAsync(Guid challenge, string? credential, CancellationToken cancel)
    {
        Codes = await actions.AddAsync(new(HttpContext, challenge, credential ?? ""), Title ?? "", cancel);
        return Codes.Count > 0 ? await ShowAsync() : RedirectWithMessage("通行密钥已添加。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? passkey, CancellationToken cancel)
    {
        await actions.RemoveAsync(passkey ?? "", cancel);
        return RedirectWithMessage("通行密钥已删除，用它不能再登录。设备里的那一份请在设备的密码设置里删掉。");
    }
}
