using System.Text.Json;

namespace Ronghe.Platform.Robots;

/// <summary>企业微信: no signature, the key in the address is all; 20 messages a minute, 4,096 bytes of markdown.</summary>
public sealed class WeComFormat : RobotFormat
{
    const string Path = "/cgi-bin/webhook/send", Key = "key";

    public override RobotPlatform Platform => RobotPlatform.WeCom;
    public override string Title => "企业微信";
    public override string Origin => "https://qyapi.weixin.qq.com:443";
    public override string Example => "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…";
    public override string? SecretHint => null;
    public override int PerMinute => 20;
    public override int MostBytes => 4096;

    protected override IReadOnlyDictionary<int, (RobotOutcome, string)> Codes { get; } = new Dictionary<int, (RobotOutcome, string)>
    {
        [-1] = (RobotOutcome.Again, "企业微信繁忙，稍后会再试。"),
        [45009] = (RobotOutcome.Slow, "一分钟里发得太多，被企业微信限流，一分钟后自动再发。"),
        [45033] = (RobotOutcome.Slow, "同时发得太多，被企业微信限流，一分钟后自动再发。"),
        [93000] = (RobotOutcome.Stop, "webhook 地址不对，或者机器人已被移出群。请在群里重新添加机器人，把新地址填到这里。"),
        [93004] = (RobotOutcome.Stop, "机器人在企业微信里被停用。请群主或企业微信管理员启用后，再发一条测试消息。"),
        [93008] = (RobotOutcome.Stop, "机器人已不在群里。请在群里重新添加，把新地址填到这里。"),
        [93017] = (RobotOutcome.Stop, "企业微信不让这个机器人发消息。请企业微信管理员检查机器人的使用范围。"),
        [40008] = (RobotOutcome.Refused, "企业微信不认这种消息，没有发成。"),
        [40058] = (RobotOutcome.Refused, "企业微信说消息的格式不对，没有发成。"),
        [44004] = (RobotOutcome.Refused, "企业微信说消息是空的，没有发成。"),
        [45002] = (RobotOutcome.Refused, "消息超过企业微信允许的长度，没有发成。"),
    };

    public override string? TokenOf(Uri address) => address.AbsolutePath == Path ? OnlyQuery(address, Key) : null;

    public override Uri AddressOf(RobotTarget target, DateTimeOffset at) => new($"{target.Origin}{Path}?{Key}={target.Token}");

    protected override (object, string) Write(RobotCard card, RobotTarget target, DateTimeOffset at)
    {
        var lines = card.Lines.Select(line => "\n> " + (line.Href is null ? RobotLine.Tame(line.Text) : $"[{RobotLine.Tame(line.Text)}]({new Uri(card.Link, line.Href)})"));
        var content = $"**{RobotLine.Tame(card.Title)}**{string.Concat(lines)}\n[{card.LinkText}]({card.Link})";
        return (new { msgtype = "markdown", markdown = new { content } }, content);
    }

    protected override (int? Code, string Said) Find(JsonElement answer) => (Number(answer, "errcode"), Text(answer, "errmsg"));
}
