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
        if (context.HandlerInstance is not RonghePage page || HttpMethods.IsGet(context.HttpContext.Request.Method) || context.HttpContext.IsForPrograms())
        {
            await next();
        }
        else if (context.HandlerMethod is null)
        {
            page.ModelState.AddModelError("", "不清楚要办哪件事，没有办理，填写的内容还在。请按页面上的按钮提交。");
            context.Result = Mark(await page.ShowAsync(), 422);
        }
        else if (!page.ModelState.IsValid)
        {
            // Also in words above the form: what is wrong may stand in a field that nobody sees.
            page.ModelState.AddModelError("", "有内容没有填对，没有保存，填写的都还在。请改正后再提交；改不了的，请刷新页面重填。");
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

    internal static IActionResult Mark(IActionResult result, int status)
    {
        if (result is PageResult shown) shown.StatusCode = status;
        return result;
    }
}
