using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A session that has just begun.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="SessionId">A new one after each step.</param>
/// <param name="MustChangePassword">Only good for choosing an own password.</param>
/// <param name="Key">Of the account's number, for the device to remember.</param>
/// <param name="SecondFactorResetAt">When somebody else took the second factor off and the person has not been told yet.</param>
public sealed record NewSession(Guid AccountId, Guid SessionId, string Key, bool MustChangePassword, DateTimeOffset? SecondFactorResetAt);

/// <summary>What came of number and password: a session, or the challenge of the second step.</summary>
public sealed record FirstStep(NewSession? Session, Guid? Challenge);

/// <summary>A sign-in whose second step is still to come.</summary>
public sealed record PendingStep(Guid AccountId, string Key, bool HasApp, bool HasPasskey);

/// <summary>Signing in and out. A stranger learns nothing here about which numbers exist.</summary>
public sealed class SignInActions(AppDb db, Admission admission, Passwords passwords, SecondFactors factors, Passkeys passkeys, SignInDelays delays, TimeProvider clock)
{
    const string Wrong = "工号或密码不对，没有登录。工号已保留，请重新输入密码；忘记密码请联系安全保密管理员重置。";
    const string WrongCode = "验证码不对、已经用过或已经过期，没有登录。请等手机上换一个新的 6 位数字再输入；也可以用一个没用过的恢复码。";
    const string WrongPasskey = "通行密钥没有通过核对、已经删除，或者等得太久，没有登录。请再试一次，或者用别的方式登录。";
    const string TooLate = "第一步已经过期，没有登录。请重新输入工号和密码。";

    /// <param name="number">Employee number as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="place">From where.</param>
    /// <param name="replaced">The session that this browser has had so far; it ends.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<FirstStep> SignInAsync(string number, string password, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        var key = passwords.Key(number);
        var exhausted = await delays.BeginAsync(key, place, cancel);
        var found = await admission.FindAsync(db.Users.Where(a => a.NormalizedUserName == key), cancel);
        if (!passwords.IsRight(found?.Account, password)) await admission.RefuseAsync(found?.Account.Id, exhausted, place, Wrong, cancel);
        var account = found!.Account;
        admission.RefuseUnfit(found);
        await delays.ForgiveAsync(key, place, cancel);
        return await admission.AfterFirstStepAsync(account, "password", place, replaced, cancel);
    }

    /// <exception cref="Refusal">There is none, or not any more.</exception>
    public async Task<PendingStep> FindStepAsync(Guid? challenge, CancellationToken cancel = default)
    {
        var found = await admission.FindAsync(Challenged(challenge), cancel) ?? throw new Refusal(TooLate);
        var state = await factors.StateAsync(found.Account.Id, cancel);
        return new(found.Account.Id, found.Account.NormalizedUserName!, state.HasApp, state.Passkeys > 0);
    }

    /// <summary>A passkey alone signs in: the device has asked for finger, face or PIN, so it is two factors in one.</summary>
    public async Task<NewSession> ByPasskeyAsync(PasskeyAnswer answer, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        var shown = await passkeys.CheckAsync(answer, null, cancel) ?? throw new Refusal(WrongPasskey);
        admission.RefuseUnfit((await admission.FindAsync(db.Users.Where(a => a.Id == shown.Id), cancel))!);
        return await admission.BeginAsync(shown, "passkey", place, replaced, cancel);
    }

    /// <summary>The passkey that the account of the first step is asked for.</summary>
    public async Task<PasskeyAsk> AskSecondPasskeyAsync(Guid? challenge, HttpContext http, CancellationToken cancel = default) =>
        await passkeys.AskAsync(http, (await admission.FindAsync(Challenged(challenge), cancel) ?? throw new Refusal(TooLate)).Account, cancel);

    public async Task<NewSession> SecondStepByPasskeyAsync(Guid? challenge, PasskeyAnswer answer, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        var found = await admission.FindAsync(Challenged(challenge), cancel) ?? throw new Refusal(TooLate);
        if (await passkeys.CheckAsync(answer, found.Account.Id, cancel) is null) throw new Refusal(WrongPasskey);
        return await EnterAsync(found, challenge, "password+passkey", place, replaced, cancel);
    }

    /// <param name="challenge">Of the first step.</param>
    /// <param name="code">Of the app or from the sheet, as typed.</param>
    /// <param name="place">From where.</param>
    /// <param name="replaced">The session that this browser has had so far; it ends.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<NewSession> SecondStepAsync(Guid? challenge, string code, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        var found = await admission.FindAsync(Challenged(challenge), cancel) ?? throw new Refusal(TooLate);
        var account = found.Account;
        var exhausted = await delays.BeginSecondAsync(account.NormalizedUserName!, cancel);
        var means = await factors.TakeAsync(account.Id, code, cancel);
        if (means is null) await admission.RefuseAsync(account.Id, exhausted, place, WrongCode, cancel);
        if (means == SecondFactors.ByRecoveryCode) db.RecordAccount(account.Id, AccountJournal.RecoveryCodeUsed, account.PersonId, clock.GetUtcNow());
        return await EnterAsync(found, challenge, "password+" + means, place, replaced, cancel);
    }

    public async Task SignOutAsync(Guid accountId, Guid personId, Guid sessionId, CancellationToken cancel = default)
    {
        await admission.EndAsync(sessionId, cancel);
        db.RecordAccount(accountId, AccountJournal.SignedOut, personId, clock.GetUtcNow(), new { session = sessionId });
        await db.SaveChangesAsync(cancel);
    }

    async Task<NewSession> EnterAsync(Arrival found, Guid? challenge, string means, SignInPlace place, Guid? replaced, CancellationToken cancel)
    {
        admission.RefuseUnfit(found);
        if (await db.SignInChallenges.Where(c => c.Id == challenge).ExecuteDeleteAsync(cancel) == 0) throw new Refusal(TooLate);
        await delays.ForgiveSecondAsync(found.Account.NormalizedUserName!, cancel);
        return await admission.BeginAsync(found.Account, means, place, replaced, cancel);
    }

    IQueryable<Account> Challenged(Guid? challenge)
    {
        var now = clock.GetUtcNow();
        return db.Users.Where(a => db.SignInChallenges.Any(c => c.Id == challenge && c.Kind == ChallengeKind.SecondStep && c.ExpiresAt > now && c.AccountId == a.Id));
    }
}
