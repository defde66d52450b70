using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>Showing again who sits here. The session goes on under a new number, so that an old cookie gains nothing by it.</summary>
public sealed class ConfirmActions(AppDb db, Me me, Passwords passwords, SecondFactors factors, Passkeys passkeys, SignInDelays delays, SignInPolicy policy, TimeProvider clock)
{
    public async Task<Guid> ByPasswordAsync(string password, SignInPlace place, CancellationToken cancel = default)
    {
        var account = await db.Users.SingleAsync(a => a.Id == me.AccountId, cancel);
        await delays.BeginAsync(account.NormalizedUserName!, place, cancel);
        if (!passwords.IsRight(account, password)) throw new Refusal("密码不对，没有确认。请重新输入登录密码。", "Password");
        await delays.ForgiveAsync(account.NormalizedUserName!, place, cancel);
        return await RenewAsync("password", cancel);
    }

    /// <param name="code">Of the app or from the sheet.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<Guid> ByCodeAsync(string code, CancellationToken cancel = default)
    {
        var account = await db.Users.SingleAsync(a => a.Id == me.AccountId, cancel);
        await delays.BeginSecondAsync(account.NormalizedUserName!, cancel);
        var means = await factors.TakeAsync(account.Id, code, cancel) ?? throw new Refusal("验证码不对、已经用过或已经过期，没有确认。请等手机上换一个新的再输入，或者改用密码。", "Code");
        await delays.ForgiveSecondAsync(account.NormalizedUserName!, cancel);
        if (means == SecondFactors.ByRecoveryCode) db.RecordAccount(me.AccountId, AccountJournal.RecoveryCodeUsed, me.PersonId, clock.GetUtcNow());
        return await RenewAsync(means, cancel);
    }

    public async Task<Guid> ByPasskeyAsync(PasskeyAnswer answer, CancellationToken cancel = default)
    {
        if (await passkeys.CheckAsync(answer, me.AccountId, cancel) is null) throw new Refusal("通行密钥没有通过核对，或者等得太久，没有确认。请再试一次，或者改用密码。");
        return await RenewAsync("passkey", cancel);
    }

    async Task<Guid> RenewAsync(string means, CancellationToken cancel)
    {
        var session = await db.RenewSessionAsync(me.SessionId, clock.GetUtcNow(), policy, cancel);
        db.RecordAccount(me.AccountId, AccountJournal.Confirmed, me.PersonId, clock.GetUtcNow(), new { session, means });
        await db.SaveChangesAsync(cancel);
        return session;
    }
}
