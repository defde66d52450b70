using Microsoft.AspNetCore.Antiforgery;

namespace Ronghe.Platform.Security;

/// <summary>
/// Against calls that another site makes in the name of a signed-in browser: an unsafe API call that rides on the cookie must show
/// the token of one of our pages. A bearer token is no cookie; nobody sends it unknowingly.
/// </summary>
public sealed class ApiForms(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string Header = "X-CSRF-Token";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsAtRisk(context) && !await antiforgery.IsRequestValidAsync(context))
            throw new BadHttpRequestException($"请求没有带上有效的防伪令牌（{Header}），没有办理。请刷新页面后重试；程序调用请改用访问令牌。");
        await next(context);
    }

    static bool IsAtRisk(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") && context.User.Identity is { IsAuthenticated: true }
        && BearerToken.Of(context.Request) is null && !IsSafe(context.Request.Method);

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
