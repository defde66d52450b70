using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>
/// Slows down guessing without handing anybody a means to lock out a colleague: failures count for the number on a known device, or else
/// for the number at one address, and for the address as a whole. A number that nobody has is treated like any other.
/// </summary>
public sealed class SignInDelays(AppDb db, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>Counts a try, or refuses it at once when it comes too soon. True when this one exhausts the free tries.</summary>
    public Task<bool> BeginAsync(string key, SignInPlace place, CancellationToken cancel) =>
        CountAsync(BucketsOf(key, place), "工号已保留，密码需要重新输入；忘记密码请联系安全保密管理员重置。", cancel);

    /// <summary>The same for the second step, which is counted for the account as a whole.</summary>
    public Task<bool> BeginSecondAsync(string key, CancellationToken cancel) =>
        CountAsync(new() { [SecondBucket(key)] = policy.SecondPatience }, "手机不在身边，可以用恢复码；都没有，请联系安全保密管理员重置两步验证。", cancel);

    public Task ForgiveSecondAsync(string key, CancellationToken cancel)
    {
        var bucket = SecondBucket(key);
        return db.SignInFailures.Where(f => f.Bucket == bucket).ExecuteDeleteAsync(cancel);
    }

    async Task<bool> CountAsync(Dictionary<string, SignInPatience> buckets, string advice, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var failures = await LockAsync([.. buckets.Keys], cancel);
        var wait = failures.Max(f => f.WaitAt(now, buckets[f.Bucket]));
        if (wait > TimeSpan.Zero)
            throw new Refusal($"登录失败次数较多，请在 {Math.Ceiling(wait.TotalSeconds)} 秒后再试。{advice}");
        foreach (var failure in failures) failure.CountTry(now, buckets[failure.Bucket]);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return failures.Exists(f => f.Count == buckets[f.Bucket].Free);
    }

    /// <summary>The try was right after all.</summary>
    public async Task ForgiveAsync(string key, SignInPlace place, CancellationToken cancel)
    {
        var (own, address) = (OwnBucket(key, place), AddressBucket(place));
        await db.SignInFailures.Where(f => f.Bucket == own).ExecuteDeleteAsync(cancel);
        if (place.KnownDevice is null)
            await db.SignInFailures.Where(f => f.Bucket == address && f.Count > 0).ExecuteUpdateAsync(f => f.SetProperty(x => x.Count, x => x.Count - 1), cancel);
    }

    /// <summary>Everything counted against one number, wherever it was tried.</summary>
    public Task<int> ForgetAsync(string key, CancellationToken cancel)
    {
        var start = NumberPart(key);
        return db.SignInFailures.Where(f => f.Bucket.StartsWith(start)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Makes the rows where they are missing and holds them until the transaction ends, always in the same order.</summary>
    Task<List<SignInFailures>> LockAsync(string[] buckets, CancellationToken cancel)
    {
        Array.Sort(buckets, StringComparer.Ordinal);
        return db.SignInFailures.FromSql($"""
            insert into sign_in_failures (bucket, count, last_at)
            select bucket, 0, {clock.GetUtcNow()} from unnest({buckets}) with ordinality as wanted (bucket, place) order by place
            on conflict (bucket) do update set bucket = excluded.bucket
            returning bucket, count, last_at
            """).ToListAsync(cancel);
    }

    Dictionary<string, SignInPatience> BucketsOf(string key, SignInPlace place)
    {
        var buckets = new Dictionary<string, SignInPatience> { [OwnBucket(key, place)] = policy.Patience };
        if (place.KnownDevice is null) buckets[AddressBucket(place)] = SignInPatience.WithAddress;
        return buckets;
    }

    static string OwnBucket(string key, SignInPlace place) =>
        NumberPart(key) + (place.KnownDevice is { } device ? "device:" + device : "address:" + place.Address);

    static string SecondBucket(string key) => NumberPart(key) + "second";

    static string AddressBucket(SignInPlace place) => "all@address:" + place.Address;

    /// <summary>What was typed may be a password in the wrong field: only its hash is kept.</summary>
    static string NumberPart(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)) + "@";
}
