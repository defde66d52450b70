using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Ronghe.Platform.Security;

/// <summary>What a browser holds between the two steps of a sign-in: the encrypted number of its challenge, for as long as that lives.</summary>
public sealed class StepCookie(IDataProtectionProvider protection)
{
    const string Name = "ronghe-step";
    readonly IDataProtector _protector = protection.CreateProtector("ronghe.sign-in-step");

    public void HandOut(HttpContext context, Guid challenge)
    {
        var options = HostCookies.Shape(Name).Build(context);
        options.MaxAge = SignInChallenge.Life;
        context.Response.Cookies.Append(Name, _protector.Protect(challenge.ToString()), options);
    }

    public void TakeBack(HttpContext context) => context.Response.Cookies.Delete(Name, HostCookies.Shape(Name).Build(context));

    public Guid? Read(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and < 2000 } cookie) return null;
        try
        {
            return Guid.TryParse(_protector.Unprotect(cookie), out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
