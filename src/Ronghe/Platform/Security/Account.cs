using Microsoft.AspNetCore.Identity;

namespace Ronghe.Platform.Security;

/// <summary>What a person signs in with; the user name is the employee number. Rights come from appointments, not from here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>How long a password made by somebody else is good for.</summary>
    public static readonly TimeSpan InitialPasswordLife = TimeSpan.FromDays(7);

    public Account() => Id = Guid.CreateVersion7();

    public Guid PersonId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }
    /// <summary>Set while the password is one that somebody else made: good until then, and only for choosing another.</summary>
    public DateTimeOffset? InitialPasswordUntil { get; private set; }

    /// <summary>When the person last chose the password; null since before this was noted.</summary>
    public DateTimeOffset? PasswordChangedAt { get; private set; }
    /// <summary>Set while the person has not yet been told that somebody else took the second factor off.</summary>
    public DateTimeOffset? SecondFactorResetAt { get; private set; }

    public bool IsDisabled => DisabledAt is not null;
    public bool MustChangePassword => InitialPasswordUntil is not null;

    public void NoteSignIn(DateTimeOffset now) => LastSignInAt = now;

    public void HandOutPassword(DateTimeOffset now) => InitialPasswordUntil = now + InitialPasswordLife;

    public void ChoosePassword(DateTimeOffset now) => (InitialPasswordUntil, PasswordChangedAt) = (null, now);

    /// <summary>Nothing opens it until a password is chosen with a first code.</summary>
    public void AwaitFirstSignIn() => (PasswordHash, InitialPasswordUntil, SecurityStamp) = (null, null, Guid.CreateVersion7().ToString());

    public void ResetSecondFactor(DateTimeOffset now) => SecondFactorResetAt = now;

    public void TellOfReset() => SecondFactorResetAt = null;

    public void Disable(DateTimeOffset now)
    {
        if (IsDisabled) throw new Refusal("这个账号已经停用，不用再办。");
        DisabledAt = now;
    }

    public void Enable()
    {
        if (!IsDisabled) throw new Refusal("这个账号没有停用，不用再办。");
        DisabledAt = null;
    }
}
