namespace Ronghe.Platform.Security;

public enum ChallengeKind
{
    /// <summary>The password was right; the second step is still to come.</summary>
    SecondStep,
    /// <summary>A browser was asked to make a passkey.</summary>
    PasskeyCreation,
    /// <summary>A browser was asked to show a passkey.</summary>
    PasskeyRequest,
    /// <summary>A form that waits until its sender has confirmed who he is.</summary>
    KeptForm,
}

/// <summary>Something that was begun and waits for its other half. Good once, for a few minutes, for whom it was made.</summary>
public sealed class SignInChallenge
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    SignInChallenge() { }

    public SignInChallenge(ChallengeKind kind, Guid? accountId, Guid? sessionId, byte[] state, DateTimeOffset now) =>
        (Kind, AccountId, SessionId, State, ExpiresAt) = (kind, accountId, sessionId, state, now + Life);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public ChallengeKind Kind { get; private init; }
    /// <summary>Null while nobody has said who he is.</summary>
    public Guid? AccountId { get; private init; }
    public Guid? SessionId { get; private init; }
    /// <summary>Encrypted; empty where there is nothing to remember.</summary>
    public byte[] State { get; private init; } = [];
    public DateTimeOffset ExpiresAt { get; private init; }
}
