using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>What a person does with the own account: password, devices, tokens.</summary>
public sealed class MyAccountActions(AppDb db, Me me, Passwords passwords, PasswordChoice choice, SignInDelays delays, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>A new password; every other device has to sign in anew.</summary>
    /// <returns>The number under which this session goes on.</returns>
    public async Task<Guid> ChangePasswordAsync(string current, string wanted, string repeated, SignInPlace place, CancellationToken cancel = default)
    {
        var account = await db.Users.SingleAsync(a => a.Id == me.AccountId, cancel);
        if (wanted != repeated) throw new Refusal("两次输入的新密码不一样，没有修改。请重新输入。", "Repeated");
        if (wanted == current) throw new Refusal("新密码和现在的一样，没有修改。请换一个。", "Wanted");
        // A session left open must not become a place to guess the password at leisure.
        await delays.BeginAsync(account.NormalizedUserName!, place, cancel);
        if (!passwords.IsRight(account, current)) throw new Refusal("现在的密码不对，没有修改。请重新输入。", "Current");
        await choice.ChooseAsync(account, wanted, "Wanted", cancel);
        await delays.ForgiveAsync(account.NormalizedUserName!, place, cancel);
        var session = Guid.Empty;
        await db.InTransactionAsync(async () =>
        {
            await EndOtherSessionsAsync(AccountJournal.PasswordChosen, false, cancel);
            session = await db.RenewSessionAsync(me.SessionId, clock.GetUtcNow(), policy, cancel);
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return session;
    }

    /// <param name="alsoTokens">Programs lose their access too.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public Task SignOutElsewhereAsync(bool alsoTokens = false, CancellationToken cancel = default) =>
        db.InTransactionAsync(() => EndOtherSessionsAsync(AccountJournal.SessionEnded, alsoTokens, cancel), cancel);

    public async Task EndSessionAsync(Guid id, CancellationToken cancel = default)
    {
        var ended = await db.SignInSessions.Where(s => s.Id == id && s.AccountId == me.AccountId && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, clock.GetUtcNow()), cancel);
        if (ended == 0) throw new Refusal("这台设备已经退出，不用再办。");
        Record(AccountJournal.SessionEnded, new { session = id });
        await db.SaveChangesAsync(cancel);
    }

    /// <returns>The token itself; it cannot be shown again.</returns>
    public async Task<string> MakeTokenAsync(Guid id, string title, int days, CancellationToken cancel = default)
    {
        if (await db.ApiTokens.AnyAsync(t => t.Id == id, cancel))
            throw new Refusal("这个令牌已经生成过，只在生成时显示一次。没有记下来的话，请作废它再生成一个。");
        var secret = BearerToken.Make();
        db.ApiTokens.Add(new ApiToken(me.AccountId, title, BearerToken.Hash(secret), clock.GetUtcNow(), days, id));
        Record(AccountJournal.TokenMade, new { token = id, days });
        await db.SaveChangesAsync(cancel);
        return secret;
    }

    public async Task RevokeTokenAsync(Guid id, CancellationToken cancel = default)
    {
        var token = await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id && t.AccountId == me.AccountId, cancel) ?? throw new NotFound("这个令牌");
        token.Revoke(clock.GetUtcNow());
        Record(AccountJournal.TokenRevoked, new { token = id });
        await db.SaveChangesAsync(cancel);
    }

    async Task EndOtherSessionsAsync(string happened, bool alsoTokens, CancellationToken cancel)
    {
        var ended = await db.EndSessionsAsync(me.AccountId, clock.GetUtcNow(), except: me.SessionId, cancel);
        var revoked = alsoTokens
            ? await db.ApiTokens.Where(t => t.AccountId == me.AccountId && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, clock.GetUtcNow()), cancel)
            : 0;
        Record(happened, new { ended, revoked });
        await db.SaveChangesAsync(cancel);
    }

    void Record(string happened, object data) => db.RecordAccount(me.AccountId, happened, me.PersonId, clock.GetUtcNow(), data);
}
