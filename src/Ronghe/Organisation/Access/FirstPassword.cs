using Microsoft.AspNetCore.Authorization;
using Ronghe.Platform;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Access;

/// <summary>Stands on the doors that stay open to somebody who still has to choose a password.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenBeforeFirstPasswordAttribute : Attribute;

/// <summary>Stands on the doors that stay open to somebody who still has to add a second factor.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenBeforeSecondFactorAttribute : Attribute;

/// <summary>Whoever has a password made by another, or one too old, or lacks a second factor that the policy asks for, sees to that before anything else.</summary>
public sealed class FirstPassword(RequestDelegate next)
{
    const string Password = "/me/password", SecondFactor = "/me/two-step";

    public Task InvokeAsync(HttpContext context, CurrentMe current)
    {
        var door = context.GetEndpoint();
        if (current.Known is not { } me || Has<IAllowAnonymous>(door) || Has<OpenBeforeFirstPasswordAttribute>(door)) return next(context);
        if (me.MustChangePassword) return Lead(context, Password, "请先在网页上登录并修改密码，然后再使用接口。");
        if (me.MustAddSecondFactor && !Has<OpenBeforeSecondFactorAttribute>(door)) return Lead(context, SecondFactor, "请先在网页上登录并开启两步验证或添加通行密钥，然后再使用接口。");
        return next(context);
    }

    static Task Lead(HttpContext context, string page, string words)
    {
        if (context.IsForPrograms()) throw new Forbidden(words);
        context.Response.Redirect(page);
        return Task.CompletedTask;
    }

    static bool Has<T>(Endpoint? door) where T : class => door?.Metadata.GetMetadata<T>() is not null;
}
