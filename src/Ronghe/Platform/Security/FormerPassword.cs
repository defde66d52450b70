namespace Ronghe.Platform.Security;

/// <summary>The hash of a password that must not come again; kept only while the policy in force asks for it.</summary>
public sealed class FormerPassword
{
    FormerPassword() { }

    public FormerPassword(Guid accountId, string hash, DateTimeOffset now) => (AccountId, Hash, ReplacedAt) = (accountId, hash, now);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AccountId { get; private init; }
    public string Hash { get; private init; } = "";
    public DateTimeOffset ReplacedAt { get; private init; }
}
