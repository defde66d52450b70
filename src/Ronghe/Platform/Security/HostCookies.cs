using Microsoft.Extensions.Primitives;

namespace Ronghe.Platform.Security;

/// <summary>
/// Over https every cookie of ours carries the <c>__Host-</c> prefix, which ties it to this very host; over http (loopback only)
/// browsers refuse that prefix, and the plain name serves. The rest of the product knows only the plain name.
/// </summary>
public sealed class HostCookies(RequestDelegate next)
{
    const string Ours = SessionCookie.Name, Prefix = "__Host-";

    public static CookieBuilder Shape(string name) => new()
    {
        Name = name, Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = CookieSecurePolicy.SameAsRequest, IsEssential = true,
    };

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsHttps) return next(context);
        context.Request.Headers.Cookie = Incoming(context.Request.Headers.Cookie);
        context.Response.OnStarting(() =>
        {
            var cookies = context.Response.Headers.SetCookie;
            if (cookies.Count > 0) context.Response.Headers.SetCookie = Outgoing(cookies);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Drops what only looks like ours: a neighbouring host can plant a plain name, but not a prefixed one.</summary>
    static StringValues Incoming(StringValues headers)
    {
        if (headers.Count == 0) return headers;
        var cookies = string.Join(';', headers.ToArray()).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(cookie => !IsOurs(cookie))
            .Select(cookie => cookie.StartsWith(Prefix + Ours, StringComparison.Ordinal) ? cookie[Prefix.Length..] : cookie);
        return string.Join("; ", cookies);
    }

    static StringValues Outgoing(StringValues cookies) =>
        cookies.Select(cookie => cookie is not null && IsOurs(cookie) ? Prefix + cookie : cookie).ToArray();

    static bool IsOurs(string cookie) => cookie.StartsWith(Ours, StringComparison.Ordinal);
}
