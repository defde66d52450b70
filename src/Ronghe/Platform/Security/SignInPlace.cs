using System.Net;
using System.Net.Sockets;

namespace Ronghe.Platform.Security;

/// <summary>From where somebody tries to sign in.</summary>
/// <param name="Address">Client address; of IPv6 the network that one subscriber holds.</param>
/// <param name="Device">Browser and kind of device in words.</param>
/// <param name="KnownDevice">Id of the device when it has signed in to this account before.</param>
public sealed record SignInPlace(string Address, string Device, string? KnownDevice)
{
    const int SubscriberBytes = 8;

    public static SignInPlace Of(HttpContext context, string? knownDevice) =>
        new(AddressOf(context.Connection.RemoteIpAddress), DeviceOf(context.Request.Headers.UserAgent.ToString()), knownDevice);

    static string AddressOf(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SubscriberBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }

    static string DeviceOf(string agent)
    {
        (string Mark, string Word)[] devices =
            [("iPad", "平板"), ("Tablet", "平板"), ("Mobile", "手机"), ("Android", "手机"), ("Windows", "Windows 电脑"), ("Mac OS", "苹果电脑"), ("Linux", "Linux 电脑")];
        (string Mark, string Word)[] browsers =
            [("wxwork", "企业微信"), ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Lark", "飞书"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];
        string Word((string Mark, string Word)[] words, string otherwise) =>
            words.FirstOrDefault(word => agent.Contains(word.Mark, StringComparison.OrdinalIgnoreCase)).Word ?? otherwise;
        return $"{Word(devices, "其他设备")} · {Word(browsers, "其他浏览器")}";
    }
}
