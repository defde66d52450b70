using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Robots;
using Ronghe.Platform;
using Ronghe.Platform.Robots;

namespace Ronghe.Tests.Platform.Robots;

/// <summary>What is due comes to stand in the group once, within the platform's limits, and what cannot is told to whoever arranged the robot.</summary>
public sealed class RobotSendingTests : IAsyncLifetime
{
    readonly RobotsThere there = new();

    RobotDouble Double => there.Double;
    World World => there.World;
    Guid Branch => World.OperationsBranch.Id;

    public ValueTask InitializeAsync() => there.InitializeAsync();
    public ValueTask DisposeAsync() => there.DisposeAsync();

    static RobotSettingsThere There(string? secret = null, string? keyWord = null) => new(Guid.CreateVersion7().ToString("N"), secret, keyWord);

    Task<Guid> DingAsync(RobotSettingsThere robot, string? secret, Func<RobotChoice, RobotChoice>? choose = null) => there.AddAsync(World.Zhou, Branch, RobotPlatform.DingTalk, Double.DingTalk(robot), secret, choose);

    [Fact]
    public async Task Each_platform_takes_its_own_signature_body_and_key_word()
    {
        var (wecom, ding, feishu) = (There(), There("SECding", "融合"), There("feishu-secret", "融合"));
        Guid[] robots =
        [
            await there.AddAsync(World.Zhou, Branch, RobotPlatform.WeCom, Double.WeCom(wecom)), await DingAsync(ding, "SECding"),
            await there.AddAsync(World.Zhou, Branch, RobotPlatform.Feishu, Double.Feishu(feishu), "feishu-secret"),
        ];
        foreach (var robot in robots) Assert.Equal(RobotOutcome.Taken, (await there.TestAsync(World.Zhou, robot)).Outcome);
        await there.TellAsync(Branch, 1);
        Assert.Equal(3, await there.SendAsync());
        Assert.Equal(6, Double.Shown.Count);
        Assert.Empty(Double.Refused);
        Assert.All(Double.Texts.Skip(3), text =>
        {
            Assert.Contains("https://ronghe.example/findings/1", text);
            Assert.Contains("监督台新发现 1 条", text);
            Assert.DoesNotContain("A00", text);
        });
        Assert.Equal(0, await there.SendAsync());
    }

    [Fact]
    public async Task A_wrong_secret_stops_the_robot_tells_its_owner_and_a_right_one_sends_what_waited()
    {
        var settings = There("SECright");
        var robot = await DingAsync(settings, "SECwrong");
        await there.TellAsync(Branch, 2);
        Assert.Equal(0, await there.SendAsync());
        Assert.Equal([310000], Double.Refused);
        Assert.Contains("加签", (await there.ConditionAsync(robot)).StoppedWhy);
        Assert.All(await there.MessagesAsync(robot), message => Assert.Equal(RobotMessageState.Waiting, message.State));
        var told = await there.App.InDatabase(db => db.Notices.SingleAsync(notice => notice.Kind == "robot.stopped"));
        Assert.Equal(World.Zhou.Id, told.PersonId);
        there.Pass(TimeSpan.FromMinutes(5));
        await there.SendAsync();
        Assert.Single(Double.Refused);
        Assert.Equal(310000, (await there.TestAsync(World.Zhou, robot)).Code);
        await there.App.AsAsync(World.Zhou, services => services.GetRequiredService<RobotActions>().ReaddressAsync(robot, 1, new(RobotPlatform.DingTalk, Double.DingTalk(settings), "SECright")));
        Assert.Equal(2, await there.SendAsync());
        Assert.Null((await there.ConditionAsync(robot)).StoppedAt);
    }

    [Theory, InlineData(RobotPlatform.WeCom, 20), InlineData(RobotPlatform.DingTalk, 20), InlineData(RobotPlatform.Feishu, 100)]
    public async Task More_than_a_platform_takes_waits_and_goes_out_later_without_ever_being_refused(RobotPlatform platform, int perMinute)
    {
        var settings = There();
        var address = platform switch { RobotPlatform.WeCom => Double.WeCom(settings), RobotPlatform.DingTalk => Double.DingTalk(settings), _ => Double.Feishu(settings) };
        await there.AddAsync(World.Zhou, Branch, platform, address);
        var count = perMinute + 15;
        await there.TellAsync(Branch, count);
        for (var look = 0; look < 200 && Double.Shown.Count < count; look++)
        {
            await there.SendAsync();
            there.Pass(TimeSpan.FromSeconds(look == 0 ? 0.5 : 1.1));
        }
        Assert.Equal(count, Double.Shown.Count);
        Assert.Empty(Double.Refused);
    }

    [Fact]
    public async Task Two_nodes_at_once_send_each_message_once_and_keep_the_limit_together()
    {
        var settings = There();
        var robot = await DingAsync(settings, null);
        await using var beside = await there.App.StartBesideAsync(there.Adjust);
        await there.TellAsync(Branch, 30);
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => there.SendAsync(i % 2 == 0 ? null : beside.Services))));
        Assert.Equal(20, sent.Sum());
        there.Pass(TimeSpan.FromSeconds(63));
        sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => there.SendAsync(i % 2 == 0 ? null : beside.Services))));
        Assert.Equal(10, sent.Sum());
        Assert.Equal(30, Double.Shown.Count);
        Assert.Empty(Double.Refused);
        Assert.All(await there.MessagesAsync(robot), message => Assert.Equal((RobotMessageState.Sent, 1), (message.State, message.Tries)));
    }

    [Fact]
    public async Task Two_robots_of_the_same_address_share_its_limit()
    {
        var settings = There();
        await DingAsync(settings, null);
        await there.AddAsync(World.Li, World.EquipmentBranch.Id, RobotPlatform.DingTalk, Double.DingTalk(settings));
        await there.TellAsync(Branch, 15);
        await there.TellAsync(World.EquipmentBranch.Id, 15);
        Assert.Equal(20, await there.SendAsync());
        Assert.Empty(Double.Refused);
    }

    [Fact]
    public async Task When_the_platform_still_says_too_many_it_is_left_alone_for_its_time()
    {
        var robot = await DingAsync(There(), null);
        Double.Always(1, http => http.Response.WriteAsync("""{"errcode":130101,"errmsg":"send too fast"}"""));
        await there.TellAsync(Branch, 3);
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromMinutes(9));
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(3, await there.SendAsync());
        Assert.Equal(0, (await there.MessagesAsync(robot)).Max(message => message.Faults));
    }

    [Fact]
    public async Task A_passing_fault_is_met_with_another_try_and_the_last_one_is_told()
    {
        var robot = await DingAsync(There(), null);
        await there.TellAsync(Branch, 1);
        Double.Fail(1, 502);
        Double.HangUp(1);
        Assert.Equal(0, await there.SendAsync());
        var first = Assert.Single(await there.MessagesAsync(robot));
        Assert.Equal((RobotMessageState.Waiting, 502, 1), (first.State, first.AnswerCode, first.Faults));
        there.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(0, await there.SendAsync());
        Assert.Equal(2, (await there.MessagesAsync(robot))[0].Faults);
        there.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(0, await there.SendAsync());
        Assert.Equal(2, (await there.MessagesAsync(robot))[0].Tries);
        there.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(1, await there.SendAsync());

        await there.TellAsync(Branch, 1, "never");
        Double.Fail(RobotMessage.MostFaults, 500);
        for (var i = 0; i < RobotMessage.MostFaults; i++)
        {
            await there.SendAsync();
            there.Pass(TimeSpan.FromHours(1));
        }
        var failed = (await there.MessagesAsync(robot))[1];
        Assert.Equal(RobotMessageState.Failed, failed.State);
        Assert.Equal(1, await there.App.InDatabase(db => db.Notices.CountAsync(notice => notice.Kind == "robot.stopped" && notice.PersonId == World.Zhou.Id)));
        await there.App.AsAsync(World.Zhou, services => services.GetRequiredService<RobotActions>().SendAgainAsync(robot, failed.Id));
        Assert.Equal(1, await there.SendAsync());
    }

    [Fact]
    public async Task A_robot_that_is_gone_is_not_called_again()
    {
        var settings = There();
        var robot = await DingAsync(settings, null);
        Double.Robots.Clear();
        await there.TellAsync(Branch, 3);
        await there.SendAsync();
        Assert.Equal([300001], Double.Refused);
        there.Pass(TimeSpan.FromHours(2));
        await there.SendAsync();
        Assert.Single(Double.Refused);
        Assert.NotNull((await there.ConditionAsync(robot)).StoppedAt);
        Double.Robots[settings.Token] = settings;
        Assert.Equal(RobotOutcome.Taken, (await there.TestAsync(World.Zhou, robot)).Outcome);
        Assert.Equal(3, await there.SendAsync());
    }

    [Fact]
    public async Task A_node_that_died_in_the_midst_loses_nothing()
    {
        var robot = await DingAsync(There(), null);
        await there.TellAsync(Branch, 1);
        await there.App.InDatabase(db => db.RobotMessages.ExecuteUpdateAsync(set => set.SetProperty(message => message.TakenUntil, there.App.Clock.GetUtcNow().AddMinutes(2))));
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await there.SendAsync());
        Assert.Equal(RobotMessageState.Sent, Assert.Single(await there.MessagesAsync(robot)).State);
    }

    [Fact]
    public async Task Nights_are_quiet_and_what_is_older_than_a_day_is_no_news()
    {
        var robot = await DingAsync(There(), null);
        there.PassTo(new(23, 0));
        await there.TellAsync(Branch, 1, "night");
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromHours(7.5));
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, await there.SendAsync());

        await there.TellAsync(Branch, 1, "old");
        there.Pass(TimeSpan.FromHours(25));
        Assert.Equal(0, await there.SendAsync());
        await using var scope = there.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RobotOutbox>().TidyAsync();
        Assert.Equal(RobotMessageState.Expired, (await there.MessagesAsync(robot))[1].State);
    }

    [Fact]
    public async Task What_is_gathered_is_told_once_with_the_digest_of_the_next_workday()
    {
        var robot = await DingAsync(There(), null, choice => choice with { IsGathered = true, ShowsPlaces = true, DigestAt = new(16, 30) });
        await there.TellAsync(Branch, 3);
        await there.TellAsync(Branch, 3);
        Assert.Equal(0, await there.SendAsync());
        await there.DigestAsync();
        Assert.Equal(0, await there.SendAsync());
        there.PassTo(new(16, 31));
        await there.DigestAsync();
        await there.DigestAsync();
        Assert.Equal(1, await there.SendAsync());
        Assert.Contains("监督台新发现 3 条（地点编号 A00、A01、A02）", Assert.Single(Double.Texts));
        Assert.Equal(3, (await there.MessagesAsync(robot)).Count(message => message.State == RobotMessageState.Merged));

        await there.TellAsync(Branch, 1, "weekend");
        there.Pass(TimeSpan.FromDays(1));
        await there.DigestAsync();
        Assert.Equal(0, await there.SendAsync());
        there.Pass(TimeSpan.FromDays(2));
        await there.DigestAsync();
        Assert.Equal(1, await there.SendAsync());
    }

    [Fact]
    public async Task What_nobody_asked_for_is_not_written_and_a_test_does_not_break_the_limit()
    {
        var off = await DingAsync(There(), null, choice => choice with { IsOn = false });
        var other = await DingAsync(There(), null, choice => choice with { Kinds = ["public-notice.opened"] });
        await there.TellAsync(Branch, 2);
        Assert.Empty(await there.MessagesAsync(off));
        Assert.Empty(await there.MessagesAsync(other));
        for (var i = 0; i < 20; i++) await there.TestAsync(World.Zhou, off);
        Assert.Contains("秒后再试", (await Assert.ThrowsAsync<Refusal>(() => there.TestAsync(World.Zhou, off))).Message);
        Assert.Empty(Double.Refused);
    }
}
