using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Ronghe.Figures;

/// <summary>A person's browser: keeps cookies, sends forms with the token of a page, follows no redirect.</summary>
/// <param name="address">The product's.</param>
/// <param name="from">The address that it calls from; any of 127.0.0.0/8.</param>
public sealed class Browser(Uri address, IPAddress? from = null) : IDisposable
{
    const string TokenField = "__RequestVerificationToken";

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = (context, cancel) => ConnectAsync(context, from, cancel) })
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60),
    };
    readonly Dictionary<string, string> _cookies = [];

    public IReadOnlyDictionary<string, string> Cookies => _cookies;
    public void SetCookie(string name, string value) => _cookies[name] = value;
    public void DropCookie(string name) => _cookies.Remove(name);

    public Task<Answer> GetAsync(string url) => SendAsync(new(HttpMethod.Get, url));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var answer = await _http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) Keep(cookie);
        return await Answer.ReadAsync(answer, default);
    }

    /// <summary>A file that the person saves.</summary>
    public async Task<byte[]> BytesAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    /// <summary>The hidden token of a page's form, without which no form is taken.</summary>
    public async Task<string> TokenAsync(string url)
    {
        var answer = await GetAsync(url);
        return (await new HtmlParser().ParseDocumentAsync(answer.Text)).QuerySelector<IHtmlInputElement>($"input[name={TokenField}]")?.Value
            ?? throw new InvalidOperationException($"{url} answered {answer.Status} without a form.");
    }

    /// <summary>Opens a page and posts fields with its token.</summary>
    public async Task<Answer> SubmitAsync(string url, Dictionary<string, string> fields, string? handler = null, string? tokenFrom = null)
    {
        fields = new(fields) { [TokenField] = await TokenAsync(tokenFrom ?? url) };
        var target = handler is null ? url : $"{url}{(url.Contains('?') ? '&' : '?')}handler={handler}";
        return await SendAsync(new(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(fields) });
    }

    public Task<Answer> SignInAsync(string number, string password) => SubmitAsync("/sign-in", new() { ["Number"] = number, ["Password"] = password });

    /// <summary>Signed in and past the first password.</summary>
    public static async Task<Browser> OfAsync(Uri address, string number, string password)
    {
        var browser = new Browser(address);
        (await browser.SignInAsync(number, password)).Must(302);
        return browser;
    }

    public void Dispose() => _http.Dispose();

    static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, IPAddress? from, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null) socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    void Keep(string header)
    {
        var (name, value) = header.Split(';')[0].Split('=', 2) is [var left, var right] ? (left, right) : (header, "");
        if (value.Length == 0) _cookies.Remove(name);
        else _cookies[name] = value;
    }
}
