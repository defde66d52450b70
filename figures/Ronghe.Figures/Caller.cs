using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Ronghe.Figures;

/// <summary>A program that acts for a person with a token. Safe to use from many tasks at once.</summary>
public sealed class Caller(Uri address, string? token) : IDisposable
{
    const string KeyHeader = "Idempotency-Key";

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 })
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60),
    };

    public HttpClient Http => _http;

    public Task<Answer> GetAsync(string url, CancellationToken cancel = default) => SendAsync(HttpMethod.Get, url, null, null, cancel);

    public Task<Answer> PostAsync(string url, object body, string? key = null, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, url, JsonContent.Create(body, body.GetType()), key, cancel);

    public async Task<Answer> SendAsync(HttpMethod method, string url, HttpContent? content = null, string? key = null, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add(KeyHeader, key);
        using var answer = await _http.SendAsync(request, cancel);
        return await Answer.ReadAsync(answer, cancel);
    }

    /// <summary>Null when nobody answered: killed, restarting, hung up.</summary>
    public async Task<Answer?> TryAsync(HttpMethod method, string url, HttpContent? content = null, string? key = null, CancellationToken cancel = default)
    {
        try
        {
            return await SendAsync(method, url, content, key, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>A file, byte by byte.</summary>
    public async Task<byte[]> BytesAsync(string url, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancel);
    }

    public void Dispose() => _http.Dispose();
}
