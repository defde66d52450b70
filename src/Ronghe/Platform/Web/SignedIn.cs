using System.Security.Claims;

namespace Ronghe.Platform.Web;

/// <summary>What the shell shows of the person who is signed in; read from the claims that signing in set.</summary>
public sealed record SignedIn(string Id, string Name, string? Post)
{
    public const string NameClaim = "ronghe:name";
    public const string PostClaim = "ronghe:post";

    public static SignedIn? From(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } identity
            ? new(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(NameClaim) ?? identity.Name ?? "", user.FindFirstValue(PostClaim))
            : null;
}
