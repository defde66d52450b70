using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ronghe.Platform.Robots;

public enum RobotPlatform { WeCom, DingTalk, Feishu }

/// <summary>A robot's place and keys, open only for the moment of a call.</summary>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Token">What tells this robot from others; whoever knows it can write into the group.</param>
public sealed record RobotTarget(string Origin, string Token, string? Secret)
{
    /// <summary>Whatever prints it by mistake prints nothing secret.</summary>
    public override string ToString() => Origin;
}

/// <summary>How one platform is spoken to: address, signature, body, limits, and what its answers mean.</summary>
public abstract partial class RobotFormat
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    const int LongestSaid = 200;

    public abstract RobotPlatform Platform { get; }
    public abstract string Title { get; }
    /// <summary>Where the platform itself takes messages.</summary>
    public abstract string Origin { get; }
    /// <summary>An address as the platform shows it, for the settings page.</summary>
    public abstract string Example { get; }
    /// <summary>Null where the platform knows no signature.</summary>
    public abstract string? SecretHint { get; }
    /// <summary>Messages of one robot within a minute, and within a second; 0 for no such limit.</summary>
    public abstract int PerMinute { get; }
    public virtual int PerSecond => 0;
    /// <summary>How long the platform is left alone after it said that it was too much.</summary>
    public virtual TimeSpan Rest => TimeSpan.FromMinutes(1);
    /// <summary>The longest that the platform takes, in bytes.</summary>
    public abstract int MostBytes { get; }

    /// <summary>What the platform's numbers mean; others are tried again a few times.</summary>
    protected abstract IReadOnlyDictionary<int, (RobotOutcome Outcome, string Words)> Codes { get; }

    /// <summary>The token of an address of this platform; null for any other address.</summary>
    public abstract string? TokenOf(Uri address);

    public abstract Uri AddressOf(RobotTarget target, DateTimeOffset at);

    /// <summary>Everything that the platform counts against <see cref="MostBytes"/>.</summary>
    protected abstract (object Body, string Counted) Write(RobotCard card, RobotTarget target, DateTimeOffset at);

    /// <summary>Number and words in an answer.</summary>
    protected abstract (int? Code, string Said) Find(JsonElement answer);

    public string BodyOf(RobotCard card, RobotTarget target, DateTimeOffset at)
    {
        for (var lines = card.Lines.Count; ; lines--)
        {
            var (body, counted) = Write(card.Short(lines), target, at);
            if (lines == 0 || Encoding.UTF8.GetByteCount(counted) <= MostBytes) return Json(body);
        }
    }

    public RobotAnswer Read(int status, string text, RobotTarget target)
    {
        if (Parse(text) is { Code: { } code } found)
        {
            var said = Clean(found.Said, target);
            if (code == 0 && status is >= 200 and < 300) return new(RobotOutcome.Taken, 0, "平台已收下，群里可以看到。");
            if (Meaning(code, said) is (var outcome, var words)) return new(outcome, code, words, said);
            return new(RobotOutcome.Again, code, $"{Title}没有收下，原因见平台的答复，稍后会再试。", said);
        }
        return status switch
        {
            429 => new(RobotOutcome.Slow, status, "发得太快，被平台限流，稍后自动再发。"),
            >= 500 => new(RobotOutcome.Again, status, $"{Title}的服务器暂时出错，稍后会再试。"),
            >= 300 and < 400 => new(RobotOutcome.Stop, status, "这个地址要求跳转到别处，没有跟随。请核对 webhook 地址。"),
            401 or 403 or 404 or 410 => new(RobotOutcome.Stop, status, "这个 webhook 地址不对或已经失效，请在群里重新复制。"),
            _ => new(RobotOutcome.Again, status, $"{Title}的答复看不懂，稍后会再试。"),
        };
    }

    protected virtual (RobotOutcome, string)? Meaning(int code, string said) => Codes.TryGetValue(code, out var known) ? known : null;

    protected static string Json(object body) => JsonSerializer.Serialize(body, Plain);

    protected static string Hmac(string key, string message) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(message)));

    /// <summary>Tokens are letters, digits and hyphens on all three platforms; nothing else ever becomes part of an address.</summary>
    protected static string? Token(string? written) => written is not null && TokenShape().IsMatch(written) ? written : null;

    /// <summary>The one value under this name; null when the address has any other, or this one twice.</summary>
    protected static string? OnlyQuery(Uri address, string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query) is { Count: 1 } query && query.TryGetValue(name, out var value) && value.Count == 1 ? Token(value[0]) : null;

    (int? Code, string Said)? Parse(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object ? Find(answer.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    protected static int? Number(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    protected static string Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A gateway may send back what it was sent: nothing secret comes in that way.</summary>
    static string Clean(string said, RobotTarget target)
    {
        said = said.Replace(target.Token, "…", StringComparison.OrdinalIgnoreCase);
        if (target.Secret is { Length: > 0 } secret) said = said.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        said = string.Concat(said.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)));
        return said.Length > LongestSaid ? said[..LongestSaid] + "…" : said;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{16,128}\z")]
    private static partial Regex TokenShape();
}

/// <summary>All platforms together.</summary>
public static class RobotFormats
{
    public static readonly IReadOnlyList<RobotFormat> All = [new WeComFormat(), new DingTalkFormat(), new FeishuFormat()];

    public static RobotFormat Of(RobotPlatform platform) => All[(int)platform];
}
