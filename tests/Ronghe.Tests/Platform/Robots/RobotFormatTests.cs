using System.Text;
using System.Text.Json;
using Ronghe.Platform;
using Ronghe.Platform.Outgoing;
using Ronghe.Platform.Robots;

namespace Ronghe.Tests.Platform.Robots;

/// <summary>Addresses, signatures, bodies and answers of the three platforms.</summary>
public class RobotFormatTests
{
    const string Token = "0123456789abcdef0123456789abcdef";
    static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_795_137_120);
    static readonly AllowedOrigins Known = new(RobotFormats.All.Select(format => KeyValuePair.Create(format.Origin, (System.Net.IPNetwork?)null)));
    static readonly RobotCard Card = new("融合 · 公示", [new("有 1 份新的公示")], "登录平台查看", new("https://ronghe.example/public-notices/1"));

    /// <summary>Worked out with openssl: key and message change places between the two platforms.</summary>
    [Fact]
    public void The_two_platforms_sign_the_other_way_round()
    {
        var ding = RobotFormats.Of(RobotPlatform.DingTalk).AddressOf(new("https://oapi.dingtalk.com:443", Token, "SECtest"), At);
        Assert.Equal("?access_token=0123456789abcdef0123456789abcdef&timestamp=1795137120000&sign=2pfJzcHBLX5hlmiX57WJngXtVtUpaVbjqToyAzlnTSk%3D", ding.Query);
        using var feishu = JsonDocument.Parse(RobotFormats.Of(RobotPlatform.Feishu).BodyOf(Card, new("https://open.feishu.cn:443", Token, "SECtest"), At));
        Assert.Equal("1795137120", feishu.RootElement.GetProperty("timestamp").GetString());
        Assert.Equal("ZnhivsD3PbBxF0QH4n34AFKgrjsxvMxBG+bd95KKNNs=", feishu.RootElement.GetProperty("sign").GetString());
    }

    [Theory]
    [InlineData(RobotPlatform.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa")]
    [InlineData(RobotPlatform.DingTalk, " https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef\n")]
    [InlineData(RobotPlatform.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/f19c3a2e-1111-2222-3333-444455556666")]
    public void An_address_as_the_platform_shows_it_is_taken(RobotPlatform platform, string typed)
    {
        var address = RobotAddress.Parse(platform, typed, null, Known);
        Assert.Equal(RobotFormats.Of(platform).Origin, address.Target.Origin);
        Assert.Equal(typed.Trim(), RobotFormats.Of(platform).AddressOf(address.Target, At).ToString());
        Assert.DoesNotContain(address.Target.Token, address.Hint);
        Assert.DoesNotContain(address.Target.Token, address.Target.ToString());
    }

    [Theory]
    [InlineData(RobotPlatform.WeCom, "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "http://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com:8443/robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "https://a@oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef&x=1")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef&access_token=0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=0123456789abc%0d%0adef")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=short")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/other?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcdef/../../../auth")]
    [InlineData(RobotPlatform.Feishu, "https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/0123456789abcdef")]
    [InlineData(RobotPlatform.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcdef#x")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/%2e%2e/robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.DingTalk, "https://oapi.dingtalk.com/./robot/send?access_token=0123456789abcdef0123456789abcdef")]
    [InlineData(RobotPlatform.Feishu, "")]
    [InlineData(RobotPlatform.Feishu, "open.feishu.cn")]
    public void Any_other_address_is_refused_in_words_that_do_not_repeat_it(RobotPlatform platform, string typed)
    {
        var refusal = Assert.Throws<Refusal>(() => RobotAddress.Parse(platform, typed, null, Known));
        Assert.Equal("Address", refusal.Field);
        Assert.DoesNotContain("0123456789abcdef", refusal.Message);
    }

    [Fact]
    public void A_platform_without_signatures_takes_no_secret() =>
        Assert.Equal("Secret", Assert.Throws<Refusal>(() => RobotAddress.Parse(RobotPlatform.WeCom, $"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={Token}", "SECtest", Known)).Field);

    [Theory, InlineData(RobotPlatform.WeCom, 4096), InlineData(RobotPlatform.DingTalk, 20_000), InlineData(RobotPlatform.Feishu, 20_480)]
    public void However_much_there_is_to_say_the_platform_takes_it(RobotPlatform platform, int most)
    {
        var body = RobotFormats.Of(platform).BodyOf(Card with { Lines = [.. Enumerable.Repeat(new RobotLine(new string('长', 100), "/findings"), 200)] }, new("https://x.example:443", Token, null), At);
        using var json = JsonDocument.Parse(body);
        var counted = platform == RobotPlatform.WeCom ? json.RootElement.GetProperty("markdown").GetProperty("content").GetString()! : body;
        Assert.InRange(Encoding.UTF8.GetByteCount(counted), most / 2, most);
        Assert.Contains("请登录查看", counted);
    }

    [Theory, InlineData(RobotPlatform.WeCom), InlineData(RobotPlatform.DingTalk), InlineData(RobotPlatform.Feishu)]
    public void Words_call_nobody_and_lead_nowhere_whatever_stands_in_them(RobotPlatform platform)
    {
        var body = RobotFormats.Of(platform).BodyOf(Card with { Lines = [new("<@all><at id=all></at>[点我](https://evil.example)\n# <script>alert(1)</script>\u202e`x`")] }, new("https://x.example:443", Token, null), At);
        using var json = JsonDocument.Parse(body);
        foreach (var mark in new[] { "<@", "<at", "](https://evil", "\n# ", "<script", "\u202e" }) Assert.DoesNotContain(mark, json.RootElement.ToString().Replace("\\n", "\n"), StringComparison.Ordinal);
        Assert.Contains("＜script＞", body);
    }

    [Theory]
    [InlineData(RobotPlatform.WeCom, 200, """{"errcode":0,"errmsg":"ok"}""", RobotOutcome.Taken, 0)]
    [InlineData(RobotPlatform.WeCom, 200, """{"errcode":45009,"errmsg":"api freq out of limit"}""", RobotOutcome.Slow, 45009)]
    [InlineData(RobotPlatform.WeCom, 200, """{"errcode":93000,"errmsg":"invalid webhook url"}""", RobotOutcome.Stop, 93000)]
    [InlineData(RobotPlatform.WeCom, 200, """{"errcode":-1,"errmsg":"system busy"}""", RobotOutcome.Again, -1)]
    [InlineData(RobotPlatform.DingTalk, 200, """{"errcode":310000,"errmsg":"sign not match"}""", RobotOutcome.Stop, 310000)]
    [InlineData(RobotPlatform.DingTalk, 200, """{"errcode":130101,"errmsg":"send too fast"}""", RobotOutcome.Slow, 130101)]
    [InlineData(RobotPlatform.DingTalk, 200, """{"errcode":430102,"errmsg":"inappropriate"}""", RobotOutcome.Refused, 430102)]
    [InlineData(RobotPlatform.DingTalk, 200, """{"errcode":999999,"errmsg":"new"}""", RobotOutcome.Again, 999999)]
    [InlineData(RobotPlatform.Feishu, 200, """{"StatusCode":0,"StatusMessage":"success"}""", RobotOutcome.Taken, 0)]
    [InlineData(RobotPlatform.Feishu, 400, """{"code":19021,"msg":"sign match fail"}""", RobotOutcome.Stop, 19021)]
    [InlineData(RobotPlatform.Feishu, 400, """{"code":19024,"msg":"Key Words Not Found"}""", RobotOutcome.Stop, 19024)]
    [InlineData(RobotPlatform.Feishu, 400, """{"code":11232,"msg":"frequency limited"}""", RobotOutcome.Slow, 11232)]
    [InlineData(RobotPlatform.Feishu, 400, """{"code":9499,"msg":"Bad Request"}""", RobotOutcome.Refused, 9499)]
    [InlineData(RobotPlatform.Feishu, 400, """{"code":9499,"msg":"too many request"}""", RobotOutcome.Slow, 9499)]
    [InlineData(RobotPlatform.Feishu, 502, "<html>", RobotOutcome.Again, 502)]
    [InlineData(RobotPlatform.Feishu, 302, "", RobotOutcome.Stop, 302)]
    [InlineData(RobotPlatform.Feishu, 404, "nothing", RobotOutcome.Stop, 404)]
    [InlineData(RobotPlatform.Feishu, 200, "[]", RobotOutcome.Again, 200)]
    public void What_a_platform_answers_says_what_comes_next(RobotPlatform platform, int status, string text, RobotOutcome outcome, int code)
    {
        var answer = RobotFormats.Of(platform).Read(status, text, new("https://x.example:443", Token, "SECtest"));
        Assert.Equal((outcome, code), (answer.Outcome, answer.Code!.Value));
        Assert.Contains(answer.Words, letter => letter is >= '一' and <= '龥');
    }

    [Fact]
    public void What_a_gateway_sends_back_of_the_secrets_is_not_kept()
    {
        var answer = RobotFormats.Of(RobotPlatform.DingTalk).Read(200, $$"""{"errcode":310000,"errmsg":"{{Token.ToUpperInvariant()}} and SECtest {{new string('x', 900)}}"}""", new("https://x.example:443", Token, "SECtest"));
        Assert.DoesNotContain(Token, answer.Full, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SECtest", answer.Full);
        Assert.True(answer.Full.Length < 500);
    }

    [Fact]
    public void Each_fault_is_met_with_a_longer_pause_until_the_last()
    {
        var message = RobotMessage.Due(Guid.CreateVersion7(), "k", "watch.found", "/", At, At);
        var at = At;
        for (var fault = 1; fault < RobotMessage.MostFaults; fault++)
        {
            message.Take(at.AddMinutes(2));
            message.Hear(new(RobotOutcome.Again, 502, "暂时出错"), TimeSpan.Zero, at);
            Assert.Equal(RobotMessageState.Waiting, message.State);
            Assert.Equal(RobotMessage.Pause(fault), message.NextTryAt - at);
            at = message.NextTryAt;
        }
        message.Hear(new(RobotOutcome.Again, 502, "暂时出错"), TimeSpan.Zero, at);
        Assert.Equal(RobotMessageState.Failed, message.State);
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)), (RobotMessage.Pause(1), RobotMessage.Pause(2), RobotMessage.Pause(99)));
        message.SendAgain(at);
        Assert.Equal((RobotMessageState.Waiting, at), (message.State, message.NextTryAt));
        message.Hear(new(RobotOutcome.Taken, 0, "已收下"), TimeSpan.Zero, at);
        Assert.Throws<Refusal>(() => message.SendAgain(at));
    }

    [Fact]
    public void Calls_are_counted_over_any_minute_and_any_second()
    {
        var pace = new RobotPace { AddressHash = [1] };
        var ding = RobotFormats.Of(RobotPlatform.DingTalk);
        for (var i = 0; i < 20; i++) Assert.True(pace.Reserve(ding, At.AddSeconds(i)));
        Assert.False(pace.Reserve(ding, At.AddSeconds(59.9)));
        Assert.InRange(pace.FreeAt!.Value, At.AddSeconds(60), At.AddSeconds(65));
        Assert.True(pace.Reserve(ding, pace.FreeAt.Value));
        Assert.False(pace.Reserve(ding, At.AddSeconds(62.5)));
        var feishu = new RobotPace { AddressHash = [2] };
        Assert.Equal(5, Enumerable.Range(0, 9).Count(i => feishu.Reserve(RobotFormats.Of(RobotPlatform.Feishu), At.AddMilliseconds(i * 100))));
        feishu.Rest(At.AddMinutes(1));
        Assert.False(feishu.Reserve(RobotFormats.Of(RobotPlatform.Feishu), At.AddSeconds(30)));
    }
}
