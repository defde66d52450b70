using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Replay;

/// <summary>
/// Every form is sent with a key of its own and has one effect: pressed twice, sent again by the browser or a proxy, or sent once
/// more after going back, it leads to where the first one led. A form that was refused may be sent again with its key.
/// </summary>
sealed class FormReplay(IServiceScopeFactory scopes) : IAsyncPageFilter
{
    public const string Field = "FormKey";

    /// <summary>How long the second of two presses waits for the first to come to its end.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(150);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || context.HandlerInstance is not RonghePage page || http.Features.Get<Actor>()?.PersonId is not { } person
            || !http.Request.HasFormContentType || http.Request.Form[Field] is not [{ } text] || !Guid.TryParse(text, out var key))
        {
            await next();
            return;
        }
        var (slot, fingerprint, claim) = (CallFingerprint.SlotOf(person, $"form {key}"), FingerprintOf(http.Request), Guid.CreateVersion7());
        if (await StoredAsync(calls => calls.ClaimAsync(slot, fingerprint, claim))) await ActAsync(slot, claim, page, next);
        else context.Result = await RepeatAsync(slot, fingerprint, page, http);
    }

    async Task ActAsync(byte[] slot, Guid claim, RonghePage page, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        // What led on was done; what shows the form again was refused and may be sent once more.
        if (executed is { Exception: null, Result: LocalRedirectResult { Url: { } url } })
            await StoredAsync(calls => Done(calls.CompleteAsync(claim, slot, new(302, "", url, Encoding.UTF8.GetBytes(Flash.Peek(page) ?? "")))));
        else await StoredAsync(calls => Done(calls.ReleaseAsync(claim, slot)));
    }

    async Task<IActionResult> RepeatAsync(byte[] slot, byte[] fingerprint, RonghePage page, HttpContext http)
    {
        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            var (earlier, answer) = await StoredAsync(async calls => await calls.FindAsync(slot) is { } found ? (found, calls.AnswerOf(found)) : default);
            if (earlier is not null && !earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint))
                return await RefusedAsync(page, 422, "这张表单刚才已经办成了；这次填的不一样，没有再办，填写的内容还在。要另办一件，请刷新页面后再提交。");
            if (earlier is null || waited > Patience) return await RefusedAsync(page, 409, "同一张表单正在办理，这一次没有重复办，填写的内容还在。请稍等几秒，看看有没有办成。");
            if (earlier.State == ReplayState.Answered)
            {
                if (answer is null) return await RefusedAsync(page, 409, "这张表单刚才已经办成了，没有重复办。请看看最新情况。");
                Flash.PutBack(page, Encoding.UTF8.GetString(answer.Body));
                return new LocalRedirectResult(answer.Location);
            }
            await Task.Delay(Look, http.RequestAborted);
        }
    }

    static async Task<IActionResult> RefusedAsync(RonghePage page, int status, string message)
    {
        page.ModelState.AddModelError("", message);
        return RefusedForms.Mark(await page.ShowAsync(), status);
    }

    /// <summary>The address and everything in the form but the token against forgery; of files their names and lengths.</summary>
    static byte[] FingerprintOf(HttpRequest request)
    {
        var text = new StringBuilder($"{request.Path}{request.QueryString}\n");
        foreach (var (name, values) in request.Form.OrderBy(field => field.Key, StringComparer.Ordinal))
            if (name is not "__RequestVerificationToken") text.Append(name).Append('=').AppendJoin('\u001f', values.ToArray()).Append('\n');
        foreach (var file in request.Form.Files) text.Append(file.Name).Append(':').Append(file.FileName).Append(':').Append(file.Length).Append('\n');
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static async Task<bool> Done(Task act)
    {
        await act;
        return true;
    }

    async Task<T> StoredAsync<T>(Func<ReplayedCalls, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ReplayedCalls>());
    }
}

/// <summary>Puts the key into every form that changes something.</summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormKey : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.AllAttributes["method"]?.Value?.ToString()?.Equals("post", StringComparison.OrdinalIgnoreCase) == true)
            output.PostContent.AppendHtml($"<input type=\"hidden\" name=\"{FormReplay.Field}\" value=\"{Guid.CreateVersion7()}\">");
    }
}
