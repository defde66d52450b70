using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Violations;
using Ronghe.Safety.Zones;

namespace Ronghe.Tests.Safety.Violations;

/// <summary>党员身边无违章: how many violations there were where members work and in the zones that they lead, and never whose.</summary>
public class ViolationsNearbyTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db =>
        {
            await ViolationKindPack.LoadAsync(db, Program.ContentFolder);
            foreach (var person in new[] { World.Wang, World.Zhang })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            for (var n = 0; n < 4; n++) db.People.Add(new Person(World.Company.Id, $"09{n:00}", $"值班员{n}", World.ShiftOne.Id));
            return await db.SaveChangesAsync();
        });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<Guid> ConfirmedAsync(Person whose, Guid? place, bool confirm = true)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(World.Sun, async services =>
        {
            var actions = services.GetRequiredService<ViolationActions>();
            await actions.NoteAsync(id, new("VK-ZY-02", Guid.Empty, whose.Id, "", place, place is null ? "8 米层" : "", app.Clock.Today(), "票面之外拆了阀门"), []);
            await actions.HearAsync(id, 1, "无异议");
        });
        if (confirm) await app.AsAsync(World.Zhao, services => services.GetRequiredService<ViolationActions>().ConfirmAsync(id, 2, ""));
        return id;
    }

    Task<NearbyView> SeenBy(Person person) => app.AsAsync(person, services =>
        services.GetRequiredService<ViolationsNearby>().OfAsync(World.OperationsBranch.Id, NearbyPeriod.Of("quarter", app.Clock.Today())));

    [Fact]
    public async Task Counts_stand_by_crew_and_zone_and_only_what_was_agreed_counts()
    {
        var zone = Guid.CreateVersion7();
        await app.AsAsync(World.Sun, async services =>
        {
            var zones = services.GetRequiredService<ZoneActions>();
            await zones.CreateAsync(zone, new("汽机责任区", World.Operations.Id, null, [], "每周 1 次", Outline.None, [World.TurbineHall.Id]));
            await zones.AppointAsync(zone, 1, World.Zhang.Id, ZoneRole.Lead, app.Clock.Today(), null);
        });
        var at = await ConfirmedAsync(World.Chen, World.FeedPump.Id);
        await ConfirmedAsync(World.Chen, null);
        await ConfirmedAsync(World.Chen, World.FeedPump.Id, confirm: false);
        await ConfirmedAsync(World.Liu, World.CoalFeeder.Id);
        var seen = await SeenBy(World.Sun);
        Assert.Equal([("运行一值", 2), ("运行二值", 0)], seen.Crews.Select(row => (row.Name, row.Count!.Value)));
        Assert.Equal(("汽机责任区", 1, 0), seen.Zones.Select(row => (row.Name, row.Count!.Value, row.Before!.Value)).Single());
        Assert.Equal((2, 0), (seen.Total, seen.Silenced));
        Assert.Equal("太少，看不出升降", seen.Crews[0].Trend);
        // The place said in which zone it was; the record shows that.
        Assert.Contains("汽机责任区", (await (await app.SignInAs(World.Sun)).ReadAsync($"/violations/{at}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_crew_so_small_that_a_number_points_at_somebody_is_not_shown_to_who_may_not_read_names()
    {
        await ConfirmedAsync(World.Zhang, null);
        await ConfirmedAsync(World.Chen, null);
        var seen = await SeenBy(World.Qian);
        Assert.Equal([("运行一值", (int?)1), ("运行二值", null)], seen.Crews.Select(row => (row.Name, row.Count)));
        // From the total it would follow.
        Assert.Equal((1, 1), (seen.Total, seen.Silenced));
        var page = (await (await app.SignInAs(World.Qian)).ReadAsync($"/violations/nearby?branch={World.OperationsBranch.Id}")).QuerySelector("main")!.TextContent;
        Assert.Contains("不单列", page);
        Assert.DoesNotContain("陈晓燕", page);
        Assert.Equal(1, (await SeenBy(World.Zhou)).Crews[1].Count);
    }

    [Fact]
    public async Task Another_branch_and_its_members_do_not_see_it()
    {
        await Assert.ThrowsAsync<Ronghe.Platform.NotFound>(() => SeenBy(World.Liu));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.ProgramOf(World.Liu)).GetAsync($"/api/v1/violations/nearby?branch={World.OperationsBranch.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await app.ProgramOf(World.Zhang)).GetAsync($"/api/v1/violations/nearby?branch={World.OperationsBranch.Id}&span=year")).StatusCode);
    }

    [Theory]
    [InlineData("month", "2026-11-01", "2026-11-30", "2026-10-02"), InlineData("quarter", "2026-10-01", "2026-12-31", "2026-07-01"), InlineData("year", "2026-01-01", "2026-12-31", "2025-01-01"), InlineData("x", "2026-10-01", "2026-12-31", "2026-07-01")]
    public void A_period_is_compared_with_as_many_days_before_it(string span, string first, string last, string before)
    {
        var period = NearbyPeriod.Of(span, new(2026, 11, 20));
        Assert.Equal((DateOnly.Parse(first), DateOnly.Parse(last), DateOnly.Parse(before)), (period.First, period.Last, period.Before));
    }

    [Theory]
    [InlineData(0, 0, "都没有"), InlineData(1, 4, "太少，看不出升降"), InlineData(6, 9, "升降在偶然范围内"), InlineData(2, 20, "比上期少"), InlineData(30, 5, "比上期多")]
    public void A_rise_or_fall_is_said_only_where_it_is_more_than_chance(int now, int before, string said) =>
        Assert.Equal(said, new NearbyRow(null, null, "", [], null, now, before).Trend);
}
