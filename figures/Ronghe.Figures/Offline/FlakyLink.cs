using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ronghe.Figures.Offline;

public enum LinkQuality { Up, Flaky, Down }

/// <summary>
/// The line between a browser and the product: it carries everything, nothing, or breaks as a phone's does at the edge of a signal: before
/// the request is through, and, what matters most, after the product has acted and before its answer is there.
/// </summary>
sealed class FlakyLink : IAsyncDisposable
{
    static readonly byte[] Report = Encoding.ASCII.GetBytes("POST /findings/report");

    readonly TcpListener _listener = Listen();
    readonly CancellationTokenSource _over = new();
    readonly int _product;
    readonly Lock _guard = new();
    readonly HashSet<Socket> _open = [];
    int _cutRequests, _cutAnswers, _refused;

    public FlakyLink(int product)
    {
        _product = product;
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Reports of which only a part reached the product.</summary>
    public int CutRequests => _cutRequests;

    /// <summary>Reports that the product answered and whose answer did not reach the browser whole.</summary>
    public int CutAnswers => _cutAnswers;

    public int Refused => _refused;

    public LinkQuality Quality { get; private set; }

    /// <summary>Requests that begin with this never get through, e.g. <c>GET /api/v1/offline</c>.</summary>
    public string? Withheld { get; set; }

    /// <summary>Going down cuts what is under way.</summary>
    public void Turn(LinkQuality quality)
    {
        Quality = quality;
        if (quality != LinkQuality.Down) return;
        lock (_guard)
            foreach (var socket in _open) socket.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        Turn(LinkQuality.Down);
        _over.Dispose();
    }

    static TcpListener Listen()
    {
        while (true)
        {
            // Below the range from which the system takes ports for outgoing connections.
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptSocketAsync(_over.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The figure is over.
        }
    }

    async Task CarryAsync(Socket browser)
    {
        if (Quality == LinkQuality.Down)
        {
            Interlocked.Increment(ref _refused);
            browser.Close(0);
            return;
        }
        var product = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_guard) _open.UnionWith([browser, product]);
        var exchange = new Exchange();
        try
        {
            await product.ConnectAsync(IPAddress.Loopback, _product);
            await Task.WhenAny(RequestsAsync(browser, product, exchange), AnswersAsync(product, browser, exchange));
        }
        catch (SocketException)
        {
            // Broken off at one of its ends.
        }
        finally
        {
            lock (_guard) _open.ExceptWith([browser, product]);
            browser.Close(0);
            product.Close(0);
        }
    }

    /// <summary>What is to become of the report under way on a connection.</summary>
    sealed class Exchange
    {
        public bool IsReport { get; set; }
        public bool CutsAnswer { get; set; }
    }

    async Task RequestsAsync(Socket from, Socket to, Exchange exchange)
    {
        var buffer = new byte[16 << 10];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (Withheld is { } withheld && buffer.AsSpan(0, read).StartsWith(Encoding.ASCII.GetBytes(withheld))) return;
                var isReport = buffer.AsSpan(0, read).StartsWith(Report);
                if (isReport) (exchange.IsReport, exchange.CutsAnswer) = (true, Quality == LinkQuality.Flaky && Random.Shared.Next(100) < 45);
                if (isReport && Quality == LinkQuality.Flaky && !exchange.CutsAnswer && Random.Shared.Next(100) < 35)
                {
                    await to.SendAsync(buffer.AsMemory(0, Random.Shared.Next(read)));
                    Interlocked.Increment(ref _cutRequests);
                    return;
                }
                if (!isReport && Quality == LinkQuality.Flaky && Random.Shared.Next(100) < 6) return;
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Broken off.
        }
    }

    async Task AnswersAsync(Socket from, Socket to, Exchange exchange)
    {
        var buffer = new byte[16 << 10];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0; exchange.IsReport = false)
            {
                if (exchange is { IsReport: true, CutsAnswer: true })
                {
                    await to.SendAsync(buffer.AsMemory(0, Random.Shared.Next(2) * (read / 2)));
                    Interlocked.Increment(ref _cutAnswers);
                    return;
                }
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Broken off.
        }
    }
}
