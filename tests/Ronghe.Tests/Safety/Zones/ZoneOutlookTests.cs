using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Zones;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Zones;

/// <summary>Who leads a zone sees what is found in it, whichever unit reported it, and may do no more with it than before.</summary>
public class ZoneOutlookTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;
    readonly Guid zone = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await Do(actions => actions.CreateAsync(zone, new("汽机房责任区", World.Operations.Id, null, [], "", Outline.None, [World.TurbineHall.Id])));
        await Do(actions => actions.AppointAsync(zone, 1, World.He.Id, ZoneRole.Lead, app.Clock.Today(), null));
        await Do(actions => actions.AppointAsync(zone, 2, World.Liu.Id, ZoneRole.Deputy, app.Clock.Today(), null));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task Do(Func<ZoneActions, Task> act) => app.AsAsync(World.Sun, services => act(services.GetRequiredService<ZoneActions>()));

    async Task<HttpStatusCode> SeesAsync(Person person, Guid finding) => (await (await app.ProgramOf(person)).CallAsync(HttpMethod.Get, $"/api/v1/findings/{finding}")).StatusCode;

    Task<string[]> ListedAsync(Person person) => app.AsAsync(person, async services => (await services.GetRequiredService<ZoneQueries>().DetailAsync(zone)).Findings.Rows.Select(row => row.Description).ToArray());

    [Fact]
    public async Task Lead_and_deputy_see_what_another_unit_reported_in_their_zone()
    {
        var finding = await app.ReportAsync(World.Zhang, "给水泵护罩松动", World.FeedPump.Id);
        foreach (var person in (Person[])[World.He, World.Liu])
        {
            Assert.Equal(HttpStatusCode.OK, await SeesAsync(person, finding));
            Assert.Equal(["给水泵护罩松动"], await ListedAsync(person));
        }
        Assert.Contains("给水泵护罩松动", (await (await app.SignInAs(World.He)).ReadAsync($"/findings/{finding}")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(World.Li, finding));
        Assert.Empty(await ListedAsync(World.Li));
    }

    [Fact]
    public async Task They_page_through_all_of_it()
    {
        foreach (var n in Enumerable.Range(1, 23)) await app.ReportAsync(World.Zhang, $"第 {n} 处油污", World.FeedPump.Id);
        var he = await app.SignInAs(World.He);
        var first = await he.ReadAsync($"/zones/{zone}");
        var next = await he.ReadAsync(first.QuerySelector(".pager a[href*='after=']")!.GetAttribute("href")!);
        string[] Rows(IParentNode page) => [.. page.QuerySelectorAll("tbody .t").Select(row => row.TextContent.Trim())];
        Assert.Equal(Enumerable.Range(1, 23).Select(n => $"第 {n} 处油污").Order(), Rows(first).Concat(Rows(next)).Order());
    }

    [Fact]
    public async Task Seeing_it_is_all()
    {
        var finding = await app.ReportAsync(World.Zhang, "给水泵护罩松动", World.FeedPump.Id);
        var he = await app.ProgramOf(World.He);
        var answer = await he.CallAsync(HttpMethod.Post, $"/api/v1/findings/{finding}/rejection", new { version = 1, reason = "不是隐患" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("给水泵护罩松动", await (await he.CallAsync(HttpMethod.Get, "/api/v1/findings")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Places_beside_the_zone_or_in_a_nearer_one_stay_unseen()
    {
        var beside = await app.ReportAsync(World.Zhang, "锅炉房照明不足", World.Site.Id);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(World.Liu, beside));
        var inner = await app.ReportAsync(World.Zhang, "给水泵护罩松动", World.FeedPump.Id);
        await Do(actions => actions.CreateAsync(Guid.CreateVersion7(), new("给水泵责任区", World.Operations.Id, null, [], "", Outline.None, [World.FeedPump.Id])));
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(World.Liu, inner));
    }

    [Fact]
    public async Task The_sight_ends_with_the_term()
    {
        var finding = await app.ReportAsync(World.Zhang, "给水泵护罩松动", World.FeedPump.Id);
        var term = await app.InDatabase(db => db.ZoneLeads.Where(lead => lead.PersonId == World.He.Id).Select(lead => lead.Id).SingleAsync());
        await Do(actions => actions.EndTermAsync(zone, 3, term, app.Clock.Today()));
        app.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(World.He, finding));
    }
}
