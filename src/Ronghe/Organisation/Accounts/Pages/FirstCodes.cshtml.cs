using Microsoft.AspNetCore.Mvc;
using QRCoder;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(AccountPermissions.Manage), StepUp("Print")]
public sealed class FirstCodesModel(FirstCodeActions codes, TimeProvider clock) : RonghePage
{
    const int PixelsPerModule = 4;

    [BindProperty(SupportsGet = true), Picked("units")] public Guid? Unit { get; set; }
    [BindProperty] public List<Guid> People { get; set; } = [];

    public string? UnitName { get; private set; }
    public IReadOnlyList<Newcomer> Newcomers { get; private set; } = [];
    /// <summary>Shown in this answer only; kept nowhere in clear.</summary>
    public IReadOnlyList<FirstSlip> Slips { get; private set; } = [];
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Where the slips lead, as the administrator sees the product; without the code.</summary>
    public string Address => $"{Request.Scheme}://{Request.Host}/sign-in/first";

    public string QrCode
    {
        get
        {
            using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
            using var drawing = new PngByteQRCode(code);
            return "data:image/png;base64," + Convert.ToBase64String(drawing.GetGraphic(PixelsPerModule));
        }
    }

    public override async Task<IActionResult> ShowAsync()
    {
        if (Unit is not { } unit) return Page();
        UnitName = await codes.UnitNameAsync(unit, HttpContext.RequestAborted);
        Newcomers = await codes.NewcomersAsync(unit, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostPrintAsync(CancellationToken cancel)
    {
        if (Unit is not { } unit) return await ShowAsync();
        UnitName = await codes.UnitNameAsync(unit, cancel);
        Slips = await codes.PrintAsync(unit, People, cancel);
        return Page();
    }
}
