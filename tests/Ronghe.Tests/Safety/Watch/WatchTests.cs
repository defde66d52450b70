using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Watch;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Watch;

/// <summary>The rota, changes that both agree to, and weeks that end only in good hands.</summary>
public class WatchTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;
    Guid Branch => World.OperationsBranch.Id;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db =>
        {
            foreach (var person in new[] { World.Zhou, World.Chen, World.Wang, World.Zhang })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, Branch, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    Task Do(Person person, Func<WatchActions, Task> act) => app.AsAsync(person, services => act(services.GetRequiredService<WatchActions>()));

    Task<T> Ask<T>(Person person, Func<WatchQueries, Task<T>> ask) => app.AsAsync(person, services => ask(services.GetRequiredService<WatchQueries>()));

    Task<IReadOnlyList<WatchRow>> Rota() => Ask(World.Zhou, queries => queries.RotaAsync(Branch));

    Person PersonOf(Guid id) => World.People.Single(person => person.Id == id);

    [Fact]
    public async Task Turns_are_fair_go_round_absences_and_leave_alone_what_is_arranged()
    {
        var monday = app.Clock.Today().Monday();
        await Do(World.Zhang, actions => actions.BeAwayAsync(monday, monday.AddDays(3)));
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 4));
        var before = await Rota();
        Assert.Equal(4, before.Count);
        Assert.All(before, week => Assert.Equal(2, week.Members.Select(member => member.Id).Distinct().Count()));
        Assert.DoesNotContain(World.Zhang.Id, before[0].Members.Select(member => member.Id));
        Assert.Equal([2, 2, 2, 2], before.SelectMany(week => week.Members).GroupBy(member => member.Id).Select(turns => turns.Count()));
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 6));
        var after = await Rota();
        Assert.Equal(before.Select(week => (week.Id, week.Version)), after.Take(4).Select(week => (week.Id, week.Version)));
        Assert.Equal([3, 3, 3, 3], after.SelectMany(week => week.Members).GroupBy(member => member.Id).Select(turns => turns.Count()));
    }

    [Fact]
    public async Task A_week_that_cannot_be_filled_is_left_open_and_a_branch_without_members_is_refused()
    {
        var monday = app.Clock.Today().Monday();
        foreach (var person in new[] { World.Zhou, World.Chen, World.Wang }) await Do(person, actions => actions.BeAwayAsync(monday, monday.AddDays(6)));
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 2));
        Assert.Equal([monday.AddDays(7)], (await Rota()).Select(week => week.Monday));
        await Assert.ThrowsAsync<Refusal>(() => Do(World.Li, actions => actions.DrawAsync(World.EquipmentBranch.Id, 1)));
    }

    [Fact]
    public async Task Only_who_leads_the_branch_arranges_it()
    {
        foreach (var person in new[] { World.Zhang, World.Chen, World.Li }) await Assert.ThrowsAsync<Forbidden>(() => Do(person, actions => actions.DrawAsync(Branch, 1)));
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 1));
        var week = (await Rota())[0];
        var (gone, other) = (week.Members[0].Id, World.People.First(person => week.Members.All(member => member.Id != person.Id) && new[] { World.Zhou, World.Chen, World.Wang, World.Zhang }.Contains(person)));
        await Assert.ThrowsAsync<Forbidden>(() => Do(World.Li, actions => actions.ReplaceAsync(week.Id, week.Version, gone, other.Id)));
        await Assert.ThrowsAsync<Refusal>(() => Do(World.Zhou, actions => actions.ReplaceAsync(week.Id, week.Version, gone, World.Liu.Id)));
        await Do(World.Zhou, actions => actions.ReplaceAsync(week.Id, week.Version, gone, other.Id));
        await Assert.ThrowsAsync<StaleWrite>(() => Do(World.Zhou, actions => actions.ReplaceAsync(week.Id, week.Version, other.Id, gone)));
        Assert.Contains(other.Id, (await Rota())[0].Members.Select(member => member.Id));
    }

    [Fact]
    public async Task A_swap_holds_once_the_other_agrees_and_changes_both_weeks()
    {
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 2));
        var rota = await Rota();
        var (mine, his) = (PersonOf(rota[0].Members[0].Id), PersonOf(rota[1].Members[0].Id));
        await Do(mine, actions => actions.AskAsync(rota[0].Id, his.Id, rota[1].Id, "夜班"));
        Assert.Equal(rota[0].Members.Select(m => m.Id).Order(), (await Rota())[0].Members.Select(m => m.Id).Order());
        await Assert.ThrowsAsync<Refusal>(() => Do(mine, actions => actions.AskAsync(rota[0].Id, his.Id, null, "")));
        var swap = Assert.Single(await Ask(his, queries => queries.SwapsAsync()));
        await Assert.ThrowsAsync<Forbidden>(() => Do(mine, actions => actions.AgreeAsync(swap.Id, swap.Version)));
        await Do(his, actions => actions.AgreeAsync(swap.Id, swap.Version));
        var changed = await Rota();
        Assert.Contains(his.Id, changed[0].Members.Select(m => m.Id));
        Assert.Contains(mine.Id, changed[1].Members.Select(m => m.Id));
        Assert.DoesNotContain(mine.Id, changed[0].Members.Select(m => m.Id));
        Assert.Empty(await Ask(his, queries => queries.SwapsAsync()));
    }

    [Fact]
    public async Task Of_two_swaps_at_once_one_wins_and_the_other_is_told()
    {
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 2));
        var rota = await Rota();
        var (first, second) = (PersonOf(rota[0].Members[0].Id), PersonOf(rota[0].Members[1].Id));
        var taker = PersonOf(rota[1].Members[0].Id);
        await Do(first, actions => actions.AskAsync(rota[0].Id, taker.Id, null, ""));
        await Do(second, actions => actions.AskAsync(rota[0].Id, taker.Id, null, ""));
        var asked = await Ask(taker, queries => queries.SwapsAsync());
        var answers = await Task.WhenAll(asked.Select(swap => Record.ExceptionAsync(() => Do(taker, actions => actions.AgreeAsync(swap.Id, swap.Version))).AsTask()));
        Assert.Single(answers, answer => answer is null);
        Assert.Single(answers, answer => answer is Refusal);
        Assert.Equal(2, (await Rota())[0].Members.Count);
    }

    [Fact]
    public async Task A_week_closes_only_when_what_it_found_is_in_good_hands()
    {
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 1));
        var week = (await Rota())[0];
        var member = PersonOf(week.Members[0].Id);
        var visitor = await app.SignInAs(member);
        Assert.Equal("Watch", (await visitor.ReadAsync("/findings/report?source=Watch")).QuerySelector("select[name='Form.Source'] option[selected]")?.GetAttribute("value"));
        var id = await app.AsAsync(member, async services =>
        {
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync("护栏松动", World.FeedPump.Id, "", false, FindingSource.Watch, null, false);
            var finding = Guid.CreateVersion7();
            await services.GetRequiredService<FindingActions>().ReportAsync(finding, report, []);
            return finding;
        });
        Assert.Equal((1, 1), (await Rota())[0] is var row ? (row.Found, row.Open) : default);
        Assert.Contains("还没有过完", (await Assert.ThrowsAsync<Refusal>(() => Do(member, actions => actions.CloseAsync(week.Id, week.Version)))).Message);
        app.Clock.Pass(TimeSpan.FromDays(7));
        Assert.Contains("1 条发现没有派发", (await Assert.ThrowsAsync<Refusal>(() => Do(member, actions => actions.CloseAsync(week.Id, week.Version)))).Message);
        await app.AssignAsync(id);
        await Do(member, actions => actions.CloseAsync(week.Id, week.Version));
        Assert.NotNull((await Rota()).Single(row => row.Id == week.Id).ClosedAt);
        await Assert.ThrowsAsync<StaleWrite>(() => Do(member, actions => actions.CloseAsync(week.Id, week.Version)));
    }

    [Fact]
    public async Task The_pages_arrange_ask_and_answer()
    {
        var zhou = await app.SignInAs(World.Zhou);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync($"/watch?branch={Branch}", new { branchId = Branch, weeks = 4 }, handler: "Draw")).StatusCode);
        var rota = await Rota();
        var (asker, asked) = (PersonOf(rota[1].Members[0].Id), PersonOf(rota[2].Members[0].Id));
        var first = await app.SignInAs(asker);
        Assert.Equal(HttpStatusCode.Redirect, (await first.SubmitAsync($"/watch/{rota[1].Id}", new { askedId = asked.Id, inReturnId = rota[2].Id, reason = "夜班" }, handler: "Ask")).StatusCode);
        var second = await app.SignInAs(asked);
        Assert.Contains("请您换班", (await second.ReadAsync("/watch")).QuerySelector("main")!.TextContent);
        var swap = (await Ask(asked, queries => queries.SwapsAsync()))[0];
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync("/watch", new { swap = swap.Id, version = swap.Version }, handler: "Agree")).StatusCode);
        Assert.Contains("换班", (await second.ReadAsync($"/watch/{rota[1].Id}")).QuerySelector("main")!.TextContent);
        var zhang = await app.SignInAs(World.Liu);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.CallAsync(HttpMethod.Post, "/api/v1/watch/drawing", new { branchId = Branch, weeks = 1 })).StatusCode);
    }

    [Fact]
    public async Task Members_are_told_once_that_it_is_their_turn()
    {
        await Do(World.Zhou, actions => actions.DrawAsync(Branch, 1));
        await app.FollowAsync();
        await app.FollowAsync();
        var week = (await Rota())[0];
        var told = await app.InDatabase(db => db.Notices.Where(notice => notice.Kind == "watch.turn").Select(notice => notice.PersonId).ToListAsync());
        Assert.Equal(week.Members.Select(member => member.Id).Where(id => id != World.Zhou.Id).Order(), told.Order());
    }
}
