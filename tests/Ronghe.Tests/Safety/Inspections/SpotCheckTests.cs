using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.People;
using Ronghe.Safety.Inspections;

namespace Ronghe.Tests.Safety.Inspections;

/// <summary>周志远 is to check somebody unannounced: until he starts, nobody but him learns whom.</summary>
public class SpotCheckTests
{
    [Fact]
    public async Task From_the_start_everybody_concerned_sees_it_and_anybody_can_draw_again()
    {
        await using var app = await TestApp.StartAsync();
        var id = await PlanAsync(app);
        var zhou = await app.SignInAs(app.World.Zhou);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/start", new { version = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync($"/inspections/{id}", handler: "Draw", form: "aside form")).StatusCode);
        var first = await app.InDatabase(db => db.SpotCheckDraws.SingleAsync());
        await app.AsAsync(app.World.Zhou, services => services.GetRequiredService<SpotChecks>().DrawAsync(id, 1));
        Assert.Equal(first.UnitId, (await app.InDatabase(db => db.SpotCheckDraws.SingleAsync())).UnitId);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync($"/inspections/{id}", handler: "Start", form: "aside form")).StatusCode);
        Assert.Equal(first.UnitId, (await (await (await app.ProgramOf(app.World.Sun)).GetAsync($"/api/v1/inspections/{id}")).JsonAsync()).GetProperty("unitId").GetGuid());
        var data = JsonDocument.Parse(await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id && row.Event == "inspection.started").Select(row => row.Data).SingleAsync())).RootElement;
        Guid[] candidates = [.. data.GetProperty("candidates").EnumerateArray().Select(one => one.GetGuid())];
        Assert.Equal(first.UnitId, SpotCheckDraw.Pick(candidates, Convert.FromHexString(data.GetProperty("seed").GetString()!)));
        Assert.DoesNotContain(app.World.Operations.Id, candidates);
    }

    [Fact]
    public async Task Others_can_neither_see_draw_nor_start_it()
    {
        await using var app = await TestApp.StartAsync();
        var id = await PlanAsync(app);
        foreach (var person in (Person[])[app.World.Sun, app.World.Zhao, app.World.Li])
        {
            var program = await app.ProgramOf(person);
            Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/v1/inspections/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await program.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/draw", new { version = 1 })).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await program.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/start", new { version = 1 })).StatusCode);
        }
        var planner = await app.ProgramOf(app.World.Qian);
        Assert.Equal(HttpStatusCode.OK, (await planner.GetAsync($"/api/v1/inspections/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await planner.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/draw", new { version = 1 })).StatusCode);
    }

    [Fact]
    public async Task A_spot_check_is_planned_by_the_committee_and_led_by_a_secretary()
    {
        await using var app = await TestApp.StartAsync();
        Task Plan(Person by, Person lead) => app.AsAsync(by, services => services.GetRequiredService<InspectionActions>().PlanAsync(Guid.CreateVersion7(), new(InspectionKind.SpotCheck, "抽查", null, null, lead.Id, new(2026, 11, 20), []), null));
        await Assert.ThrowsAsync<Ronghe.Platform.Forbidden>(() => Plan(app.World.Sun, app.World.Zhou));
        await Assert.ThrowsAsync<Ronghe.Platform.Refusal>(() => Plan(app.World.Qian, app.World.Wang));
        await Plan(app.World.Qian, app.World.Zhou);
        Assert.Equal(new DateOnly(2026, 11, 1), await app.InDatabase(db => db.Inspections.Select(i => i.PlannedOn).SingleAsync()));
    }

    static async Task<Guid> PlanAsync(TestApp app)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(app.World.Qian, services => services.GetRequiredService<InspectionActions>()
            .PlanAsync(id, new(InspectionKind.SpotCheck, "11 月抽查", null, null, app.World.Zhou.Id, new(2026, 11, 20), []), null));
        return id;
    }
}
