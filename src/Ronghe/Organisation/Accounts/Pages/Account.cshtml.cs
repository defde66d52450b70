using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(AccountPermissions.Manage), StepUp("Open", "Reset", "ResetSecondFactor", "Disable", "Enable")]
public sealed class AccountModel(AccountQueries accounts, AccountActions actions, Me me) : RonghePage
{
    [BindProperty(SupportsGet = true, Name = "person")] public Guid PersonId { get; set; }

    public AccountRow Row { get; private set; } = null!;
    /// <summary>Shown in this answer only; never kept anywhere.</summary>
    public HandedOutPassword? HandedOut { get; private set; }
    public string? WhyNot => PersonId == me.PersonId ? "这是您自己的账号：密码在“我的”里修改，停用只能在服务器上办理。" : Row.IsAdministrator ? Administrators.AtTheConsole : null;

    public override async Task<IActionResult> ShowAsync()
    {
        Row = await accounts.FindAsync(PersonId, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostOpenAsync(CancellationToken cancel)
    {
        HandedOut = await actions.OpenAsync(PersonId, cancel: cancel);
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostResetAsync(CancellationToken cancel)
    {
        HandedOut = await actions.ResetPasswordAsync(PersonId, cancel: cancel);
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken cancel)
    {
        await actions.UnlockAsync(PersonId, cancel);
        return RedirectWithMessage("登录限制已解除，现在就可以登录。");
    }

    public async Task<IActionResult> OnPostResetSecondFactorAsync(CancellationToken cancel)
    {
        await actions.ResetSecondFactorAsync(PersonId, cancel);
        return RedirectWithMessage("两步验证已重置，所有设备已退出登录。本人下次登录时会被告知。");
    }

    public async Task<IActionResult> OnPostDisableAsync(CancellationToken cancel)
    {
        await actions.DisableAsync(PersonId, cancel);
        return RedirectWithMessage("账号已停用，所有设备已退出登录。");
    }

    public async Task<IActionResult> OnPostEnableAsync(CancellationToken cancel)
    {
        await actions.EnableAsync(PersonId, cancel);
        return RedirectWithMessage("账号已恢复使用。");
    }
}
