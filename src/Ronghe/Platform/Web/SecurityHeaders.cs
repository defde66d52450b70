using Microsoft.Net.Http.Headers;

namespace Ronghe.Platform.Web;

/// <summary>
/// Headers on every answer. Scripts and styles come only from our own files, so the policy needs no nonce: there is nothing inline to allow.
/// Pages of people who are signed in are not stored by browsers or proxies.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; object-src 'none'; " +
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public Task InvokeAsync(HttpContext http)
    {
        // When the answer starts, not now: the exception handler clears the headers of an answer that failed.
        http.Response.OnStarting(static state => Set((HttpContext)state), http);
        return next(http);
    }

    static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        // A download brings a stricter one of its own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        // Files with a longer life say so themselves.
        if (http.User.Identity is { IsAuthenticated: true }) headers.TryAdd(HeaderNames.CacheControl, "no-store");
        return Task.CompletedTask;
    }
}
