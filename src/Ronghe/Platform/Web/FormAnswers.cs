using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ronghe.Platform.Web;

/// <summary>Leads on as a redirect does, and says in words what was done and where it can be seen, for whoever reads no pages.</summary>
/// <param name="url">A local address.</param>
/// <param name="message">What was done, in the user's words.</param>
/// <param name="record">Null when no address may tell.</param>
public sealed class Receipt(string url, string message, string? record) : LocalRedirectResult(url)
{
    public string Message => message;
    public string? Record => record;
}

/// <summary>
/// A page's form that a script sends, under a key (<see cref="Replay.ReplaySafety"/>), is answered in data: what was done, or a problem with the
/// same words that the page would show. So a form that waited on a device passes the same door, rights and rules as one sent by hand.
/// </summary>
sealed class FormAnswers : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.HandlerInstance is not RonghePage page || !HttpMethods.IsPost(http.Request.Method) || !http.IsForPrograms())
        {
            await next();
            return;
        }
        if (context.HandlerMethod is null) throw new Refusal("不清楚要办哪件事，没有办理。");
        if (page.ModelState.Values.SelectMany(field => field.Errors).Select(error => error.ErrorMessage).Where(words => words != "").Distinct().ToList() is { Count: > 0 } errors)
            throw new Refusal(string.Join(' ', errors));
        if (await next() is { Exception: null, Result: LocalRedirectResult led } done)
        {
            done.Result = new JsonResult(led is Receipt receipt ? new { receipt.Message, receipt.Record } : new { Message = Flash.Peek(page) ?? "", Record = (string?)led.Url });
            // What the next page would have said is said now.
            page.TempData.Clear();
        }
    }
}
