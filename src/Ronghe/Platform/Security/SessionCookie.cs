using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Security;

/// <summary>
/// The cookie of a signed-in browser: the account's and the session's id under the server's key, nothing else. What it is worth is
/// looked up in the session's row on every request.
/// </summary>
public static class SessionCookie
{
    public const string Scheme = "session", Name = "ronghe";
    const string SessionClaim = "session";

    public static IServiceCollection AddSessionCookie(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie = HostCookies.Shape(Name);
            options.ExpireTimeSpan = SignInSession.Longest;
            // The row slides; the cookie need not.
            options.SlidingExpiration = false;
        });
        return services;
    }

    /// <summary>Forms are bound to the account, so that a page opened before a second sign-in still posts.</summary>
    public static ClaimsPrincipal Principal(Guid accountId, Guid sessionId, string name = "", string post = "") => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, accountId.ToString()), new(SessionClaim, sessionId.ToString()),
            new(SignedIn.NameClaim, name), new(SignedIn.PostClaim, post),
        ], Scheme));

    public static Guid? SessionIdOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirst(SessionClaim)?.Value, out var id) ? id : null;

    public static Task HandOutAsync(HttpContext context, Guid accountId, Guid sessionId) =>
        context.SignInAsync(Scheme, Principal(accountId, sessionId));

    public static Task TakeBackAsync(HttpContext context) => context.SignOutAsync(Scheme);
}
