using System.Globalization;
using System.Text.Json;

namespace Ronghe.Platform.Robots;

/// <summary>
/// 钉钉: the secret is the key and “timestamp, line break, secret” the message of the HMAC; both go into the address. 20 messages a
/// minute, and whoever sends more is blocked for ten.
/// </summary>
public sealed class DingTalkFormat : RobotFormat
{
    const string Path = "/robot/send", Key = "access_token";

    public override RobotPlatform Platform => RobotPlatform.DingTalk;
    public override string Title => "钉钉";
    public override string Origin => "https://oapi.dingtalk.com:443";
    public override string Example => "https://oapi.dingtalk.com/robot/send?access_token=…";
    public override string? SecretHint => "安全设置选“加签”时，把 SEC 开头的密钥填在这里；选“自定义关键词”时填关键词“融合”。";
    public override int PerMinute => 20;
    public override TimeSpan Rest => TimeSpan.FromMinutes(10);
    public override int MostBytes => 20_000;

    protected override IReadOnlyDictionary<int, (RobotOutcome, string)> Codes { get; } = new Dictionary<int, (RobotOutcome, string)>
    {
        [-1] = (RobotOutcome.Again, "钉钉繁忙，稍后会再试。"),
        [130101] = (RobotOutcome.Slow, "一分钟里发得太多，被钉钉限流十分钟，到时自动再发。"),
        [410100] = (RobotOutcome.Slow, "一分钟里发得太多，被钉钉限流十分钟，到时自动再发。"),
        [310000] = (RobotOutcome.Stop, "没有通过钉钉机器人的安全设置。请对照群里机器人的“安全设置”核对：加签密钥、关键词（应为“融合”）、IP 白名单里服务器的外网地址；都对的话，请核对服务器的时钟。"),
        [300001] = (RobotOutcome.Stop, "钉钉不认这个 access_token。请在群里重新复制机器人的 webhook 地址。"),
        [400101] = (RobotOutcome.Stop, "钉钉不认这个 access_token。请在群里重新复制机器人的 webhook 地址。"),
        [400013] = (RobotOutcome.Stop, "这个群已经解散。请换一个群的机器人。"),
        [400102] = (RobotOutcome.Stop, "机器人在钉钉里被停用。请群主启用后，再发一条测试消息。"),
        [400106] = (RobotOutcome.Stop, "机器人已被移出群。请在群里重新添加，把新地址填到这里。"),
        [40035] = (RobotOutcome.Refused, "钉钉说消息的格式不对，没有发成。"),
        [43004] = (RobotOutcome.Refused, "钉钉说消息的格式不对，没有发成。"),
        [400105] = (RobotOutcome.Refused, "钉钉不认这种消息，没有发成。"),
        [430101] = (RobotOutcome.Refused, "钉钉认为消息里的链接不安全，没有发成。请检查“平台地址”。"),
        [430102] = (RobotOutcome.Refused, "钉钉认为消息里有不合适的文字，没有发成。"),
        [430103] = (RobotOutcome.Refused, "钉钉认为消息里有不合适的图片，没有发成。"),
        [430104] = (RobotOutcome.Refused, "钉钉认为消息里有不合适的内容，没有发成。"),
    };

    public override string? TokenOf(Uri address) => address.AbsolutePath == Path ? OnlyQuery(address, Key) : null;

    public override Uri AddressOf(RobotTarget target, DateTimeOffset at)
    {
        var address = $"{target.Origin}{Path}?{Key}={target.Token}";
        if (target.Secret is not { } secret) return new(address);
        var milliseconds = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new($"{address}&timestamp={milliseconds}&sign={Uri.EscapeDataString(Hmac(key: secret, message: $"{milliseconds}\n{secret}"))}");
    }

    protected override (object, string) Write(RobotCard card, RobotTarget target, DateTimeOffset at)
    {
        var lines = card.Lines.Select(line => "\n\n- " + (line.Href is null ? RobotLine.Tame(line.Text) : $"[{RobotLine.Tame(line.Text)}]({new Uri(card.Link, line.Href)})"));
        var title = RobotLine.Tame(card.Title);
        var body = new { msgtype = "actionCard", actionCard = new { title, text = $"### {title}{string.Concat(lines)}", singleTitle = card.LinkText, singleURL = card.Link.ToString() } };
        return (body, Json(body));
    }

    protected override (int? Code, string Said) Find(JsonElement answer) => (Number(answer, "errcode"), Text(answer, "errmsg"));
}
