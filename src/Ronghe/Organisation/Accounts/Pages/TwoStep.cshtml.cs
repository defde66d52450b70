using Microsoft.AspNetCore.Mvc;
using QRCoder;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use), StepUp, OpenBeforeSecondFactor]
public sealed class TwoStepModel(TwoStepActions actions, SecondFactors factors, MyAccountQueries mine, Me me) : RonghePage
{
    const int PixelsPerModule = 6;

    public Me Me => me;
    public string Number { get; private set; } = "";
    public SecondFactorState State { get; private set; } = SecondFactorState.Off;
    public AuthenticatorOffer Offer { get; private set; } = new("", "", "");
    /// <summary>Shown in this answer only; kept nowhere in clear.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    [BindProperty] public string? Ticket { get; set; }
    [BindProperty] public string? Code { get; set; }

    public string QrCode
    {
        get
        {
            using var code = QRCodeGenerator.GenerateQrCode(Offer.Address, QRCodeGenerator.ECCLevel.M);
            using var drawing = new PngByteQRCode(code);
            return "data:image/png;base64," + Convert.ToBase64String(drawing.GetGraphic(PixelsPerModule));
        }
    }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Number = await mine.NumberAsync(cancel);
        State = await factors.StateAsync(me.AccountId, cancel);
        Offer = Ticket is null ? actions.Offer(Number) : actions.Offer(Number, Ticket);
        return Page();
    }

    public async Task<IActionResult> OnPostEnrolAsync(CancellationToken cancel)
    {
        Codes = await actions.EnrolAsync(Ticket ?? "", Code ?? "", cancel);
        return Codes.Count > 0 ? await ShowAsync() : RedirectWithMessage("已改用这部手机，其他设备已退出登录。以前的恢复码仍然有效。");
    }

    public async Task<IActionResult> OnPostCodesAsync(CancellationToken cancel)
    {
        Codes = await actions.MakeRecoveryCodesAsync(cancel);
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancel)
    {
        await actions.TurnOffAsync(cancel);
        return RedirectWithMessage("验证器应用已停用，其他设备已退出登录。");
    }
}
