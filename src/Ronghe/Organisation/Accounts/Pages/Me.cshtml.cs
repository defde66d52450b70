using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(PlatformPermissions.Use)]
public sealed class MeModel(MyAccountQueries mine, MyAccountActions actions, SecondFactors factors, Me me) : RonghePage
{
    public Me Me => me;
    public string Number { get; private set; } = "";
    public IReadOnlyList<MyPost> Posts { get; private set; } = [];
    public IReadOnlyList<string> CommonRights { get; private set; } = [];
    public IReadOnlyList<MySession> Sessions { get; private set; } = [];
    public SecondFactorState TwoStep { get; private set; } = SecondFactorState.Off;
    public int TokenCount { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Number = await mine.NumberAsync(cancel);
        Posts = await mine.PostsAsync(cancel);
        CommonRights = mine.CommonRights();
        Sessions = await mine.SessionsAsync(cancel);
        TwoStep = await factors.StateAsync(me.AccountId, cancel);
        TokenCount = (await mine.TokensAsync(cancel)).Count(token => token.IsGood);
        return Page();
    }

    public async Task<IActionResult> OnPostEndSessionAsync(Guid session, CancellationToken cancel)
    {
        await actions.EndSessionAsync(session, cancel);
        return RedirectWithMessage("那台设备已退出登录。");
    }

    public async Task<IActionResult> OnPostEndOthersAsync(bool tokens, CancellationToken cancel)
    {
        await actions.SignOutElsewhereAsync(tokens, cancel);
        return RedirectWithMessage(tokens ? "其他设备都已退出登录，访问令牌都已作废。" : "其他设备都已退出登录。");
    }
}
