namespace Ronghe.Platform.Security;

/// <summary>The app on a phone that shows an account's codes. Its secret is encrypted with the keys of the data folder.</summary>
public sealed class Authenticator
{
    Authenticator() { }

    /// <param name="accountId">Whose.</param>
    /// <param name="secret">Encrypted.</param>
    /// <param name="step">The step of the code that proved it; that code does not count again.</param>
    /// <param name="now">When.</param>
    public Authenticator(Guid accountId, byte[] secret, long step, DateTimeOffset now) =>
        (AccountId, Secret, LastStep, EnrolledAt) = (accountId, secret, step, now);

    public Guid AccountId { get; private init; }
    public byte[] Secret { get; private init; } = [];
    /// <summary>No code of this step or an earlier one counts any more.</summary>
    public long LastStep { get; private init; }
    public DateTimeOffset EnrolledAt { get; private init; }
}
