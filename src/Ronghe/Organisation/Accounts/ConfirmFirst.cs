using Microsoft.AspNetCore.Antiforgery;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Accounts;

/// <summary>Keeps the doors with <see cref="StepUpAttribute"/>: leads to the page that asks again, and what was filled in comes along.</summary>
public sealed class ConfirmFirst(RequestDelegate next, TimeProvider clock)
{
    public const string Page = "/me/confirm";
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    public async Task InvokeAsync(HttpContext context, CurrentMe current, KeptForms forms, IAntiforgery antiforgery)
    {
        var guards = context.GetEndpoint()?.Metadata.GetMetadata<StepUpAttribute>()?.Guards(context.Request) == true;
        if (!guards || current.Known is not { } me || IsConfirmed(me, clock.GetUtcNow())) await next(context);
        else if (context.IsForPrograms())
            await new Answer(403, "confirm-first", $"这件事要先再确认一次是您本人，没有办理。请在网页上打开 {Page} 确认后再发（{Holds.TotalMinutes:0} 分钟内有效）；程序请改用访问令牌。").WriteProblemAsync(context);
        else if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            Lead(context, QueryString.Create("returnUrl", context.Request.Path + context.Request.QueryString));
        else await KeepFormAsync(context, forms, antiforgery);
    }

    /// <summary>A program has no session, and nothing to confirm with.</summary>
    public static bool IsConfirmed(Me me, DateTimeOffset now) => me.SessionId == Guid.Empty || me.ConfirmedAt > now - Holds;

    /// <summary>Only what one of our own pages sent is kept: it is going to be sent again with the person's name on it.</summary>
    static async Task KeepFormAsync(HttpContext context, KeptForms forms, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) throw new BadHttpRequestException("这个页面已经失效，没有办理。请返回刷新页面后重新提交。");
        var query = QueryString.Create("returnUrl", context.Request.Path + QueryString.Create(context.Request.Query.Where(pair => pair.Key != "handler")));
        Lead(context, await forms.KeepAsync(context.Request) is { } kept ? query.Add("form", kept.ToString()) : query.Add("lost", "true"));
    }

    static void Lead(HttpContext context, QueryString query)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = Page + query;
    }
}
