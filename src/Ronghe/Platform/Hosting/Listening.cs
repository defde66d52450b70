using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ronghe.Platform.Hosting;

/// <summary>The one address on which the product listens: this machine only, unless told otherwise.</summary>
/// <param name="Address">An address of this machine, or 0.0.0.0 / :: for all of them.</param>
/// <param name="Port">0 for any free one.</param>
public sealed record Listening(IPAddress Address, int Port)
{
    public const int DefaultPort = 5080;

    /// <summary>A demo's accounts are on a sheet beside it, so it stays on this machine unless that is said in so many words.</summary>
    public static Listening Choose(string? address, int port, bool isDemo, bool mayShowDemo)
    {
        if (port is < 0 or > IPEndPoint.MaxPort) throw new Refusal($"端口 {port} 不存在，没有启动。请用 --port 指定 1 到 {IPEndPoint.MaxPort} 之间的数。");
        var chosen = Parse(address);
        if (isDemo && !mayShowDemo && !IPAddress.IsLoopback(chosen))
            throw new Refusal($"演示模式的账号口令是公开的，只允许本机访问，没有监听 {chosen}。确实要给别的电脑演示，请加 --show-demo。");
        return new(chosen, port);
    }

    /// <summary>Looked at before anything is started; somebody may still be quicker.</summary>
    /// <exception cref="Refusal">Another program listens there.</exception>
    public void EnsureFree()
    {
        if (Port == 0) return;
        try
        {
            using var probe = new TcpListener(Address, Port);
            probe.Start();
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw Taken();
        }
        catch (SocketException problem)
        {
            throw new Refusal($"不能在 {Address}:{Port} 上监听，平台没有启动，数据未改动。请换一个地址或端口（--listen、--port）。原因：{problem.Message}");
        }
    }

    public Refusal Taken() => new($"端口 {Port} 已被别的程序占用，平台没有启动，数据未改动。请停掉那个程序，或用 --port 换一个端口。");

    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Browsers may resolve localhost to either loopback address.
        if (IPAddress.Loopback.Equals(Address) && Port != 0) kestrel.ListenLocalhost(Port);
        else kestrel.Listen(Address, Port);
    }

    static IPAddress Parse(string? address) => address is null or "" or "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(address, out var parsed) ? parsed
        : throw new Refusal($"监听地址 {address} 不是 IP 地址，没有启动。写法示例：--listen 0.0.0.0");
}
