using Microsoft.AspNetCore.Http.Features;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Replay;

/// <summary>
/// An unsafe call that carries an <c>Idempotency-Key</c> has one effect however often it is sent: the first one claims the key before it
/// acts, the following ones get its answer. Calls of the API, and forms of pages that a script sends.
/// </summary>
public sealed class ReplaySafety(RequestDelegate next, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReplaySafety> log)
{
    public const string Header = "Idempotency-Key", ReplayedHeader = "Idempotency-Replayed";
    public const int LongestKey = 200;

    /// <summary>Before anything reads the body, so that it can be read once more. The limits of the door still hold.</summary>
    public static Task Buffer(HttpContext context, RequestDelegate next)
    {
        if (HasKey(context)) context.Request.EnableBuffering();
        return next(context);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HasKey(context) || context.Features.Get<Actor>()?.PersonId is not { } person)
        {
            await next(context);
            return;
        }
        var slot = CallFingerprint.SlotOf(person, KeyOf(context.Request));
        var fingerprint = await CallFingerprint.OfAsync(slot, context.Request, context.RequestAborted);
        var claim = Guid.CreateVersion7();
        context.Features.Set(new CallKey(slot));
        if (await StoredAsync(calls => calls.ClaimAsync(slot, fingerprint, claim))) await ActAsync(context, claim, slot);
        else await RepeatAsync(context, slot, fingerprint);
    }

    static bool HasKey(HttpContext context) =>
        context.Request.Headers.ContainsKey(Header) && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method);

    /// <exception cref="Refusal">Not one key of 1 to 200 visible ASCII characters.</exception>
    static string KeyOf(HttpRequest request) =>
        request.Headers[Header] is [{ Length: >= 1 and <= LongestKey } key] && key.All(letter => letter is > ' ' and <= '~') ? key
            : throw new Refusal($"{Header} 应是一个 1—{LongestKey} 个可见 ASCII 字符的键，没有办理。请每次办理用一个新的 UUID，重试时用原来的。", Header);

    /// <summary>Once claimed, the act goes on to its end though the caller hangs up: the answer is there when it calls again.</summary>
    async Task ActAsync(HttpContext context, Guid claim, byte[] slot)
    {
        var (hangUp, original) = (context.RequestAborted, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        using var over = new CancellationTokenSource();
        using var written = new MemoryStream();
        context.RequestAborted = CancellationToken.None;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));
        var renewing = RenewAsync(claim, slot, over.Token);
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        catch
        {
            await StopAsync(over, renewing);
            await KeepAsync(calls => calls.ReleaseAsync(claim, slot));
            throw;
        }
        finally
        {
            context.RequestAborted = hangUp;
            context.Features.Set(original);
        }
        await StopAsync(over, renewing);
        var answer = AnswerOf(context.Response, written.ToArray());
        await KeepAsync(calls => answer.Status < 400 ? calls.CompleteAsync(claim, slot, answer) : calls.ReleaseAsync(claim, slot));
        await answer.WriteAsync(context);
    }

    static KeptAnswer AnswerOf(HttpResponse response, byte[] body) =>
        new(response.StatusCode, response.ContentType ?? "", response.Headers.Location.ToString(), body);

    async Task RepeatAsync(HttpContext context, byte[] slot, byte[] fingerprint)
    {
        var (earlier, answer) = await StoredAsync(async calls => await calls.FindAsync(slot) is { } found ? (found, calls.AnswerOf(found)) : default);
        if (earlier is not null && !earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            throw new Refusal($"这个 {Header} 已经用于另一个请求，没有办理。请换一个新的键再发；重试时地址和内容要与原来一样。", Header);
        if (earlier is not { State: ReplayState.Answered })
        {
            context.Response.Headers.RetryAfter = "2";
            await new Answer(409, "in-flight", "同一个请求正在办理，这一次没有重复办。请稍等几秒，用原来的键再发，会得到办理的结果。").WriteProblemAsync(context);
            return;
        }
        context.Response.Headers[ReplayedHeader] = "true";
        if (answer is not null) await answer.WriteAsync(context);
        else await new Answer(409, "answer-not-kept", "这个请求已经办成，这一次没有重复办；当时的答复没有保留。请查询看现在的情况。").WriteProblemAsync(context);
    }

    async Task RenewAsync(Guid claim, byte[] slot, CancellationToken over)
    {
        using var timer = new PeriodicTimer(ReplayedCalls.ClaimHolds / 4, clock);
        while (await timer.WaitForNextTickAsync(over)) await KeepAsync(calls => calls.RenewAsync(claim, slot));
    }

    static async Task StopAsync(CancellationTokenSource over, Task renewing)
    {
        await over.CancelAsync();
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The act is done or refused by now: its answer must reach the caller even if the note of it cannot be kept.</summary>
    async Task KeepAsync(Func<ReplayedCalls, Task> keep)
    {
        try
        {
            await StoredAsync(async calls =>
            {
                await keep(calls);
                return true;
            });
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            log.LogError(problem, "The answer under an idempotency key was not kept; the claim runs out by itself.");
        }
    }

    /// <summary>In a scope of its own: what the act left open in its database context must not come with it.</summary>
    async Task<T> StoredAsync<T>(Func<ReplayedCalls, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ReplayedCalls>());
    }
}
