namespace Ronghe.Platform.Security;

/// <summary>What a stranger meets: pages lead to sign-in and back, the API answers 401.</summary>
static class Doorbell
{
    public static Task AskToSignInAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
            return Results.Problem(title: "请先登录或提供有效的访问令牌。", statusCode: 401).ExecuteAsync(context);
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(back));
        return Task.CompletedTask;
    }
}
