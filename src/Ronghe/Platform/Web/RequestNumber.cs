using System.Diagnostics;

namespace Ronghe.Platform.Web;

/// <summary>Gives every request its number, also where nothing logs or listens: answers, log lines and the journal name it.</summary>
sealed class RequestNumber(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var made = Activity.Current is null ? new Activity("request").Start() : null;
        await next(context);
    }
}
