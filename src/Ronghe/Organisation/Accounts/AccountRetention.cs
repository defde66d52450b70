using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;

namespace Ronghe.Organisation.Accounts;

/// <summary>For how many days what is over stays stored. Settings <c>Ronghe:Retention:SessionDays</c>, <c>TokenDays</c>, <c>FailureDays</c>.</summary>
public sealed record RetentionDays
{
    const string Section = "Ronghe:Retention";
    const int Most = 3650;

    /// <summary>Sessions that ended or expired.</summary>
    public int SessionDays { get; init; } = 30;
    /// <summary>API tokens that expired or were revoked.</summary>
    public int TokenDays { get; init; } = 90;
    /// <summary>Counted failures after the last try; after a day none of them makes anybody wait any more.</summary>
    public int FailureDays { get; init; } = 2;

    /// <exception cref="Refusal">A number that is none, or not between 1 and ten years.</exception>
    public static RetentionDays Of(IConfiguration settings)
    {
        var standard = new RetentionDays();
        int Read(string name, int otherwise) => settings[$"{Section}:{name}"] is not { Length: > 0 } written ? otherwise
            : int.TryParse(written, out var days) && days is >= 1 and <= Most ? days
            : throw new Refusal($"{Section}:{name} 写的是 {written}，应是 1 到 {Most} 之间的天数，没有启动。");
        return new()
        {
            SessionDays = Read(nameof(SessionDays), standard.SessionDays),
            TokenDays = Read(nameof(TokenDays), standard.TokenDays),
            FailureDays = Read(nameof(FailureDays), standard.FailureDays),
        };
    }
}

/// <summary>Removes sessions, tokens and counted failures that have been over for long enough. What happened to accounts stays in the journal.</summary>
public sealed class AccountRetention(AppDb db, RetentionDays days, TimeProvider clock)
{
    /// <summary>Few enough that nobody who signs in meanwhile waits for it.</summary>
    public const int Batch = 1000;

    /// <returns>How many rows were removed.</returns>
    public async Task<int> RemoveOutdatedAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return await SessionsAsync(now.AddDays(-days.SessionDays), cancel)
            + await TokensAsync(now.AddDays(-days.TokenDays), cancel)
            + await FailuresAsync(now.AddDays(-days.FailureDays), cancel)
            + await ChallengesAsync(now, cancel)
            + await FirstCodesAsync(now.AddDays(-days.SessionDays), cancel);
    }

    /// <summary>One that was ended would have expired within hours, so the day of expiry serves for both.</summary>
    Task<int> SessionsAsync(DateTimeOffset before, CancellationToken cancel) => InBatchesAsync(() => db.Database.ExecuteSqlAsync($"""
        delete from sign_in_sessions where id in
          (select id from sign_in_sessions where expires_at < {before} order by expires_at limit {Batch} for update skip locked)
        """, cancel));

    Task<int> TokensAsync(DateTimeOffset before, CancellationToken cancel) => InBatchesAsync(() => db.Database.ExecuteSqlAsync($"""
        delete from api_tokens where id in
          (select id from api_tokens where least(expires_at, revoked_at) < {before} limit {Batch} for update skip locked)
        """, cancel));

    Task<int> FailuresAsync(DateTimeOffset before, CancellationToken cancel) => InBatchesAsync(() => db.Database.ExecuteSqlAsync($"""
        delete from sign_in_failures where bucket in
          (select bucket from sign_in_failures where last_at < {before} order by last_at limit {Batch} for update skip locked)
        """, cancel));

    Task<int> ChallengesAsync(DateTimeOffset before, CancellationToken cancel) => InBatchesAsync(() => db.Database.ExecuteSqlAsync($"""
        delete from sign_in_challenges where id in
          (select id from sign_in_challenges where expires_at < {before} order by expires_at limit {Batch} for update skip locked)
        """, cancel));

    Task<int> FirstCodesAsync(DateTimeOffset before, CancellationToken cancel) => db.FirstCodes.Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(cancel);

    static async Task<int> InBatchesAsync(Func<Task<int>> removeBatch)
    {
        var removed = 0;
        int last;
        do removed += last = await removeBatch(); while (last == Batch);
        return removed;
    }
}
