using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

public static class AccountPermissions
{
    public const string Manage = "accounts.manage", ViewPolicy = "accounts.view-policy";

    public static readonly Permission[] All = [new(Manage, "开通、停用账号，重置密码和两步验证，解除登录限制"), new(ViewPolicy, "查看登录策略")];
}
