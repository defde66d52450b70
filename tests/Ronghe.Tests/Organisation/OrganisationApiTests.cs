using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Tests.Organisation;

/// <summary>The organisation for programs.</summary>
public class OrganisationApiTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task Lists_go_on_after_the_last_row()
    {
        var worker = await app.ProgramOf(World.Zhang);
        var numbers = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await ReadAsync(await worker.GetAsync($"/api/v1/people?limit=6&after={after}"));
            numbers.AddRange(page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("number").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.True(numbers.Count >= World.People.Count);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await worker.GetAsync("/api/v1/people?limit=0")).StatusCode);
    }

    [Fact]
    public async Task An_answer_names_the_acts_that_this_caller_may_do_now()
    {
        var unit = $"/api/v1/units/{World.ShiftTwo.Id}";
        Assert.Empty(ActsOf(await ReadAsync(await (await app.ProgramOf(World.Zhang)).GetAsync(unit))));
        Assert.Equal(["add", "rename", "move", "merge", "add-person"], ActsOf(await ReadAsync(await (await app.ProgramOf(World.Feng)).GetAsync(unit))));
        Assert.Equal(["appoint"], ActsOf(await ReadAsync(await (await app.ProgramOf(World.Xu)).GetAsync(unit))));
    }

    [Fact]
    public async Task A_unit_is_founded_renamed_moved_and_dissolved()
    {
        var system = await app.ProgramOf(World.Feng);
        var id = Guid.CreateVersion7();
        var request = new { id, name = "燃料班", code = "10010299", parentId = World.Operations.Id, unitKind = "crew" };
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Created, (await system.CallAsync(HttpMethod.Post, "/api/v1/units", request)).StatusCode);
        var renamed = await ReadAsync(await system.CallAsync(HttpMethod.Put, $"/api/v1/units/{id}/name", new { version = 1, name = "输煤班" }));
        Assert.Equal(("输煤班", 2), (renamed.GetProperty("name").GetString(), renamed.GetProperty("version").GetInt32()));

        var stale = await system.CallAsync(HttpMethod.Put, $"/api/v1/units/{id}/superior", new { version = 1, parentId = World.Equipment.Id });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("改名", (await ReadAsync(stale)).GetProperty("title").GetString());

        var moved = await ReadAsync(await system.CallAsync(HttpMethod.Put, $"/api/v1/units/{id}/superior", new { version = 2, parentId = World.Equipment.Id }));
        Assert.Equal(["清河能源公司", "清河热电厂", "设备部"], moved.GetProperty("path").EnumerateArray().Select(node => node.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await system.CallAsync(HttpMethod.Post, $"/api/v1/units/{id}/closure", new { version = 3 })).StatusCode);
    }

    [Fact]
    public async Task Personal_facts_are_absent_for_a_colleague_and_present_for_the_head()
    {
        var url = $"/api/v1/people/{World.Wang.Id}";
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(await (await app.ProgramOf(World.Zhang)).GetAsync(url))).GetProperty("personal").ValueKind);
        Assert.Equal(JsonValueKind.Object, (await ReadAsync(await (await app.ProgramOf(World.Wu)).GetAsync(url))).GetProperty("personal").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(await (await app.ProgramOf(World.Li)).GetAsync(url))).GetProperty("personal").ValueKind);
    }

    [Fact]
    public async Task A_post_is_given_and_terminated_by_the_security_administrator_only()
    {
        var request = new { personId = World.He.Id, nodeId = World.Plant.Id, post = Posts.Discipline, from = "2026-01-01" };
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(World.Feng)).CallAsync(HttpMethod.Post, "/api/v1/appointments", request)).StatusCode);
        var security = await app.ProgramOf(World.Xu);
        var given = await ReadAsync(await security.CallAsync(HttpMethod.Post, "/api/v1/appointments", request));
        var held = given.GetProperty("appointments").EnumerateArray().Single(a => a.GetProperty("post").GetString() == Posts.Discipline);
        Assert.Equal(["end"], ActsOf(held));
        var ended = await ReadAsync(await security.CallAsync(HttpMethod.Post, $"/api/v1/appointments/{held.GetProperty("id").GetGuid()}/termination", new { version = 1, on = "2026-01-31" }));
        Assert.Contains(ended.GetProperty("appointments").EnumerateArray(), a => a.GetProperty("to").GetString() == "2026-01-31");
        var refused = await security.CallAsync(HttpMethod.Post, "/api/v1/appointments", new { personId = World.Xu.Id, nodeId = World.Company.Id, post = Posts.SystemAdministrator, from = "2026-01-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("PersonId", (await ReadAsync(refused)).GetProperty("field").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task Places_are_listed_found_and_kept()
    {
        var system = await app.ProgramOf(World.Feng);
        var made = await ReadAsync(await system.CallAsync(HttpMethod.Post, "/api/v1/places",
            new { level = "equipment", name = "2号炉给煤机", code = "A01-09", parentId = World.BoilerHouse.Id, aliases = new[] { "乙侧给煤机" } }));
        var id = made.GetProperty("id").GetGuid();
        var found = await ReadAsync(await system.GetAsync("/api/v1/places?q=" + Uri.EscapeDataString("乙侧")));
        Assert.Equal(id, Assert.Single(found.GetProperty("rows").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.OK, (await system.CallAsync(HttpMethod.Post, $"/api/v1/places/{id}/retirement", new { version = 1 })).StatusCode);
        Assert.Empty((await ReadAsync(await system.GetAsync("/api/v1/places?q=" + Uri.EscapeDataString("乙侧")))).GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var worker = await app.ProgramOf(World.Zhang);
        foreach (var kind in (string[])["units", "people", "places"])
            Assert.Equal(HttpStatusCode.NotFound, (await worker.GetAsync($"/api/v1/{kind}/{Guid.CreateVersion7()}")).StatusCode);
    }

    static IEnumerable<string?> ActsOf(JsonElement answer) => answer.GetProperty("acts").EnumerateArray().Select(act => act.GetString());

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
