using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>An account at the door, with its person.</summary>
public sealed record Arrival(Account Account, Person Person);

/// <summary>The last part of every way to sign in: whether the account may come in at all, and the session that begins.</summary>
public sealed class Admission(AppDb db, SecondFactors factors, SignInPolicy policy, SignInMeasures measures, TimeProvider clock)
{
    public Task<Arrival?> FindAsync(IQueryable<Account> accounts, CancellationToken cancel) =>
        (from account in accounts
         join person in db.People on account.PersonId equals person.Id
         select new Arrival(account, person)).FirstOrDefaultAsync(cancel);

    /// <summary>Only whoever has shown the first factor gets to hear this.</summary>
    public void RefuseUnfit(Arrival arrival)
    {
        if (arrival.Account.IsDisabled || !arrival.Person.IsHere) throw new Refusal("这个账号已停用，没有登录。需要继续使用，请联系安全保密管理员。");
        if (arrival.Account.InitialPasswordUntil < clock.GetUtcNow()) throw new Refusal("初始密码已过期，没有登录。请联系安全保密管理员重新发放。");
    }

    /// <summary>After what the person knows: the session, or the challenge of the second step.</summary>
    public async Task<FirstStep> AfterFirstStepAsync(Account account, string means, SignInPlace place, Guid? replaced, CancellationToken cancel)
    {
        if (!(await factors.StateAsync(account.Id, cancel)).IsOn) return new(await BeginAsync(account, means, place, replaced, cancel), null);
        var challenge = new SignInChallenge(ChallengeKind.SecondStep, account.Id, null, [], clock.GetUtcNow());
        db.SignInChallenges.Add(challenge);
        await db.SaveChangesAsync(cancel);
        return new(null, challenge.Id);
    }

    /// <param name="account">Whose session.</param>
    /// <param name="means">By what the person came in.</param>
    /// <param name="place">From where.</param>
    /// <param name="replaced">The session that this browser has had so far; it ends.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<NewSession> BeginAsync(Account account, string means, SignInPlace place, Guid? replaced, CancellationToken cancel)
    {
        if (replaced is { } old) await EndAsync(old, cancel);
        var session = new SignInSession(account.Id, clock.GetUtcNow(), place.Device, place.Address, policy.Idle);
        db.SignInSessions.Add(session);
        var reset = account.SecondFactorResetAt;
        account.NoteSignIn(clock.GetUtcNow());
        account.TellOfReset();
        db.RecordAccount(account.Id, AccountJournal.SignedIn, account.PersonId, clock.GetUtcNow(), new { session = session.Id, means, known = place.KnownDevice is not null });
        await db.SaveChangesAsync(cancel);
        return new(account.Id, session.Id, account.NormalizedUserName!, account.MustChangePassword, reset);
    }

    /// <summary>When a guesser has used up the free tries, the journal tells; then the message goes out.</summary>
    public async Task RefuseAsync(Guid? accountId, bool exhausted, SignInPlace place, string message, CancellationToken cancel)
    {
        measures.Failed(exhausted);
        if (exhausted)
        {
            db.RecordAccount(accountId ?? Guid.Empty, AccountJournal.SignInSlowed, by: null, clock.GetUtcNow(), new { place.Address, place.Device });
            await db.SaveChangesAsync(cancel);
        }
        throw new Refusal(message);
    }

    public Task EndAsync(Guid sessionId, CancellationToken cancel) =>
        db.SignInSessions.Where(s => s.Id == sessionId && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, clock.GetUtcNow()), cancel);
}
