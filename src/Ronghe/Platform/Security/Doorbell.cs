using Ronghe.Platform.Web;

namespace Ronghe.Platform.Security;

/// <summary>What a stranger meets: pages lead to sign-in and back, the API answers 401.</summary>
static class Doorbell
{
    public static Task AskToSignInAsync(HttpContext context)
    {
        if (context.IsForPrograms()) return Answer.To(StatusCodes.Status401Unauthorized).WriteProblemAsync(context);
        context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(BackTo(context.Request)));
        return Task.CompletedTask;
    }

    /// <summary>The page that was asked for, or the one whose form was sent: without the button that was pressed.</summary>
    static string BackTo(HttpRequest request) => request.Path + QueryString.Create(request.Query.Where(pair => pair.Key != "handler"));
}
