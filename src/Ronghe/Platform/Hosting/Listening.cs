using System.Net;
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
        var chosen = Parse(address);
        if (isDemo && !mayShowDemo && !IPAddress.IsLoopback(chosen))
            throw new Refusal($"演示模式的账号口令是公开的，只允许本机访问，没有监听 {chosen}。确实要给别的电脑演示，请加 --show-demo。");
        return new(chosen, port);
    }

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
