using System.Text.Json;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Accounts;

/// <summary>What happens to accounts, in the journal's words. Numbers, passwords and tokens never stand there.</summary>
public static class AccountJournal
{
    public const string Kind = "account",
        SignedIn = "account.signed-in", SignedOut = "account.signed-out", SessionEnded = "account.session-ended", SignInSlowed = "account.sign-in-slowed",
        Confirmed = "account.confirmed",
        Opened = "account.opened", PasswordHandedOut = "account.password-handed-out", PasswordChosen = "account.password-chosen",
        Unlocked = "account.unlocked", Disabled = "account.disabled", Enabled = "account.enabled",
        FirstCodeMade = "account.first-code-made", FirstCodeUsed = "account.first-code-used",
        TwoStepOn = "account.two-step-on", TwoStepOff = "account.two-step-off", RecoveryCodesMade = "account.recovery-codes-made",
        RecoveryCodeUsed = "account.recovery-code-used", PasskeyAdded = "account.passkey-added", PasskeyRemoved = "account.passkey-removed",
        SecondFactorReset = "account.second-factor-reset",
        TokenMade = "account.token-made", TokenRevoked = "account.token-revoked";

    public static readonly JournalSubject Subject = new(Kind, "账号", new Dictionary<string, string>
    {
        [SignedIn] = "登录", [SignedOut] = "退出", [SessionEnded] = "结束登录", [SignInSlowed] = "登录受限", [Opened] = "开通账号",
        [PasswordHandedOut] = "发放初始密码", [PasswordChosen] = "修改密码", [Unlocked] = "解除登录限制", [Disabled] = "停用", [Enabled] = "恢复",
        [TwoStepOn] = "开启两步验证", [TwoStepOff] = "关闭两步验证", [RecoveryCodesMade] = "生成恢复码", [RecoveryCodeUsed] = "使用恢复码",
        [Confirmed] = "再次确认身份", [PasskeyAdded] = "添加通行密钥", [PasskeyRemoved] = "删除通行密钥", [FirstCodeMade] = "打印首次登录码", [FirstCodeUsed] = "使用首次登录码",
        [SecondFactorReset] = "重置两步验证", [TokenMade] = "生成访问令牌", [TokenRevoked] = "作废访问令牌",
    });

    /// <param name="db">The context whose save writes the row together with the change.</param>
    /// <param name="accountId">The account; all zero when nobody has the number that was tried.</param>
    /// <param name="happened">One of the words above.</param>
    /// <param name="by">Who acted; null for the system and for strangers.</param>
    /// <param name="at">When.</param>
    /// <param name="data">Particulars.</param>
    public static void RecordAccount(this AppDb db, Guid accountId, string happened, Guid? by, DateTimeOffset at, object? data = null) =>
        db.Journal.Add(new JournalRow
        {
            At = at, ActorId = by, SubjectKind = Kind, SubjectId = accountId, Event = happened, Data = JsonSerializer.Serialize(data ?? new { }, JsonSerializerOptions.Web),
        });
}
