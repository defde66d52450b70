using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Ronghe.Platform.Security;

/// <summary>
/// A device that has signed in to an account before says so with a cookie of its own. Guesses made elsewhere then never slow down the
/// rightful user. The cookie proves nothing else and signs nobody in.
/// </summary>
public sealed class KnownDevices(IDataProtectionProvider protection)
{
    const string Cookie = "ronghe-device";
    /// <summary>A shared computer of a shift knows this many people; the longest unseen is forgotten.</summary>
    const int MostAccounts = 24;
    static readonly TimeSpan Life = TimeSpan.FromDays(365);
    readonly IDataProtector _protector = protection.CreateProtector("known-devices");

    /// <summary>Id of the device when it knows this account, else null.</summary>
    public string? Find(HttpContext context, string accountKey)
    {
        var known = Read(context);
        return known.Length > 1 && known.AsSpan(1).Contains(Short(accountKey)) ? known[0] : null;
    }

    public void Remember(HttpContext context, string accountKey)
    {
        var known = Read(context);
        var id = known is [{ } first, ..] ? first : RandomNumberGenerator.GetHexString(16, lowercase: true);
        var account = Short(accountKey);
        string[] accounts = [account, .. known.Skip(1).Where(other => other != account).Take(MostAccounts - 1)];
        var options = HostCookies.Shape(Cookie).Build(context);
        options.MaxAge = Life;
        context.Response.Cookies.Append(Cookie, _protector.Protect(string.Join(' ', [id, .. accounts])), options);
    }

    string[] Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return [];
        try
        {
            return _protector.Unprotect(cookie).Split(' ');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    static string Short(string accountKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountKey)).AsSpan(0, 8));
}
