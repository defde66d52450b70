using System.Net;
using System.Net.Sockets;

namespace Ronghe.Platform.Outgoing;

/// <summary>Whether an address lies in the open internet: nothing of this machine, this house, a provider's inside, or a range with a purpose of its own.</summary>
public static class PublicAddress
{
    /// <summary>IPv4 that is no unicast of the open internet (IANA special-purpose registry, RFC 6890 and successors).</summary>
    static readonly IPNetwork[] Special = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    }.Select(network => IPNetwork.Parse(network))];

    /// <summary>The one range of IPv6 that is given out for the open internet, and what of it is not: tunnels that carry an IPv4 address inside, documentation, protocols.</summary>
    static readonly IPNetwork Unicast = IPNetwork.Parse("2000::/3");
    static readonly IPNetwork[] SpecialV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(network => IPNetwork.Parse(network))];

    /// <summary>An IPv4 address that is written as IPv6 never counts: whoever means it can write it plainly.</summary>
    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(Special, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => address.ScopeId == 0 && !address.IsIPv4MappedToIPv6 && Unicast.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address)),
        _ => false,
    };
}
