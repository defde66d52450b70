namespace Ronghe.Platform.Security;

/// <summary>A key for programs that act as one account. Only its hash is kept.</summary>
public sealed class ApiToken
{
    public const int LongestDays = 365;

    ApiToken() { }

    public ApiToken(Guid accountId, string title, string hash, DateTimeOffset now, int days, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(title)) throw new Refusal("请给令牌起个名字，说明给哪个程序用。", nameof(Title));
        if (title.Length > 60) throw new Refusal("令牌名字最多 60 个字，请写短些。", nameof(Title));
        if (days is < 1 or > LongestDays) throw new Refusal($"有效天数应在 1 到 {LongestDays} 之间，请改正。", "Days");
        Id = id ?? Id;
        (AccountId, Title, Hash, CreatedAt, ExpiresAt) = (accountId, title.Trim(), hash, now, now.AddDays(days));
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AccountId { get; private init; }
    public string Title { get; private init; } = "";
    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string Hash { get; private init; } = "";
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset ExpiresAt { get; private init; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && ExpiresAt > now;

    public void Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null) throw new Refusal("这个令牌已经作废，不用再办。");
        RevokedAt = now;
    }
}
