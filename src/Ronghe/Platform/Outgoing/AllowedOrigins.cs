using System.Net;

namespace Ronghe.Platform.Outgoing;

/// <summary>
/// The places that the product itself may call, each a scheme, a host and a port. A place is reached at public addresses only, unless the
/// operator named the network in which it stands.
/// </summary>
public sealed class AllowedOrigins
{
    readonly Dictionary<string, IPNetwork?> _networks = new(StringComparer.Ordinal);

    /// <param name="origins">Each with the network in which it stands; null for the open internet. Of two that are alike the later holds.</param>
    public AllowedOrigins(IEnumerable<KeyValuePair<string, IPNetwork?>> origins)
    {
        foreach (var (origin, network) in origins) _networks[origin] = network;
    }

    public IReadOnlyCollection<string> All => _networks.Keys;

    /// <summary>Scheme, host and port as they count here: <c>https://open.feishu.cn:443</c>.</summary>
    public static string Of(Uri address) => $"{address.Scheme}://{address.IdnHost}:{address.Port}";

    public bool Has(Uri address) => address is { IsAbsoluteUri: true, UserInfo: "" } && _networks.ContainsKey(Of(address));

    /// <summary>Whether the place may be reached at this address of the network.</summary>
    public bool MayReach(Uri address, IPAddress at) =>
        Has(address) && (_networks[Of(address)] is { } network ? network.Contains(at) : PublicAddress.Is(at));

    /// <summary>
    /// What an operator adds, separated by commas: <c>https://gateway.example</c>, or with the network in which it stands
    /// <c>https://gateway.plant.local 10.20.0.0/16</c>. Without encryption only on this very machine.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, IPNetwork?>> Parse(string setting, string? written)
    {
        foreach (var entry in (written ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            IPNetwork? network = parts.Length == 2 && IPNetwork.TryParse(parts[1], out var named) ? named : null;
            if (parts.Length > 2 || (parts.Length == 2 && network is null) || !Uri.TryCreate(parts[0], UriKind.Absolute, out var origin) || !IsBare(origin))
                throw new Refusal($"{setting} 中的“{entry}”无法识别，没有启动。写法示例：https://gateway.example, https://gateway.plant.local 10.20.0.0/16");
            if (origin.Scheme != Uri.UriSchemeHttps && !(network is { } inside && IsLoopback(inside)))
                throw new Refusal($"{setting} 中的“{entry}”没有加密，没有启动。只有本机（127.0.0.0/8 以内）可以不加密，其他请用 https。");
            yield return new(Of(origin), network);
        }
    }

    static bool IsBare(Uri origin) => origin is { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" or "" } && origin.Scheme is "http" or "https" && origin.IdnHost.Length > 0;

    static bool IsLoopback(IPNetwork network) => network.PrefixLength >= 8 && IPAddress.IsLoopback(network.BaseAddress);
}
