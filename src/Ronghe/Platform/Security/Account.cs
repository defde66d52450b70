using Microsoft.AspNetCore.Identity;

namespace Ronghe.Platform.Security;

/// <summary>What a person signs in with; the user name is the employee number. Rights come from appointments, not from here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public Account() => Id = Guid.CreateVersion7();

    public Guid PersonId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>One sign-in on one device; ending it here ends it there.</summary>
public sealed class SignInSession
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AccountId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string Device { get; init; } = "";
}

/// <summary>A key for programs that act as one account. Only its hash is kept.</summary>
public sealed class ApiToken
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AccountId { get; init; }
    public required string Title { get; init; }
    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public required string Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Failed sign-ins of one account from one device or address. Colleagues elsewhere have buckets of their own.</summary>
public sealed class SignInFailures
{
    public required string Bucket { get; init; }
    public int Count { get; set; }
    public DateTimeOffset LastAt { get; set; }
}
