using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Security;

/// <summary>The secret that a program sends with each call of the API. The server keeps its hash alone.</summary>
public static class BearerToken
{
    const string Scheme = "Bearer ", Mark = "rh_";

    /// <summary>32 random bytes behind a mark that secret scanners can look for.</summary>
    public static string Make() => Mark + RandomNumberGenerator.GetHexString(64, lowercase: true);

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Null when the call carries none. Pages take none: they are for browsers.</summary>
    public static string? Of(HttpRequest request) =>
        IsForPrograms(request.Path) && request.Headers.Authorization.ToString() is var header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    /// <summary>The API, its description, and the photos that its answers point at.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/files");
}
