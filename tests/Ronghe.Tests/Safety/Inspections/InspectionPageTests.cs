using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Zones;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Inspections;

/// <summary>Inspections over HTTP, from planning to closing.</summary>
public class InspectionPageTests
{
    [Fact]
    public async Task A_fault_becomes_a_finding_with_its_source_and_the_inspection_closes_when_it_is_somebodys()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabase(async db => { await ChecklistPack.LoadAsync(db, Program.ContentFolder); return true; });
        var id = await PlanAsync(app, app.World.Sun, InspectionKind.Special, app.World.Equipment.Id, app.World.Sun, "CK16");
        var sun = await app.SignInAs(app.World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/inspections/{id}", handler: "Start", form: "aside form")).StatusCode);

        var page = await sun.ReadAsync($"/inspections/{id}");
        var fields = page.QuerySelectorAll("input[name$='.ItemId']").Select((_, n) => KeyValuePair.Create($"replies[{n}].Verdict", n == 0 ? "No" : "Yes"))
            .Concat(page.QuerySelectorAll("input[name$='.Number']").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, "")));
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/inspections/{id}", fields, "Fill", "form.box[data-draft]")).StatusCode);
        page = await sun.ReadAsync($"/inspections/{id}");
        var item = page.QuerySelector("li.fault input[name$='.ItemId']")!.GetAttribute("value");
        var reported = await sun.SubmitAsync($"/inspections/{id}/finding?item={item}", new { Form__PlaceText = app.World.CoalFeeder.Id }, "Report");
        Assert.Equal(HttpStatusCode.Redirect, reported.StatusCode);
        var finding = await app.InDatabase(db => db.Findings.SingleAsync());
        Assert.Equal(FindingSource.SpecialInspection, finding.Source);

        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/inspections/{id}", new { note = "查了 12 项" }, "Finish", "aside form")).StatusCode);
        var version = await app.InDatabase(db => db.Inspections.Select(i => i.Version).SingleAsync());
        var program = await app.ProgramOf(app.World.Sun);
        var refused = await program.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/closure", new { version });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(finding.Number, (await refused.JsonAsync()).GetProperty("title").GetString() + (await refused.Content.ReadAsStringAsync()));
        await app.AssignAsync(finding.Id);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/closure", new { version })).StatusCode);
        Assert.NotNull((await sun.ReadAsync($"/findings/{finding.Id}")).QuerySelector($"a[href='/inspections/{id}']"));
    }

    [Fact]
    public async Task A_filled_in_list_keeps_its_version()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabase(async db => { await ChecklistPack.LoadAsync(db, Program.ContentFolder); return true; });
        var id = await PlanAsync(app, app.World.Sun, InspectionKind.Special, app.World.Equipment.Id, app.World.Sun, "CK16");
        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ChecklistBook>().RestateAsync("CK16", 1, facts => facts with { Items = [facts.Items[0] with { Text = "新的问法" }] }));
        var page = await (await app.SignInAs(app.World.Sun)).ReadAsync($"/inspections/{id}");
        Assert.DoesNotContain("新的问法", page.Body!.TextContent);
        Assert.Contains("第 1 版", page.Body.TextContent);
    }

    [Fact]
    public async Task Over_the_safety_department_only_the_unions_team_writes()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        await Assert.ThrowsAsync<Ronghe.Platform.Refusal>(() => PlanAsync(app, world.Guo, InspectionKind.WorkerPatrol, world.Safety.Id, world.Guo, null, world.Sun));
        await Assert.ThrowsAsync<Ronghe.Platform.Forbidden>(() => PlanAsync(app, world.Sun, InspectionKind.WorkerPatrol, world.Safety.Id, world.Guo, null));
        var id = await PlanAsync(app, world.Guo, InspectionKind.WorkerPatrol, world.Safety.Id, world.Guo, null, world.Zhang);
        var sun = await app.ProgramOf(world.Sun);
        Assert.Equal(HttpStatusCode.OK, (await sun.GetAsync($"/api/v1/inspections/{id}")).StatusCode);
        foreach (var (act, body) in (List<(string, object)>)[("start", new { version = 1 }), ("answers", new { version = 1, answers = Array.Empty<object>() }), ("finish", new { version = 1, note = "好" }),
            ("closure", new { version = 1 }), ("cancellation", new { version = 1, note = "不查" }), ("findings", new { id = Guid.CreateVersion7(), description = "没有问题", place = "安监部" }),
            ("explanations", new { version = 1, findingId = Guid.CreateVersion7(), what = "x", why = "x", duty = "x", measure = "x", dueOn = "2026-12-01" })])
            Assert.Equal(HttpStatusCode.Forbidden, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/{act}", body)).StatusCode);
        var guo = await app.ProgramOf(world.Guo);
        Assert.Equal(HttpStatusCode.OK, (await guo.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/start", new { version = 1 })).StatusCode);
        var zhang = await app.ProgramOf(world.Zhang);
        Assert.Equal(HttpStatusCode.OK, (await zhang.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/findings", new { id = Guid.CreateVersion7(), description = "隐患台账更新不及时", place = "安监部办公室" })).StatusCode);
        Assert.Equal(world.Safety.Id, await app.InDatabase(db => db.Findings.Select(f => f.UnitId).SingleAsync()));
    }

    [Fact]
    public async Task The_inspected_department_explains_and_the_checker_hears()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        var id = await PlanAsync(app, world.Zhou, InspectionKind.Campaign, world.Operations.Id, world.Zhou, null);
        var zhou = await app.ProgramOf(world.Zhou);
        await zhou.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/start", new { version = 1 });
        var finding = Guid.CreateVersion7();
        await zhou.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/findings", new { id = finding, description = "地沟盖板缺失", placeId = world.FeedPump.Id });
        var wu = await app.ProgramOf(world.Wu);
        async Task<int> Version() => await app.InDatabase(db => db.Inspections.Select(i => i.Version).SingleAsync());
        var words = new { version = await Version(), findingId = finding, what = "盖板缺失", why = "检修后没有恢复", duty = "运行一值", measure = "补齐盖板", dueOn = "2026-11-25" };
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(world.Zhou)).CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/explanations", words)).StatusCode);
        var said = await wu.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/explanations", words);
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        var explanation = (await said.JsonAsync()).GetProperty("explanations")[0].GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Forbidden, (await wu.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/explanations/{explanation}/hearing", new { version = await Version(), accepted = true })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/inspections/{id}/explanations/{explanation}/hearing", new { version = await Version(), accepted = true })).StatusCode);
        Assert.Contains("已说清楚", (await (await app.SignInAs(world.Wu)).ReadAsync($"/inspections/{id}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_zone_lead_walks_the_zone_and_it_counts_there()
    {
        await using var app = await TestApp.StartAsync();
        var zone = Guid.CreateVersion7();
        await app.AsAsync(app.World.Sun, async services =>
        {
            var zones = services.GetRequiredService<ZoneActions>();
            await zones.CreateAsync(zone, new("给煤机责任区", app.World.Equipment.Id, null, [], "每周 1 次", Outline.None, [app.World.CoalFeeder.Id]));
            await zones.AppointAsync(zone, 1, app.World.Liu.Id, ZoneRole.Lead, new(2026, 11, 1), null);
        });
        var liu = await app.SignInAs(app.World.Liu);
        Assert.NotNull((await liu.ReadAsync($"/zones/{zone}")).QuerySelector($"a[href='/inspections/round?zone={zone}']"));
        var started = await liu.SubmitAsync($"/inspections/round?zone={zone}", handler: "Start");
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        var round = started.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.Redirect, (await liu.SubmitAsync(round, new { note = "都好" }, "Finish", "aside form")).StatusCode);
        Assert.Equal(1, (await app.AsAsync(app.World.Sun, services => services.GetRequiredService<ZoneQueries>().BoardAsync())).Zones.Single().Rounds);
        var zhang = await app.SignInAs(app.World.Zhang);
        Assert.Null((await zhang.ReadAsync($"/zones/{zone}")).QuerySelector("a[href^='/inspections/round']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.SubmitAsync($"/inspections/round?zone={zone}", handler: "Start")).StatusCode);
        Assert.Contains("给煤机责任区巡查", (await liu.ReadAsync("/inspections")).Body!.TextContent);
    }

    static async Task<Guid> PlanAsync(TestApp app, Person by, InspectionKind kind, Guid unit, Person lead, string? checklist, params Person[] members)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(by, services => services.GetRequiredService<InspectionActions>()
            .PlanAsync(id, new(kind, kind.Title(), unit, null, lead.Id, new(2026, 11, 20), [.. members.Select(member => new TeamMember(member.Id, TeamRole.Member))]), checklist));
        return id;
    }
}
