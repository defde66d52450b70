using Microsoft.EntityFrameworkCore;

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
}
