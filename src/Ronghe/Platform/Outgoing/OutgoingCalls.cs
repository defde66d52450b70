using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Ronghe.Platform.Outgoing;

/// <summary>What a place outside said.</summary>
public sealed record OutgoingAnswer(int Status, string Text);

/// <summary>No answer came. Said without the address, which may be a secret.</summary>
/// <param name="isForbidden">The product itself would not call there: no other try will change that.</param>
public sealed class NoAnswer(string why, bool isForbidden) : Exception(why)
{
    public bool IsForbidden => isForbidden;
}

/// <summary>Finds the addresses of a name.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancel);

/// <summary>
/// Calls places outside on behalf of the plant, and only those that are allowed. The name is resolved here, every address is looked at,
/// and the very address that was looked at is the one connected to: a name that answers differently a moment later leads nowhere. No
/// redirect is followed, no proxy asked, no cookie kept; slow and long answers are cut off.
/// </summary>
public sealed class OutgoingCalls : IDisposable
{
    const int LongestAnswer = 64 * 1024, LongestHeadersInKilobytes = 16;
    static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5), ReuseFor = TimeSpan.FromMinutes(1);

    readonly AllowedOrigins _origins;
    readonly HostResolver _resolve;
    readonly HttpClient _http;

    public OutgoingCalls(AllowedOrigins origins, HostResolver resolve, TimeSpan within)
    {
        (_origins, _resolve) = (origins, resolve);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, PreAuthenticate = false,
            ActivityHeadersPropagator = null, ConnectTimeout = ConnectWithin, PooledConnectionLifetime = ReuseFor, MaxResponseHeadersLength = LongestHeadersInKilobytes,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = within, MaxResponseContentBufferSize = LongestAnswer };
    }

    public static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => Dns.GetHostAddressesAsync(host, cancel);

    /// <exception cref="NoAnswer">It may not be called, or did not answer in time.</exception>
    public async Task<OutgoingAnswer> PostJsonAsync(Uri address, string json, CancellationToken cancel = default)
    {
        if (!_origins.Has(address)) throw new NoAnswer("这个地址不在允许外呼的名单里，没有连接。", isForbidden: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException fault)
        {
            throw fault.InnerException as NoAnswer ?? new NoAnswer(Say(fault), isForbidden: false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new NoAnswer("对方没有在规定时间内答复。", isForbidden: false);
        }
    }

    public void Dispose() => _http.Dispose();

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var address = context.InitialRequestMessage.RequestUri!;
        var found = await _resolve(address.IdnHost, cancel);
        // One bad address among good ones is a trick or a fault; neither is a reason to try the good one.
        if (found.Length == 0 || Array.Exists(found, at => !_origins.MayReach(address, at))) throw new NoAnswer("这个地址指向不允许外呼的网络，没有连接。", isForbidden: true);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, address.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static string Say(HttpRequestException fault) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "没有查到对方的网络地址，请检查服务器的域名解析。",
        HttpRequestError.ConnectionError => "连不上对方，请检查服务器能否访问外网。",
        HttpRequestError.SecureConnectionError => "对方的证书不可信，没有发送。",
        HttpRequestError.ConfigurationLimitExceeded => "对方的答复太长，没有读完。",
        _ => "与对方的连接中途断开。",
    };
}
