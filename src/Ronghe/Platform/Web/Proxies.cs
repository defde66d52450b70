using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ronghe.Platform.Web;

/// <summary>
/// The proxies in front of the product, named by the operator (<c>Ronghe:Proxies</c>, addresses or networks separated by commas). Only they
/// are believed about who asked and whether over https; from anybody else those headers are lies.
/// </summary>
static class Proxies
{
    public const string SettingsKey = "Ronghe:Proxies";

    public static void UseProxies(this WebApplication app)
    {
        if (app.Configuration[SettingsKey] is not { Length: > 0 } named) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) options.KnownIPNetworks.Add(Network(proxy));
        app.UseForwardedHeaders(options);
    }

    static System.Net.IPNetwork Network(string written)
    {
        if (System.Net.IPNetwork.TryParse(written, out var network)) return network;
        if (IPAddress.TryParse(written, out var address)) return new(address, address.GetAddressBytes().Length * 8);
        throw new Refusal($"{SettingsKey} 中的 {written} 不是 IP 地址或网段，没有启动。写法示例：10.0.0.4, 10.0.1.0/24");
    }
}
