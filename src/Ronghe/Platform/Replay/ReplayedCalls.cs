using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Replay;

/// <summary>The calls under a key of the last day. Each step is a statement of its own, outside the transaction of the act.</summary>
public sealed class ReplayedCalls(AppDb db, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    /// <summary>After this the process that claimed is taken to have died; a living one renews its claim in time.</summary>
    public static readonly TimeSpan ClaimHolds = TimeSpan.FromMinutes(2);
    const int Batch = 1000;

    readonly IDataProtector _protector = protection.CreateProtector("ronghe.replayed-calls");

    /// <summary>Takes the slot when it is free, outdated, or left behind by a process that died at the same call.</summary>
    public async Task<bool> ClaimAsync(byte[] slot, byte[] fingerprint, Guid claim)
    {
        var now = clock.GetUtcNow();
        var (outdated, left) = (now - Kept, now - ClaimHolds);
        return await db.Database.ExecuteSqlAsync($"""
            insert into replayed_calls as held (slot, claim, fingerprint, state, created_at) values ({slot}, {claim}, {fingerprint}, 'Claimed', {now})
            on conflict (slot) do update set claim = excluded.claim, fingerprint = excluded.fingerprint, state = 'Claimed', status = null, answer = null, created_at = excluded.created_at
            where held.created_at < {outdated} or held.state = 'Claimed' and held.created_at < {left} and held.fingerprint = excluded.fingerprint
            """) == 1;
    }

    public Task<ReplayedCall?> FindAsync(byte[] slot) => db.ReplayedCalls.AsNoTracking().FirstOrDefaultAsync(call => call.Slot == slot);

    public Task RenewAsync(Guid claim, byte[] slot) => db.Database.ExecuteSqlAsync($"""
        update replayed_calls set created_at = {clock.GetUtcNow()} where slot = {slot} and claim = {claim} and state = 'Claimed'
        """);

    public Task CompleteAsync(Guid claim, byte[] slot, KeptAnswer answer)
    {
        var kept = answer.IsSmall ? _protector.Protect(answer.ToBytes()) : null;
        return db.Database.ExecuteSqlAsync($"""
            update replayed_calls set state = 'Answered', status = {answer.Status}, answer = {kept} where slot = {slot} and claim = {claim}
            """);
    }

    /// <summary>What was refused or failed may be tried again under the same key.</summary>
    public Task ReleaseAsync(Guid claim, byte[] slot) => db.Database.ExecuteSqlAsync($"""
        delete from replayed_calls where slot = {slot} and claim = {claim}
        """);

    /// <returns>Null when the answer was too large to keep, or the key that encrypted it is gone.</returns>
    public KeptAnswer? AnswerOf(ReplayedCall call)
    {
        try
        {
            return call is { Answer: { } kept, Status: { } status } ? KeptAnswer.Of(status, _protector.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>How many rows were removed.</returns>
    public async Task<int> RemoveOutdatedAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow() - Kept;
        var (removed, last) = (0, 0);
        do removed += last = await db.Database.ExecuteSqlAsync($"""
            delete from replayed_calls where slot in
              (select slot from replayed_calls where created_at < {before} order by created_at limit {Batch} for update skip locked)
            """, cancel);
        while (last == Batch);
        return removed;
    }
}
