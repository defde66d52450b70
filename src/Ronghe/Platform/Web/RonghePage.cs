using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ronghe.Platform.Web;

/// <summary>
/// A page that can show itself again: when an act is refused, the message stands beside the form, the input is kept, nothing is lost.
/// <see cref="ShowAsync"/> loads what is shown, for a first look and after a refusal alike; a handler does one act and redirects.
/// </summary>
public abstract class RonghePage : PageModel
{
    public virtual Task<IActionResult> OnGetAsync() => ShowAsync();

    public abstract Task<IActionResult> ShowAsync();

    /// <summary>Post–redirect–get: the message appears once, on the page that follows.</summary>
    /// <param name="message">What was done, in the user's words.</param>
    /// <param name="url">A local address; this page itself when null.</param>
    protected IActionResult RedirectWithMessage(string message, string? url = null)
    {
        this.Flash(message);
        return LocalRedirect(url ?? Request.Path + WithoutHandler(Request.Query));
    }

    static QueryString WithoutHandler(IQueryCollection query) =>
        QueryString.Create(query.Where(pair => pair.Key != "handler"));
}

/// <summary>Shows a page again when its input cannot be read (before the act) or the act is refused (after it).</summary>
sealed class RefusedForms : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerInstance is not RonghePage page || HttpMethods.IsGet(context.HttpContext.Request.Method))
        {
            await next();
        }
        else if (!page.ModelState.IsValid)
        {
            context.Result = Mark(await page.ShowAsync(), 422);
        }
        else if (await next() is { Exception: Refusal refusal } refused and not { Exception: NotFound })
        {
            page.ModelState.AddModelError(FieldOf(page, refusal), refusal.Message);
            refused.Result = Mark(await page.ShowAsync(), Answer.To(refusal).Status);
            refused.ExceptionHandled = true;
        }
    }

    /// <summary>The entity knows the field's name, the form its prefix. A field that was not on the form: the message stands above it.</summary>
    static string FieldOf(RonghePage page, Refusal refusal) =>
        page.ModelState.Keys.FirstOrDefault(key => refusal.Field is { } field
            && (key.Equals(field, StringComparison.OrdinalIgnoreCase) || key.EndsWith("." + field, StringComparison.OrdinalIgnoreCase))) ?? "";

    static IActionResult Mark(IActionResult result, int status)
    {
        if (result is PageResult shown) shown.StatusCode = status;
        return result;
    }
}
