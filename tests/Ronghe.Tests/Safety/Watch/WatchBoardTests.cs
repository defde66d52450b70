using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Work;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Watch;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Watch;

/// <summary>What a watch finds: linked to its week, on the board without names, in sight of its finder until he says that it is gone.</summary>
public class WatchBoardTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;
    Guid Branch => World.OperationsBranch.Id;
    WatchRow week = null!;
    Person member = null!, other = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db =>
        {
            foreach (var person in new[] { World.Wang, World.Chen, World.Zhang })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, Branch, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 2));
        week = (await app.AsAsync(World.Zhou, services => services.GetRequiredService<WatchQueries>().RotaAsync(Branch)))[0];
        (member, other) = (PersonOf(week.Members[0].Id), PersonOf(week.Members[1].Id));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task Do(Person person, Func<WatchActions, Task> act) => app.AsAsync(person, services => act(services.GetRequiredService<WatchActions>()));

    Person PersonOf(Guid id) => World.People.Single(person => person.Id == id);

    async Task<Guid> ReportAsync(Person person, string what, DateTimeOffset? foundAt = null, bool withoutName = false)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(person, async services =>
        {
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync(what, World.FeedPump.Id, "", false, FindingSource.Watch, foundAt, withoutName);
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, []);
            // Sent once more after the answer was lost.
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, []);
        });
        return id;
    }

    Task<List<Guid>> WeeksOf(Guid finding) => app.InDatabase(db => db.Links.Where(link => link.FromId == finding && link.ToKind == "watch-week").Select(link => link.ToId).ToListAsync());

    [Fact]
    public async Task A_finding_of_the_watch_leads_to_its_week_and_only_what_was_found_on_watch_does()
    {
        var found = await ReportAsync(member, "护栏松动");
        Assert.Equal([week.Id], await WeeksOf(found));
        Assert.NotNull((await (await app.SignInAs(member)).ReadAsync($"/findings/{found}")).QuerySelector($"main a[href='/watch/{week.Id}']"));
        Assert.Empty(await WeeksOf(await ReportAsync(World.Liu, "不在值守的人报的")));
        Assert.Empty(await WeeksOf(await ReportAsync(member, "上个月看见的", app.Clock.GetUtcNow().AddDays(-30))));
        Assert.Empty(await WeeksOf(await ReportAsync(member, "不署名报的", withoutName: true)));
    }

    [Fact]
    public async Task The_board_says_place_hazard_deadline_and_post_and_never_a_name()
    {
        var found = await ReportAsync(member, "给水泵护栏松动");
        await ReportAsync(World.Liu, "别的支部看见的");
        await app.AssignAsync(found);
        var li = await app.SignInAs(World.Li);
        foreach (var form in new[] { "", "&wall=true", "&paper=true" })
        {
            var board = await li.ReadAsync($"/watch/board?branch={Branch}{form}");
            var text = board.QuerySelector("main")!.TextContent;
            Assert.Contains("给水泵护栏松动", text);
            Assert.Contains(World.FeedPump.Name, text);
            Assert.Contains("锅炉班", text);
            Assert.DoesNotContain("刘洋", text);
            Assert.DoesNotContain("别的支部", text);
            // Who keeps the watch shows himself; who reported and who puts it right do not.
            Assert.Contains(member.Name, board.QuerySelector(".note")!.TextContent);
            Assert.DoesNotContain(member.Name, board.QuerySelector(".board")!.TextContent);
        }
        Assert.Contains("别的支部看见的", (await li.ReadAsync("/watch/board?branch=all")).QuerySelector("main")!.TextContent);
        await app.RectifyAsync(found);
        await app.VerifyAsync(found);
        await app.CloseAsync(found);
        Assert.Contains("天改好的", (await li.ReadAsync($"/watch/board?branch={Branch}")).QuerySelector("main")!.TextContent);
        app.Clock.Pass(TimeSpan.FromDays(WatchBoard.DaysDone + 1));
        Assert.DoesNotContain("给水泵护栏松动", (await (await app.SignInAs(World.Li)).ReadAsync($"/watch/board?branch={Branch}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task The_finder_sees_it_through_also_after_the_week()
    {
        var found = await ReportAsync(member, "护栏松动");
        var visitor = await app.SignInAs(member);
        var mine = await visitor.ReadAsync("/watch/mine");
        Assert.NotNull(mine.QuerySelector("main a.huge[href='/findings/report?source=Watch']"));
        Assert.NotNull(mine.QuerySelector($"main a[href='/findings/{found}']"));
        app.Clock.Pass(TimeSpan.FromDays(20));
        visitor = await app.SignInAs(member);
        mine = await visitor.ReadAsync("/watch/mine");
        Assert.Null(mine.QuerySelector("main a.huge"));
        Assert.Contains("盯住", mine.QuerySelector("main")!.TextContent);
        Assert.NotNull(mine.QuerySelector($"main a[href='/findings/{found}']"));
        await app.AssignAsync(found);
        await app.RectifyAsync(found);
        await app.VerifyAsync(found);
        await app.CloseAsync(found);
        Assert.Contains("确认改好没有", (await visitor.ReadAsync("/watch/mine")).QuerySelector("main")!.TextContent);
        Assert.DoesNotContain("护栏松动", (await (await app.SignInAs(other)).ReadAsync("/watch/mine")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_week_over_waits_in_my_work_once_everything_is_in_good_hands_and_a_question_until_it_is_answered()
    {
        Task<IReadOnlyList<WaitingLine>> Work(Person person) => app.AsAsync(person, services => services.GetRequiredService<Waiting>().ListAsync());
        async Task<bool> CanClose() => (await Work(member)).Any(line => line.Title.StartsWith("办结值守", StringComparison.Ordinal));
        var found = await ReportAsync(member, "护栏松动");
        var taker = World.People.First(person => person != member && person != other && new[] { World.Wang, World.Chen, World.Zhang }.Contains(person));
        await Do(member, actions => actions.AskAsync(week.Id, taker.Id, null, ""));
        Assert.Contains(await Work(taker), line => line.Title.StartsWith("答复换班", StringComparison.Ordinal));
        var swap = (await app.AsAsync(taker, services => services.GetRequiredService<WatchQueries>().SwapsAsync()))[0];
        await Do(taker, actions => actions.DeclineAsync(swap.Id, swap.Version));
        Assert.DoesNotContain(await Work(taker), line => line.Title.StartsWith("答复换班", StringComparison.Ordinal));
        app.Clock.Pass(TimeSpan.FromDays(7));
        Assert.False(await CanClose());
        await app.AssignAsync(found);
        Assert.True(await CanClose());
        await Do(member, async actions => await actions.CloseAsync(week.Id, (await app.AsAsync(member, services => services.GetRequiredService<WatchQueries>().FindAsync(week.Id))).Week.Version));
        Assert.False(await CanClose());
    }

    [Fact]
    public async Task Days_away_that_overlap_are_refused_and_an_arranged_week_is_named()
    {
        var visitor = await app.SignInAs(member);
        var noted = await visitor.SubmitAsync("/watch", new { from = week.Monday.ToString("yyyy-MM-dd"), to = week.Monday.AddDays(2).ToString("yyyy-MM-dd") }, "Away", "aside form:has([name=from])");
        Assert.Equal(HttpStatusCode.Redirect, noted.StatusCode);
        Assert.Contains("已经排了您，不会自动改", (await visitor.ReadAsync("/watch")).Body!.TextContent);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Do(member, actions => actions.BeAwayAsync(week.Monday.AddDays(2), week.Monday.AddDays(9))));
        Assert.Contains("有重叠", refusal.Message);
        await Do(member, actions => actions.BeAwayAsync(week.Monday.AddDays(3), week.Monday.AddDays(4)));
    }

    [Fact]
    public async Task Nobody_who_is_away_or_has_left_takes_a_week_over()
    {
        var taker = World.People.First(person => person != member && person != other && new[] { World.Wang, World.Chen, World.Zhang }.Contains(person));
        await Do(taker, actions => actions.BeAwayAsync(week.Monday, week.Monday.AddDays(6)));
        Assert.Contains("不在岗", (await Assert.ThrowsAsync<Refusal>(() => Do(member, actions => actions.AskAsync(week.Id, taker.Id, null, "")))).Message);
        Assert.Contains("不在岗", (await Assert.ThrowsAsync<Refusal>(() => Do(World.Zhou, actions => actions.ReplaceAsync(week.Id, week.Version, member.Id, taker.Id)))).Message);
        var away = (await app.AsAsync(taker, services => services.GetRequiredService<WatchQueries>().AwayAsync()))[0];
        await Do(taker, actions => actions.ReturnAsync(away.Id));
        await Do(member, actions => actions.AskAsync(week.Id, taker.Id, null, ""));
        var swap = (await app.AsAsync(taker, services => services.GetRequiredService<WatchQueries>().SwapsAsync()))[0];
        await app.InDatabase(async db =>
        {
            (await db.People.SingleAsync(person => person.Id == taker.Id)).Leave(app.Clock.Today());
            (await db.People.SingleAsync(person => person.Id == other.Id)).Leave(app.Clock.Today());
            return await db.SaveChangesAsync();
        });
        var zhou = await app.SignInAs(World.Zhou);
        Assert.Contains($"{other.Name}（已离岗）", (await zhou.ReadAsync($"/watch?branch={Branch}")).QuerySelector("main")!.TextContent);
        Assert.Equal(SwapStatus.Asked, await app.InDatabase(db => db.WatchSwaps.Where(one => one.Id == swap.Id).Select(one => one.Status).SingleAsync()));
    }
}
