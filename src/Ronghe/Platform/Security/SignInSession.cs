namespace Ronghe.Platform.Security;

/// <summary>One sign-in on one device; ending it here ends it there. It slides while it is used, up to a last day.</summary>
public sealed class SignInSession
{
    /// <summary>Unused for so long, it ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    /// <summary>However much it is used, it ends.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    SignInSession() { }

    /// <param name="accountId">Whose.</param>
    /// <param name="now">When.</param>
    /// <param name="device">In words.</param>
    /// <param name="address">From where.</param>
    /// <param name="idle">Unused for so long, it ends; without it the usual time.</param>
    public SignInSession(Guid accountId, DateTimeOffset now, string device, string address, TimeSpan? idle = null) =>
        (AccountId, StartedAt, LastSeenAt, ConfirmedAt, ExpiresAt, Device, Address) = (accountId, now, now, now, now + (idle ?? Idle), device, address);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid AccountId { get; private init; }
    public DateTimeOffset StartedAt { get; private init; }
    /// <summary>To a few minutes.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }
    /// <summary>When the person last showed who sits here; null for sessions older than this fact.</summary>
    public DateTimeOffset? ConfirmedAt { get; private init; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>The browser and system as people call them: 手机 · 微信.</summary>
    public string Device { get; private init; } = "";
    public string Address { get; private init; } = "";

    /// <summary>Ends here and goes on under a new number, after the person has shown who he is. Its last day stays.</summary>
    public SignInSession Renew(DateTimeOffset now, SignInPolicy policy)
    {
        EndedAt = now;
        var (next, last) = (now + policy.Idle, StartedAt + policy.Longest);
        return new(AccountId, now, Device, Address) { StartedAt = StartedAt, ExpiresAt = next < last ? next : last };
    }
}
