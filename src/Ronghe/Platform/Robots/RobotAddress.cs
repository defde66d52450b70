using System.Security.Cryptography;
using System.Text;
using Ronghe.Platform.Outgoing;

namespace Ronghe.Platform.Robots;

/// <summary>
/// A webhook address as somebody typed it, taken apart: only the platform's own shape at an allowed place is taken, and only its place and
/// its token are kept. What is called later is put together from these two, never from what was typed.
/// </summary>
public sealed class RobotAddress
{
    const int Longest = 400, LongestSecret = 200, Shown = 4;
    const string Kept = "没有保存，填写的其他内容还在，地址和密钥要重填。";

    RobotAddress(RobotPlatform platform, RobotTarget target) => (Platform, Target) = (platform, target);

    public RobotPlatform Platform { get; }
    public RobotTarget Target { get; }

    /// <summary>Enough to tell two robots apart, too little to use one.</summary>
    public string Hint => $"{new Uri(Target.Origin).IdnHost} ·· {Target.Token[^Shown..]}";

    /// <summary>By which two robots at the same address share its limits. The token holds far more chance than anybody could try.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes($"{Target.Origin} {Target.Token}"));

    public static RobotAddress Parse(RobotPlatform platform, string? typed, string? secret, AllowedOrigins origins)
    {
        var format = RobotFormats.Of(platform);
        typed = typed?.Trim() ?? "";
        if (typed.Length == 0) throw new Refusal($"请填 webhook 地址，{Kept}", "Address");
        // No address of the three has an escape or a step in it; whatever has means something else than it shows.
        if (typed.Length > Longest || typed.Any(letter => letter is <= ' ' or > '~' or '\\' or '%') || typed.Contains("/.", StringComparison.Ordinal) || !Uri.TryCreate(typed, UriKind.Absolute, out var address))
            throw new Refusal($"这不是一个网址，{Kept}请从{format.Title}群机器人的设置里整条复制。", "Address");
        if (!origins.Has(address) || (RobotFormats.All.FirstOrDefault(one => one.Origin == AllowedOrigins.Of(address)) is { } owner && owner != format))
            throw new Refusal($"这不是{format.Title}的地址，{Kept}{format.Title}的地址形如 {format.Example}", "Address");
        var token = address.Fragment == "" ? format.TokenOf(address) : null;
        if (token is null) throw new Refusal($"地址不完整或多了别的内容，{Kept}{format.Title}的地址形如 {format.Example}", "Address");
        return new(platform, new(AllowedOrigins.Of(address), token, SecretOf(format, secret)));
    }

    static string? SecretOf(RobotFormat format, string? typed)
    {
        typed = typed?.Trim() ?? "";
        if (typed.Length == 0) return null;
        if (format.SecretHint is null) throw new Refusal($"{format.Title}的群机器人没有加签密钥，{Kept}请把“加签密钥”留空。", "Secret");
        if (typed.Length > LongestSecret || typed.Any(letter => letter is <= ' ' or > '~')) throw new Refusal($"密钥里有不该有的字符，{Kept}请整条复制。", "Secret");
        return typed;
    }
}
