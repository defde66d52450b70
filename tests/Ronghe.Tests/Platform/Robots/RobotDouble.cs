using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ronghe.Tests.Platform.Robots;

/// <summary>A robot as its group's owner set it up.</summary>
public sealed record RobotSettingsThere(string Token, string? Secret = null, string? KeyWord = null, bool IsStopped = false);

/// <summary>
/// The three platforms on this machine, as their documents describe them: addresses, signatures, sizes, limits and numbers of errors. Written from
/// those documents and not from the product, so that a slip of the product shows. It counts by its own clock.
/// </summary>
public sealed class RobotDouble : IAsyncDisposable
{
    readonly WebApplication _web;
    readonly TimeProvider _clock;
    readonly Lock _counting = new();
    readonly Dictionary<string, List<DateTimeOffset>> _calls = [];
    readonly Dictionary<string, DateTimeOffset> _blocked = [];

    RobotDouble(WebApplication web, TimeProvider clock, int port) => (_web, _clock, Port) = (web, clock, port);

    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}");
    /// <summary>As the product's setting allows it.</summary>
    public string Allowed => $"http://127.0.0.1:{Port} 127.0.0.1/32";

    public ConcurrentDictionary<string, RobotSettingsThere> Robots { get; } = new();
    /// <summary>What came to stand in a group.</summary>
    public ConcurrentQueue<(string Token, JsonNode Body)> Shown { get; } = new();
    /// <summary>Every answer that was no good one.</summary>
    public ConcurrentQueue<int> Refused { get; } = new();
    /// <summary>What happens to the next calls instead of an answer.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Faults { get; } = new();

    public IEnumerable<string> Texts => Shown.Select(shown => shown.Body.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    public static async Task<RobotDouble> StartAsync(TimeProvider clock)
    {
        var port = FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var web = builder.Build();
        var there = new RobotDouble(web, clock, port);
        web.Run(there.AnswerAsync);
        await web.StartAsync();
        return there;
    }

    public string WeCom(RobotSettingsThere robot) => Add(robot, $"{Address}cgi-bin/webhook/send?key={robot.Token}");
    public string DingTalk(RobotSettingsThere robot) => Add(robot, $"{Address}robot/send?access_token={robot.Token}");
    public string Feishu(RobotSettingsThere robot) => Add(robot, $"{Address}open-apis/bot/v2/hook/{robot.Token}");

    /// <summary>An answer with this status and no sense.</summary>
    public void Fail(int times, int status) => Always(times, http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync("<html>oops</html>");
    });

    public void HangUp(int times) => Always(times, http =>
    {
        http.Abort();
        return Task.CompletedTask;
    });

    public void Always(int times, Func<HttpContext, Task> fault)
    {
        for (var i = 0; i < times; i++) Faults.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await _web.DisposeAsync();
    }

    string Add(RobotSettingsThere robot, string address)
    {
        Robots[robot.Token] = robot;
        return address;
    }

    async Task AnswerAsync(HttpContext http)
    {
        if (Faults.TryDequeue(out var fault))
        {
            await fault(http);
            return;
        }
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true));
        var text = await reader.ReadToEndAsync();
        if (http.Request.Method != "POST") http.Response.StatusCode = 405;
        else if (http.Request.Path == "/cgi-bin/webhook/send") await SayAsync(http, "errcode", "errmsg", WeComAnswer(http.Request, text), 200);
        else if (http.Request.Path == "/robot/send") await SayAsync(http, "errcode", "errmsg", DingTalkAnswer(http.Request, text), 200);
        else if (http.Request.Path.StartsWithSegments("/open-apis/bot/v2/hook", out var rest)) await SayAsync(http, "code", "msg", FeishuAnswer(rest.ToString().TrimStart('/'), http.Request, text), 400);
        else http.Response.StatusCode = 404;
    }

    /// <summary>企业微信 and 钉钉 answer 200 whatever was wrong, 飞书 400.</summary>
    async Task SayAsync(HttpContext http, string codeName, string wordsName, (int Code, string Words) answer, int wrongStatus)
    {
        if (answer.Code != 0) Refused.Enqueue(answer.Code);
        http.Response.StatusCode = answer.Code == 0 ? 200 : wrongStatus;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonObject { [codeName] = answer.Code, [wordsName] = answer.Words }.ToJsonString());
    }

    (int, string) WeComAnswer(HttpRequest request, string text)
    {
        if (!Robots.TryGetValue(request.Query["key"].ToString(), out var robot)) return (93000, "invalid webhook url, hint: [1], from ip: 203.0.113.9");
        if (robot.IsStopped) return (93004, "robot is disabled");
        if (TooMany(robot.Token, 20, 0, TimeSpan.Zero)) return (45009, "api freq out of limit");
        if (Parse(text) is not { } body || !IsJson(request)) return (40058, "invalid Request Parameter");
        if (body["msgtype"]?.GetValue<string>() is not ("markdown" or "text") and var type) return (40008, $"invalid message type {type}");
        var isMarkdown = body["msgtype"]!.GetValue<string>() == "markdown";
        var content = body[isMarkdown ? "markdown" : "text"]?["content"]?.GetValue<string>() ?? "";
        if (content.Length == 0) return (44004, "empty content");
        return Encoding.UTF8.GetByteCount(content) > (isMarkdown ? 4096 : 2048) ? (45002, "content size out of limit") : Show(robot, body);
    }

    (int, string) DingTalkAnswer(HttpRequest request, string text)
    {
        if (!Robots.TryGetValue(request.Query["access_token"].ToString(), out var robot)) return (300001, "token is not exist");
        if (robot.IsStopped) return (400102, "description:机器人已停用;solution:请联系管理员启用机器人;");
        if (TooMany(robot.Token, 20, 0, TimeSpan.FromMinutes(10))) return (130101, "send too fast, exceed 20 times per minute");
        if (!IsJson(request)) return (43004, "无效的HTTP HEADER Content-Type");
        if (Parse(text) is not { } body) return (40035, "缺少参数 json");
        if (robot.Secret is { } secret)
        {
            var stamp = request.Query["timestamp"].ToString();
            if (!long.TryParse(stamp, out var milliseconds) || Math.Abs(_clock.GetUtcNow().ToUnixTimeMilliseconds() - milliseconds) > 3_600_000) return (310000, "invalid timestamp");
            using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
            if (request.Query["sign"].ToString() != Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(stamp + "\n" + secret)))) return (310000, "sign not match");
        }
        if (robot.KeyWord is { } word && !text.Contains(word, StringComparison.Ordinal)) return (310000, "keywords not in content");
        if (body["msgtype"]?.GetValue<string>() != "actionCard") return (400105, "unsupported message type");
        var card = body["actionCard"];
        return card?["title"] is null || card["text"] is null || card["singleTitle"] is null || card["singleURL"] is null ? (40035, "缺少参数") : Encoding.UTF8.GetByteCount(text) > 20_000 ? (40035, "too long") : Show(robot, body);
    }

    (int, string) FeishuAnswer(string token, HttpRequest request, string text)
    {
        if (!Robots.TryGetValue(token, out var robot)) return (19001, "param invalid: incoming webhook access token invalid");
        if (TooMany(robot.Token, 100, 5, TimeSpan.Zero)) return (11232, "frequency limited psm[lark.oapi.app_platform_runtime]");
        if (Encoding.UTF8.GetByteCount(text) > 20 * 1024 || !IsJson(request) || Parse(text) is not { } body) return (9499, "Bad Request");
        if (robot.Secret is { } secret)
        {
            var stamp = body["timestamp"]?.GetValue<string>() ?? "";
            using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(stamp + "\n" + secret));
            if (!long.TryParse(stamp, out var seconds) || Math.Abs(_clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > 3600 || body["sign"]?.GetValue<string>() != Convert.ToBase64String(mac.ComputeHash([])))
                return (19021, "sign match fail or timestamp is not within one hour from current time");
        }
        if (robot.KeyWord is { } word && !text.Contains(word, StringComparison.Ordinal)) return (19024, "Key Words Not Found");
        var card = body["card"];
        return body["msg_type"]?.GetValue<string>() != "interactive" || card?["header"]?["title"]?["content"] is null || card["elements"] is not JsonArray ? (9499, "Bad Request") : Show(robot, body);
    }

    (int, string) Show(RobotSettingsThere robot, JsonNode body)
    {
        Shown.Enqueue((robot.Token, body));
        return (0, "ok");
    }

    bool TooMany(string token, int perMinute, int perSecond, TimeSpan block)
    {
        lock (_counting)
        {
            var now = _clock.GetUtcNow();
            if (_blocked.GetValueOrDefault(token) > now) return true;
            var calls = _calls.TryGetValue(token, out var known) ? known : _calls[token] = [];
            calls.RemoveAll(call => call <= now - TimeSpan.FromMinutes(1));
            if (calls.Count >= perMinute || (perSecond > 0 && calls.Count(call => call > now - TimeSpan.FromSeconds(1)) >= perSecond))
            {
                _blocked[token] = now + block;
                return true;
            }
            calls.Add(now);
            return false;
        }
    }

    static bool IsJson(HttpRequest request) => request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Below the range from which the system takes ports for outgoing connections.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
