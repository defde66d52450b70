using System.Data.Common;
using System.Text;

namespace Ronghe.Platform.Web;

/// <summary>
/// When not even the error page can be made: it knows the person, so it needs the database, and that may be just what is away.
/// Answers in words that need nothing.
/// </summary>
public sealed class LastAnswer(RequestDelegate next, ILogger<LastAnswer> log)
{
    const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception problem) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            log.LogError(problem, "Neither the page nor the error page could be made.");
            context.Response.Clear();
            var answer = IsAway(problem)
                ? new Answer(503, "database-away", "数据库暂时连不上，通常几秒内会恢复。没有确认成功的操作请再办一次，已经保存的内容都在。")
                : Answer.To(500);
            if (answer.Status == 503) context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
            if (context.IsForPrograms()) await answer.WriteProblemAsync(context);
            else await WritePageAsync(context, answer);
        }
    }

    /// <summary>The driver wraps what the network or the server did, and the retry strategy wraps the driver.</summary>
    static bool IsAway(Exception problem) => problem is DbException { IsTransient: true } || (problem.InnerException is { } inner && IsAway(inner));

    static Task WritePageAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var title = answer.Status == 503 ? "系统正在恢复" : "系统出了问题";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <title>{title}</title><link rel="stylesheet" href="/assets/app.css"></head>
            <body class="plain"><main id="page" class="page"><section class="box failure"><h1>{title}</h1><p>{answer.Title}</p>
            <div class="acts"><a class="btn primary" href="">再试一次</a></div>
            <p class="muted small">状态 {answer.Status} · 请求编号 <code>{Answer.RequestIdOf(context)}</code></p></section></main></body></html>
            """, Encoding.UTF8);
    }
}
