using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform.Files;
using Ronghe.Safety.Zones;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Zones;

/// <summary>The zone of 锅炉房 in the small plant, over HTTP.</summary>
public class ZonePageTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_safety_officer_divides_the_site_and_the_board_shows_health_and_gaps()
    {
        await using var app = await TestApp.StartAsync();
        var sun = await app.SignInAs(app.World.Sun);
        var answer = await sun.SubmitAsync("/zones/new", new { Form__Name = "锅炉责任区", Form__Corners = "10,10\n200,10\n200,200", Form__PlaceIds = app.World.BoilerHouse.Id, Form__UnitId = "设备部" }, handler: "Save");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var zone = answer.Headers.Location!.ToString();
        var finding = await app.ReportAsync(app.World.Liu, "给煤机护栏松动", app.World.CoalFeeder.Id);
        await app.AssignAsync(finding);

        var board = await sun.ReadAsync("/zones");
        Assert.Contains("锅炉责任区", board.Body!.TextContent);
        Assert.Contains("还没有指定", board.Body.TextContent);
        Assert.Contains("汽机房", board.QuerySelector("#gaps")!.TextContent);
        Assert.DoesNotContain("给煤机", board.QuerySelector("#gaps")!.TextContent);
        Assert.Single(board.QuerySelectorAll(".zone-map polygon"));
        Assert.NotNull(board.QuerySelector(".zone-map .assigned"));

        app.Clock.Pass(TimeSpan.FromDays(30));
        sun = await app.SignInAs(app.World.Sun);
        Assert.Contains("其中超期 1 条", (await sun.ReadAsync(zone)).Body!.TextContent);
        Assert.NotNull((await sun.ReadAsync("/zones")).QuerySelector(".zone-map .overdue"));
    }

    [Fact]
    public async Task A_lead_who_leaves_or_whose_term_ends_is_shown_as_a_gap()
    {
        await using var app = await TestApp.StartAsync();
        var id = await ZoneAsync(app, "汽机责任区", app.World.TurbineHall.Id);
        var sun = await app.SignInAs(app.World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/zones/{id}", new { PersonId = app.World.Wang.Id, Role = "Lead" }, "Appoint", "details form")).StatusCode);
        Assert.Equal("王磊", (await BoardAsync(app)).Lead.Name);
        await app.InDatabase(async db =>
        {
            (await db.People.SingleAsync(person => person.Id == app.World.Wang.Id)).Leave(new DateOnly(2026, 11, 20));
            return await db.SaveChangesAsync();
        });
        Assert.Contains("已离岗", (await BoardAsync(app)).Lead.Gap);
        Assert.Contains("已离岗", (await sun.ReadAsync("/zones")).Body!.TextContent);

        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ZoneActions>().AppointAsync(id, 2, app.World.Chen.Id, ZoneRole.Lead, new(2026, 11, 21), new(2026, 11, 25)));
        app.Clock.Pass(TimeSpan.FromDays(10));
        Assert.Contains("任期 2026-11-25 已满", (await BoardAsync(app)).Lead.Gap);
    }

    [Fact]
    public async Task A_branch_secretary_keeps_zones_in_reach_and_no_others()
    {
        await using var app = await TestApp.StartAsync();
        var zhou = await app.SignInAs(app.World.Zhou);
        Task<HttpResponseMessage> Make(string name, Guid unit, Guid place) => zhou.CallAsync(HttpMethod.Post, "/api/v1/zones",
            new { id = Guid.CreateVersion7(), facts = new { name, unitId = unit, placeIds = new[] { place }, cadence = "每周 1 次" } });
        Assert.Equal(HttpStatusCode.Created, (await Make("给水泵责任区", app.World.Operations.Id, app.World.FeedPump.Id)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Make("给煤机责任区", app.World.Equipment.Id, app.World.CoalFeeder.Id)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(app.World.Zhang)).GetAsync("/zones/new")).StatusCode);
    }

    [Fact]
    public async Task A_place_belongs_to_one_zone_and_what_is_nearer_wins()
    {
        await using var app = await TestApp.StartAsync();
        var house = await ZoneAsync(app, "锅炉房责任区", app.World.BoilerHouse.Id);
        var feeder = await ZoneAsync(app, "给煤机责任区", app.World.CoalFeeder.Id);
        await app.ReportAsync(app.World.Liu, "护栏松动", app.World.CoalFeeder.Id);
        var zones = (await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ZoneQueries>().BoardAsync())).Zones;
        Assert.Equal(0, zones.Single(zone => zone.Id == house).Health.Open);
        Assert.Equal(1, zones.Single(zone => zone.Id == feeder).Health.Open);
        var refusal = await Assert.ThrowsAsync<Ronghe.Platform.Refusal>(() => ZoneAsync(app, "又一个", app.World.CoalFeeder.Id));
        Assert.Contains("一处地点只能在一个责任区", refusal.Message);
        refusal = await Assert.ThrowsAsync<Ronghe.Platform.Refusal>(() => ZoneAsync(app, "给煤机责任区", app.World.TurbineHall.Id));
        Assert.Contains("同名", refusal.Message);
    }

    [Fact]
    public async Task A_plan_that_is_no_image_is_refused_and_a_picture_moves_the_shapes()
    {
        await using var app = await TestApp.StartAsync();
        var id = await ZoneAsync(app, "锅炉房责任区", app.World.BoilerHouse.Id, "0,0\n1600,0\n1600,1000");
        var sun = await app.SignInAs(app.World.Sun);
        var refused = await UploadAsync(sun, "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray(), "平面图.svg");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("平面图没有更换", await refused.TextAsync());
        if (!await PhotoSandbox.IsAvailableAsync()) return;
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(sun, Picture, "总图.png")).StatusCode);
        var corners = await app.InDatabase(db => db.Zones.Where(zone => zone.Id == id).Select(zone => zone.Corners).SingleAsync());
        Assert.Equal([0, 0, 4, 0, 4, 2], corners);
        var image = (await sun.ReadAsync("/zones")).QuerySelector(".zone-map img")!.GetAttribute("src")!;
        Assert.StartsWith("/files/", image);
        Assert.Equal("image/jpeg", (await (await app.SignInAs(app.World.Zhang)).GetAsync(image)).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_sign_leads_to_a_report_with_the_place_filled_in()
    {
        var id = await ZoneAsync(app, "标牌责任区", app.World.TurbineHall.Id);
        var zhang = await app.SignInAs(app.World.Zhang);
        var sheet = await zhang.ReadAsync($"/zones/{id}/sign");
        Assert.Equal(2, sheet.QuerySelectorAll("img[src^='data:image/png']").Length);
        Assert.Contains("汽机房", (await zhang.ReadAsync("/findings/report?place=A02")).QuerySelector("input[name='Form.PlaceText']")!.GetAttribute("value"));
        Assert.Contains("标牌责任区", (await zhang.ReadAsync("/zones/signs")).Body!.TextContent);
    }

    [Fact]
    public async Task Another_company_sees_none_and_a_stale_change_is_refused()
    {
        var id = await ZoneAsync(app, "版本责任区", app.World.FeedPump.Id);
        var program = await app.ProgramOf(app.World.Sun);
        Assert.Equal(HttpStatusCode.Conflict, (await program.CallAsync(HttpMethod.Post, $"/api/v1/zones/{id}/retirement", new { version = 7 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/v1/zones/{Guid.CreateVersion7()}")).StatusCode);
        Assert.True(await (await app.SignInAs(app.World.Zhang)).CountRoundTripsAsync("/zones") <= 12);
    }

    static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGNomLAAjhiQOQCumg2BxxWmdQAAAABJRU5ErkJggg==");

    static async Task<HttpResponseMessage> UploadAsync(Visitor visitor, byte[] content, string name)
    {
        var part = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        return await visitor.SendAsync(new(HttpMethod.Post, "/zones/plan?handler=Replace")
        {
            Content = new MultipartFormDataContent { { new StringContent(await visitor.TokenAsync("/me")), "__RequestVerificationToken" }, { new StringContent("0"), "version" }, { part, "picture", name } },
        });
    }

    static async Task<ZoneRow> BoardAsync(TestApp app) =>
        Assert.Single((await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ZoneQueries>().BoardAsync())).Zones);

    static async Task<Guid> ZoneAsync(TestApp app, string name, Guid place, string corners = "")
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ZoneActions>()
            .CreateAsync(id, new(name, app.World.Plant.Id, null, ["CK01"], "每周 1 次", Outline.Parse(corners), [place])));
        return id;
    }
}
