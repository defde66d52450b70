using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>Ends what is open for an account: its sessions, and sign-ins that are half way.</summary>
static class AccountSessions
{
    /// <returns>How many sessions ended.</returns>
    public static async Task<int> EndSessionsAsync(this AppDb db, Guid accountId, DateTimeOffset now, Guid? except = null, CancellationToken cancel = default)
    {
        await db.SignInChallenges.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancel);
        return await db.SignInSessions.Where(s => s.AccountId == accountId && s.Id != except && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancel);
    }

    /// <summary>The session goes on under a new number, newly confirmed; the caller saves and hands the number out.</summary>
    public static async Task<Guid> RenewSessionAsync(this AppDb db, Guid sessionId, DateTimeOffset now, SignInPolicy policy, CancellationToken cancel)
    {
        var old = await db.SignInSessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancel) ?? throw new Refusal("这次登录已经结束，没有办理。请重新登录。");
        var session = old.Renew(now, policy);
        db.SignInSessions.Add(session);
        return session.Id;
    }
}
