using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use), StepUp("Make", "Revoke")]
public sealed class TokensModel(MyAccountQueries mine, MyAccountActions actions) : RonghePage
{
    const int UsualDays = 90;

    /// <summary>Shown in this answer only; never kept anywhere.</summary>
    public string? Made { get; private set; }
    public IReadOnlyList<MyToken> Tokens { get; private set; } = [];
    public Guid NextId { get; } = Guid.CreateVersion7();

    [BindProperty] public string? Title { get; set; }
    [BindProperty] public int Days { get; set; } = UsualDays;

    public override async Task<IActionResult> ShowAsync()
    {
        Tokens = await mine.TokensAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostMakeAsync(Guid id, CancellationToken cancel)
    {
        Made = await actions.MakeTokenAsync(id, Title ?? "", Days, cancel);
        ModelState.Clear();
        (Title, Days) = (null, UsualDays);
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid token, CancellationToken cancel)
    {
        await actions.RevokeTokenAsync(token, cancel);
        return RedirectWithMessage("令牌已作废，用它的程序从现在起不能再访问。");
    }
}
