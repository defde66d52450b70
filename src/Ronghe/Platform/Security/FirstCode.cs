namespace Ronghe.Platform.Security;

/// <summary>What is printed on a slip for somebody who cannot sign in yet: good once, for choosing a password. One for each account; a new one replaces it.</summary>
public sealed class FirstCode
{
    /// <summary>Time for a slip to go through a shift roster.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    FirstCode() { }

    public FirstCode(Guid accountId, byte[] salt, byte[] hash, DateTimeOffset now) => (AccountId, Salt, Hash, ExpiresAt) = (accountId, salt, hash, now + Life);

    public Guid AccountId { get; private init; }
    public byte[] Salt { get; private init; } = [];
    public byte[] Hash { get; private init; } = [];
    public DateTimeOffset ExpiresAt { get; private init; }
}
