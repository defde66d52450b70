using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Robots;
using Ronghe.PublicNotices;
using Ronghe.Safety.Watch;
using Ronghe.Tests.Findings;
using Ronghe.Tests.Platform.Robots;

namespace Ronghe.Tests.Organisation.Robots;

/// <summary>Which group hears of what, and that it hears nothing of the content.</summary>
public sealed class RobotNewsTests : IAsyncLifetime
{
    const string Words = "护栏松动快掉下去了";

    readonly RobotsThere there = new();
    Guid own, other;

    TestApp App => there.App;
    World World => there.World;

    public async ValueTask InitializeAsync()
    {
        await there.InitializeAsync();
        await App.InDatabase(async db =>
        {
            foreach (var person in new[] { World.Zhou, World.Chen })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
        await App.AsAsync(World.Zhou, services => services.GetRequiredService<WatchActions>().DrawAsync(World.OperationsBranch.Id, 1));
        own = await there.AddAsync(World.Zhou, World.OperationsBranch.Id, RobotPlatform.WeCom, there.Double.WeCom(new(Guid.CreateVersion7().ToString("N"))), choose: choice => choice with { ShowsPlaces = true, DigestAt = new(16, 0) });
        other = await there.AddAsync(World.Li, World.EquipmentBranch.Id, RobotPlatform.WeCom, there.Double.WeCom(new(Guid.CreateVersion7().ToString("N"))), choose: choice => choice with { DigestAt = new(16, 0) });
    }

    public ValueTask DisposeAsync() => there.DisposeAsync();

    [Fact]
    public async Task The_branch_hears_of_what_its_watch_found_and_of_nothing_else()
    {
        var id = await ReportAsync(World.Chen, FindingSource.Watch);
        await ReportAsync(World.Chen, FindingSource.Spontaneous);
        await ReportAsync(World.Zhang, FindingSource.Watch);
        await App.FollowAsync();
        await App.FollowAsync();
        var message = Assert.Single(await there.MessagesAsync(own));
        Assert.Equal(("watch.found", $"/findings/{id}"), (message.Kind, message.Href));
        Assert.Empty(await there.MessagesAsync(other));
        await there.SendAsync();
        var text = Assert.Single(there.Double.Texts);
        Assert.Contains("A01-01", text);
        foreach (var told in new[] { Words, World.Chen.Name, World.Chen.Number, World.OperationsBranch.Name, World.CoalFeeder.Name }) Assert.DoesNotContain(told, text);
    }

    [Fact]
    public async Task The_digest_tells_the_roster_once_a_week_and_how_many_are_overdue_in_what_the_branch_covers()
    {
        var id = await App.ReportAsync(World.Zhang, Words, World.CoalFeeder.Id);
        await App.AssignAsync(id);
        await App.InDatabase(db => db.Findings.ExecuteUpdateAsync(set => set.SetProperty(f => f.DueOn, App.Clock.Today().AddDays(-3))), asOwner: true);
        there.PassTo(new(16, 1));
        await there.DigestAsync();
        await there.SendAsync();
        Assert.Equal(2, there.Double.Shown.Count);
        Assert.Contains("本周监督台值守已排好", Text(own));
        Assert.DoesNotContain("超期", Text(own));
        Assert.Contains("超期未整改 1 条", Text(other));
        Assert.DoesNotContain("值守", Text(other));
        there.Pass(TimeSpan.FromDays(3));
        await there.DigestAsync();
        await there.SendAsync();
        Assert.Equal(3, there.Double.Shown.Count);
        string Text(Guid robot) => there.Double.Texts.First(text => text.Contains(robot == own ? "/watch/" : "/findings?overdue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_public_notice_is_told_where_everybody_may_read_it()
    {
        var crew = await there.AddAsync(World.Sun, World.ShiftOne.Id, RobotPlatform.WeCom, there.Double.WeCom(new(Guid.CreateVersion7().ToString("N"))));
        var plant = await there.AddAsync(World.Sun, World.Plant.Id, RobotPlatform.WeCom, there.Double.WeCom(new(Guid.CreateVersion7().ToString("N"))));
        var id = Guid.CreateVersion7();
        await App.AsAsync(World.Ma, async services =>
        {
            var actions = services.GetRequiredService<PublicNoticeActions>();
            await actions.DraftAsync(id, new("示范岗名单", "名单如下：陈晓燕", [World.Operations.Id], 5));
            await actions.OpenAsync(id, 1);
        });
        await App.FollowAsync();
        foreach (var told in new[] { own, crew }) Assert.Equal($"/public-notices/{id}", Assert.Single(await there.MessagesAsync(told)).Href);
        foreach (var not in new[] { other, plant }) Assert.Empty(await there.MessagesAsync(not));
        await there.SendAsync();
        Assert.All(there.Double.Texts, text => Assert.DoesNotContain("示范岗名单", text));
    }

    async Task<Guid> ReportAsync(Person person, FindingSource source)
    {
        var id = Guid.CreateVersion7();
        await App.AsAsync(person, async services =>
        {
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync(Words, World.CoalFeeder.Id, "", false, source, null, false);
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, []);
        });
        return id;
    }
}
