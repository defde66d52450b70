using Ronghe.Platform.Web;

namespace Ronghe.Platform.Security;

/// <summary>What a stranger meets: pages lead to sign-in and back, the API answers 401.</summary>
static class Doorbell
{
    public static Task AskToSignInAsync(HttpContext context)
    {
<<<<<<< HEAD
        if (context.IsForPrograms()) return Answer.To(StatusCodes.Status401Unauthorized).WriteProblemAsync(context);
        context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(BackTo(context.Request)));
=======
        if (BearerToken.IsForPrograms(context.Request.Path))
            return Results.Problem(title: "请先登录或提供有效的访问令牌。", statusCode: 401).ExecuteAsync(context);
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(back));
>>>>>>> 29b970b (Interface description with examples and a readable page; photos after the words; browser journeys and benchmarks have their place; people without an account can be acted for)
        return Task.CompletedTask;
    }

    /// <summary>The page that was asked for, or the one whose form was sent: without the button that was pressed.</summary>
    static string BackTo(HttpRequest request) => request.Path + QueryString.Create(request.Query.Where(pair => pair.Key != "handler"));
}
