using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Replay;

namespace Ronghe.Platform.Web;

/// <summary>What the product answers when something is refused or goes wrong: a status, a kind, and words fit to show.</summary>
public sealed record Answer(int Status, string Kind, string Title, string? Field = null)
{
    public static Answer To(Exception problem) => problem switch
    {
        Forbidden => new(403, "forbidden", problem.Message),
        NotFound => new(404, "not-found", problem.Message),
        StaleWrite => new(409, "stale-write", problem.Message),
        Refusal refusal => new(422, "refused", refusal.Message, refusal.Field),
        BadHttpRequestException { StatusCode: 413 } => To(413),
        BadHttpRequestException { InnerException: System.Text.Json.JsonException json } =>
            new(400, "bad-request", IsOurs(json.Message) ? json.Message : "请求内容不是能识别的 JSON，或缺少必填的项，没有办理。请对照接口说明检查。", FieldOf(json)),
        // Only texts of our own are in Chinese; the framework's name parameters and types.
        BadHttpRequestException bad when IsOurs(bad.Message) => new(bad.StatusCode, "bad-request", bad.Message),
        BadHttpRequestException bad => To(bad.StatusCode),
        InvalidDataException => new(400, "bad-request", "提交的内容格式不对或没有传完整，没有办理。请核对后重新提交。"),
        _ => To(500),
    };

    public static Answer To(int status) => status switch
    {
        400 => new(400, "bad-request", "请求的内容不完整或格式不对，没有办理。请返回刷新页面，核对后再提交。"),
        401 => new(401, "sign-in", "请先登录或提供有效的访问令牌。"),
        403 => new(403, "forbidden", "您没有办理这件事的权限。需要的话，请联系本单位安全保密管理员。"),
        404 => new(404, "not-found", "没有这个页面，可能地址有误，或者内容已被移走。请从左侧菜单重新进入。"),
        405 => new(405, "wrong-method", "这个地址不接受这种请求，没有办理。"),
        413 => new(413, "too-large", "提交的内容超过允许的大小，没有保存。请压缩或分几次提交。"),
        415 => new(415, "wrong-type", "这个接口不接受这种格式的内容，没有办理。请改用接口说明里写的格式：一般是 application/json，上传文件用 multipart/form-data。"),
        < 500 => new(status, "bad-request", "请求没有办理。请返回刷新页面后再试。"),
        _ => new(status, "failed", "系统出了故障，这次操作没有保存。请稍后再试；仍不行，请把下面的请求编号告诉系统管理员。"),
    };

    /// <summary>The number to quote; the log lines of the request carry it too.</summary>
    public static string RequestIdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>RFC 9457.</summary>
    public ProblemDetails Problem(HttpContext context)
    {
        var problem = new ProblemDetails { Status = Status, Title = Title, Type = $"urn:ronghe:problem:{Kind}" };
        if (Field is not null) problem.Extensions["field"] = Field;
        problem.Extensions["requestId"] = RequestIdOf(context);
        return problem;
    }

    public Task WriteProblemAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(Problem(context), options: null, "application/problem+json", context.RequestAborted);
    }

    static bool IsOurs(string message) => message.Any(letter => letter >= '\u4e00');

    static string? FieldOf(System.Text.Json.JsonException json) => json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
}

/// <summary>Refusals, bad requests and faults become problem details for programs and the error page for people.</summary>
public static class Answers
{
    /// <summary>Asked by a program or a script, not by a person who reads pages.</summary>
    public static bool IsForPrograms(this HttpContext context)
    {
        // The exception handler has already put the error page's address in the place of the one that was asked for.
        PathString asked = context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
        // A form under a key is sent by a script: no page's own form carries one.
        return Prefixes.Any(prefix => asked.StartsWithSegments(prefix)) || context.Request.Headers.ContainsKey(ReplaySafety.Header);
    }

    static readonly PathString[] Prefixes = ["/api", "/pickers", "/files", "/health", "/openapi"];

    public static void UseAnswers(this IApplicationBuilder app)
    {
        app.UseMiddleware<LastAnswer>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = problem => Answer.To(problem).Status,
            // A refusal is an answer, not a fault: it must not fill the log with stack traces.
            SuppressDiagnosticsCallback = context => context.Exception is Refusal or BadHttpRequestException,
            AllowStatusCode404Response = true,
        });
        app.UseWhen(IsForPrograms, api => api.UseStatusCodePages(status =>
            Answer.To(status.HttpContext.Response.StatusCode).WriteProblemAsync(status.HttpContext)));
        app.UseWhen(context => !context.IsForPrograms(), pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
    }
}

/// <summary>The API's share of the exceptions; pages go on to the error page.</summary>
sealed class ApiAnswers : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception problem, CancellationToken cancel)
    {
        if (!context.IsForPrograms()) return false;
        await Answer.To(problem).WriteProblemAsync(context);
        return true;
    }
}
