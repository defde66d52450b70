using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Ronghe.Platform.Metrics;

/// <summary>
/// <c>/metrics</c>: for a collector on this machine, or one that shows the token of the settings. What came through a proxy comes from
/// elsewhere, even when that proxy stands on this machine.
/// </summary>
static class MetricsDoor
{
    public const string Route = "/metrics", TokenKey = "Ronghe:Metrics:Token";

    static readonly string[] TracesOfProxies = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"];

    public static void MapMetrics(this WebApplication app)
    {
        var token = app.Configuration[TokenKey];
        app.MapGet(Route, (HttpContext http, MetricsBoard board) => AnswerAsync(http, board, token)).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task AnswerAsync(HttpContext http, MetricsBoard board, string? token)
    {
        if (!IsFromHere(http) && !HasToken(http.Request, token))
            throw new Forbidden($"运行指标只给本机的采集程序，或出示令牌的采集程序（设置 {TokenKey}）。");
        var text = new StringWriter();
        board.WriteTo(text);
        http.Response.ContentType = PrometheusText.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    static bool IsFromHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !TracesOfProxies.Any(http.Request.Headers.ContainsKey);

    static bool HasToken(HttpRequest request, string? token)
    {
        const string scheme = "Bearer ";
        if (string.IsNullOrEmpty(token) || request.Headers[HeaderNames.Authorization].ToString() is not { } shown || !shown.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        return CryptographicOperations.FixedTimeEquals(Hash(shown[scheme.Length..].Trim()), Hash(token));
    }

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
