using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A session that has just begun.</summary>
public sealed record NewSession(Guid AccountId, Guid SessionId, bool MustChangePassword);

/// <summary>Signing in and out. A stranger learns nothing here about which numbers exist.</summary>
public sealed class SignInActions(AppDb db, Passwords passwords, SignInDelays delays, TimeProvider clock)
{
    const string Wrong = "工号或密码不对，没有登录。工号已保留，请重新输入密码；忘记密码请联系安全保密管理员重置。";

    /// <param name="number">Employee number as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="place">From where.</param>
    /// <param name="replaced">The session that this browser has had so far; it ends.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<NewSession> SignInAsync(string number, string password, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        var key = passwords.Key(number);
        var exhausted = await delays.BeginAsync(key, place, cancel);
        var found = await FindAsync(key, cancel);
        if (!passwords.IsRight(found?.Account, password)) await RefuseAsync(found?.Account.Id, exhausted, place, cancel);
        var account = found!.Account;
        RefuseUnfit(account, found.Person);
        await delays.ForgiveAsync(key, place, cancel);
        if (replaced is { } old) await EndAsync(old, cancel);
        var session = new SignInSession(account.Id, clock.GetUtcNow(), place.Device, place.Address);
        db.SignInSessions.Add(session);
        account.NoteSignIn(clock.GetUtcNow());
        db.RecordAccount(account.Id, AccountJournal.SignedIn, account.PersonId, clock.GetUtcNow(), new { session = session.Id, known = place.KnownDevice is not null });
        await db.SaveChangesAsync(cancel);
        return new(account.Id, session.Id, account.MustChangePassword);
    }

    public async Task SignOutAsync(Guid accountId, Guid personId, Guid sessionId, CancellationToken cancel = default)
    {
        await EndAsync(sessionId, cancel);
        db.RecordAccount(accountId, AccountJournal.SignedOut, personId, clock.GetUtcNow(), new { session = sessionId });
        await db.SaveChangesAsync(cancel);
    }

    sealed record Found(Account Account, Person Person);

    Task<Found?> FindAsync(string key, CancellationToken cancel) =>
        (from account in db.Users
         join person in db.People on account.PersonId equals person.Id
         where account.NormalizedUserName == key
         select new Found(account, person)).FirstOrDefaultAsync(cancel);

    async Task RefuseAsync(Guid? accountId, bool exhausted, SignInPlace place, CancellationToken cancel)
    {
        if (exhausted)
        {
            db.RecordAccount(accountId ?? Guid.Empty, AccountJournal.SignInSlowed, by: null, clock.GetUtcNow(), new { place.Address, place.Device });
            await db.SaveChangesAsync(cancel);
        }
        throw new Refusal(Wrong);
    }

    /// <summary>Only whoever knows the password gets to hear this.</summary>
    void RefuseUnfit(Account account, Person person)
    {
        if (account.IsDisabled || !person.IsHere) throw new Refusal("这个账号已停用，没有登录。需要继续使用，请联系安全保密管理员。");
        if (account.InitialPasswordUntil < clock.GetUtcNow()) throw new Refusal("初始密码已过期，没有登录。请联系安全保密管理员重新发放。");
    }

    Task EndAsync(Guid sessionId, CancellationToken cancel) =>
        db.SignInSessions.Where(s => s.Id == sessionId && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, clock.GetUtcNow()), cancel);
}
