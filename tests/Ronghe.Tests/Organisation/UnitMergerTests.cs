using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Counts;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Organisation;

/// <summary>Two departments become one: people, crews, places, counts, scope and search are right in the next request.</summary>
public class UnitMergerTests
{
    [Fact]
    public async Task What_belonged_to_the_one_belongs_to_the_other_in_the_next_request()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        var finding = await app.ReportAsync(world.Zhang, "合并前报的", world.CoalFeeder.Id);
        await app.AssignAsync(finding);
        await app.FollowAsync();
        var wu = await app.SignInAs(world.Wu);
        Assert.Equal(HttpStatusCode.NotFound, (await wu.GetAsync($"/findings/units?unit={world.Equipment.Id}")).StatusCode);

        var feng = await app.SignInAs(world.Feng);
        var answer = await feng.SubmitAsync($"/units/{world.Equipment.Id}/edit", new { IntoId = world.Operations.Id }, handler: "Merge", form: "form:has(input[name=IntoId])");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        // Scope and counts: who leads the one now sees and counts what lay in the other.
        var page = await wu.ReadAsync($"/findings/units?unit={world.Operations.Id}");
        Assert.Contains("锅炉班", page.Body!.TextContent);
        Assert.Equal("1", page.QuerySelectorAll(".figure").Single(figure => figure.TextContent.Contains("未关闭")).QuerySelector(".n")!.TextContent);
        Assert.Contains("合并前报的", (await wu.ReadAsync("/findings?open=true")).Body!.TextContent);
        Assert.Equal(0, (await app.AsAsync(world.Sun, services => services.GetRequiredService<CountCheck>().RunAsync())).Wrong);
        // Search: the dissolved department is no longer offered, its crew stands under the other.
        Assert.DoesNotContain("设备部", await (await feng.GetAsync("/pickers/units?q=设备部")).Content.ReadAsStringAsync());
        Assert.Contains("发电一部", await (await feng.GetAsync("/pickers/units?q=锅炉班")).Content.ReadAsStringAsync());
        // People and posts.
        Assert.Equal(world.Operations.Id, await app.InDatabase(db => db.People.Where(p => p.Id == world.Li.Id).Select(p => p.UnitId).SingleAsync()));
        Assert.DoesNotContain(null, await app.InDatabase(db => db.Appointments.Where(held => held.NodeId == world.Equipment.Id).Select(held => held.To).ToListAsync()));
        Assert.NotNull(await app.InDatabase(db => db.Units.Where(u => u.Id == world.Equipment.Id).Select(u => u.ClosedOn).SingleAsync()));
    }

    [Fact]
    public async Task A_department_does_not_go_up_in_a_crew_nor_in_itself_nor_by_anybody_without_the_right()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        var feng = await app.ProgramOf(world.Feng);
        async Task<HttpStatusCode> Merge(Visitor who, Guid id, Guid into) => (await who.CallAsync(HttpMethod.Post, $"/api/v1/units/{id}/merger", new { version = 1, intoId = into })).StatusCode;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Merge(feng, world.Equipment.Id, world.ShiftOne.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Merge(feng, world.Equipment.Id, world.Equipment.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Merge(feng, world.Equipment.Id, world.Committee.Id));
        Assert.Equal(HttpStatusCode.Forbidden, await Merge(await app.ProgramOf(world.Sun), world.Equipment.Id, world.Operations.Id));
        Assert.Null(await app.InDatabase(db => db.Units.Where(u => u.Id == world.Equipment.Id).Select(u => u.ClosedOn).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, await Merge(feng, world.Equipment.Id, world.Operations.Id));
        Assert.Equal(HttpStatusCode.Conflict, await Merge(feng, world.Equipment.Id, world.Operations.Id));
    }
}
