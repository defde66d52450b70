using Microsoft.AspNetCore.Authorization;
using Ronghe.Platform;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Access;

/// <summary>Stands on the doors that stay open to somebody who still has a password made by another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenBeforeFirstPasswordAttribute : Attribute;

/// <summary>Whoever signs in with a password made by another chooses an own one before anything else.</summary>
public sealed class FirstPassword(RequestDelegate next)
{
    const string Page = "/me/password";

    public Task InvokeAsync(HttpContext context, CurrentMe current)
    {
        if (current.Known is not { MustChangePassword: true } || IsOpen(context.GetEndpoint())) return next(context);
        if (context.IsForPrograms()) throw new Forbidden("请先在网页上登录并修改初始密码，然后再使用接口。");
        context.Response.Redirect(Page);
        return Task.CompletedTask;
    }

    static bool IsOpen(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OpenBeforeFirstPasswordAttribute>() is not null || endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
