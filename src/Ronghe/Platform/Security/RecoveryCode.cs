namespace Ronghe.Platform.Security;

/// <summary>A way back in for who has lost the phone: good once. The codes of one sheet share their salt, so that a try costs one hash.</summary>
public sealed class RecoveryCode
{
    public const int Sheet = 10;

    RecoveryCode() { }

    public RecoveryCode(Guid accountId, byte[] salt, byte[] hash, DateTimeOffset now) => (AccountId, Salt, Hash, CreatedAt) = (accountId, salt, hash, now);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AccountId { get; private init; }
    public byte[] Salt { get; private init; } = [];
    public byte[] Hash { get; private init; } = [];
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? UsedAt { get; private init; }
}
