using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts.Pages;

[Requires(AccountPermissions.Manage)]
public sealed class AccountsModel(AccountQueries accounts, ListSettingQueries lists, Me me) : RonghePage
{
    static readonly (AccountState? State, string Text)[] States =
        [(null, "全部"), (AccountState.None, "未开通"), (AccountState.Awaited, "待首次登录"), (AccountState.Initial, "待改初始密码"), (AccountState.Active, "正常"), (AccountState.Disabled, "已停用")];

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public AccountState? State { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }

    public ListSettings Settings { get; private set; } = ListSettings.None("accounts");
    public Paged<AccountRow> List { get; private set; } = new([]);

    public IEnumerable<(string Href, string Text, bool On)> Chips => States.Select(state => (
        "/admin/accounts" + QueryString.Create(new Dictionary<string, string?> { ["state"] = state.State?.ToString(), ["q"] = Q }), state.Text, state.State == State));

    public static (string Status, string? Text) Badge(AccountState state) => state switch
    {
        AccountState.Active => ("good", "正常"),
        AccountState.Initial => ("waiting", "待改初始密码"),
        AccountState.Awaited => ("waiting", "待首次登录"),
        AccountState.Disabled => ("bad", "已停用"),
        _ => ("neutral", "未开通"),
    };

    public override async Task<IActionResult> ShowAsync()
    {
        Settings = await lists.ForAsync(me.Id, "accounts", HttpContext.RequestAborted);
        if (Settings.DefaultFor(Request) is { } wanted) return LocalRedirect(wanted);
        List = await accounts.ListAsync(new(Q, State, After, Before), HttpContext.RequestAborted);
        return Page();
    }
}
