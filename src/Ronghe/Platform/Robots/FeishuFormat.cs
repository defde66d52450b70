using System.Globalization;
using System.Text.Json;

namespace Ronghe.Platform.Robots;

/// <summary>
/// 飞书: “timestamp, line break, secret” is the key of the HMAC and the message is empty, the other way round than 钉钉; seconds, not
/// milliseconds; both go into the body. 100 messages a minute, five a second, 20 KB.
/// </summary>
public sealed class FeishuFormat : RobotFormat
{
    const string Path = "/open-apis/bot/v2/hook/";

    public override RobotPlatform Platform => RobotPlatform.Feishu;
    public override string Title => "飞书";
    public override string Origin => "https://open.feishu.cn:443";
    public override string Example => "https://open.feishu.cn/open-apis/bot/v2/hook/…";
    public override string? SecretHint => "安全设置开了“签名校验”时，把密钥填在这里；开了“自定义关键词”时填关键词“融合”。";
    public override int PerMinute => 100;
    public override int PerSecond => 5;
    public override int MostBytes => 20 * 1024;

    protected override IReadOnlyDictionary<int, (RobotOutcome, string)> Codes { get; } = new Dictionary<int, (RobotOutcome, string)>
    {
        [11232] = (RobotOutcome.Slow, "发得太快，被飞书限流，一分钟后自动再发。"),
        [99991400] = (RobotOutcome.Slow, "发得太快，被飞书限流，一分钟后自动再发。"),
        [9499] = (RobotOutcome.Refused, "飞书说消息的格式不对或太长，没有发成。"),
        [19001] = (RobotOutcome.Stop, "飞书不认这个 webhook 地址，机器人可能已被移出群。请在群里重新复制地址。"),
        [19002] = (RobotOutcome.Refused, "飞书说消息的格式不对，没有发成。"),
        [19021] = (RobotOutcome.Stop, "没有通过飞书的签名校验：密钥不对，或服务器的时钟差了一小时以上。请重新复制密钥；密钥没错的话，请核对服务器的时钟。"),
        [19022] = (RobotOutcome.Stop, "服务器的外网地址不在飞书机器人的 IP 白名单里。请把它加进白名单，或改用签名校验。"),
        [19024] = (RobotOutcome.Stop, "消息里没有飞书机器人要求的关键词。请在群里把“融合”设为关键词。"),
    };

    public override string? TokenOf(Uri address) => address.Query == "" && address.AbsolutePath.StartsWith(Path, StringComparison.Ordinal) ? Token(address.AbsolutePath[Path.Length..]) : null;

    public override Uri AddressOf(RobotTarget target, DateTimeOffset at) => new($"{target.Origin}{Path}{target.Token}");

    protected override (object, string) Write(RobotCard card, RobotTarget target, DateTimeOffset at)
    {
        var lines = string.Join('\n', card.Lines.Select(line => line.Href is null ? RobotLine.Tame(line.Text) : $"[{RobotLine.Tame(line.Text)}]({new Uri(card.Link, line.Href)})"));
        var body = new Dictionary<string, object>();
        if (target.Secret is { } secret)
        {
            var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            (body["timestamp"], body["sign"]) = (seconds, Hmac(key: $"{seconds}\n{secret}", message: ""));
        }
        body["msg_type"] = "interactive";
        body["card"] = new
        {
            config = new { wide_screen_mode = true },
            header = new { template = "red", title = new { tag = "plain_text", content = RobotLine.Tame(card.Title) } },
            elements = new object[]
            {
                new { tag = "div", text = new { tag = "lark_md", content = lines } },
                new { tag = "action", actions = new[] { new { tag = "button", type = "primary", text = new { tag = "plain_text", content = card.LinkText }, url = card.Link.ToString() } } },
            },
        };
        return (body, Json(body));
    }

    /// <summary>The same number also stands for “too many”, told apart by its words alone.</summary>
    protected override (RobotOutcome, string)? Meaning(int code, string said) =>
        code == 9499 && said.Contains("too many", StringComparison.OrdinalIgnoreCase) ? Codes[11232] : base.Meaning(code, said);

    protected override (int? Code, string Said) Find(JsonElement answer) =>
        Number(answer, "code") is { } code ? (code, Text(answer, "msg")) : (Number(answer, "StatusCode"), Text(answer, "StatusMessage"));
}
