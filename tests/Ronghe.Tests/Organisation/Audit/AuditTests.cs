using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Organisation.Audit;

/// <summary>The auditor sees every row in words, finds it by any of the filters, and nobody else gets in.</summary>
public class AuditTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task The_auditor_finds_who_did_what_by_person_kind_event_unit_record_and_request()
    {
        var id = await app.ReportAsync(World.Zhang, "审计要看的一条", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var zheng = await app.SignInAs(World.Zheng);
        var page = await zheng.ReadAsync($"/audit/journal?subject={id}");
        Assert.Equal(["隐患 · 派发", "隐患 · 定级", "隐患 · 上报"], page.QuerySelectorAll("td.main .t").Select(cell => cell.TextContent));
        Assert.Contains("孙丽", page.Body!.TextContent);
        Assert.Contains("等待封存", page.Body.TextContent);

        foreach (var (filter, found) in new[]
        {
            ($"by={World.Zhang.Id}", 1), ($"by={World.Sun.Id}", 2), ($"by={World.Wu.Id}", 0), ("kind=finding", 3), ("kind=person", 0), ("kind=finding&event=finding.graded", 1),
            ($"node={World.Equipment.Id}", 3), ($"node={World.Company.Id}", 3), ($"node={World.ShiftOne.Id}", 0), ("to=2020-01-01", 0), ("from=2020-01-01", 3),
        })
        {
            var rows = await zheng.CallAsync(HttpMethod.Get, $"/api/v1/audit/journal?subject={id}&{filter}");
            Assert.True(found == ((await rows.Content.ReadFromJsonAsync<JsonObject>())!["rows"]!.AsArray().Count), filter);
        }
    }

    [Fact]
    public async Task One_row_shows_all_that_stands_in_it_and_once_sealed_its_batch()
    {
        var id = await app.ReportAsync(World.Zhang, "看一行", World.CoalFeeder.Id);
        await app.FollowAsync();
        var seq = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id).Select(row => row.Seq).SingleAsync());
        var zheng = await app.SignInAs(World.Zheng);
        var page = await zheng.ReadAsync($"/audit/journal/{seq}");
        Assert.Contains("finding.reported", page.Body!.TextContent);
        Assert.Matches("在第 \\d+ 封里", page.Body.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await zheng.GetAsync("/audit/journal/99999999")).StatusCode);
        var seals = await (await zheng.GetAsync("/api/v1/audit/seals")).Content.ReadAsStringAsync();
        Assert.Equal(await app.InDatabase(db => db.JournalSeals.CountAsync()), seals.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_key()
    {
        var id = await app.ReportAsync(World.Zhang, "翻页", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var zheng = await app.SignInAs(World.Zheng);
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (await (await zheng.CallAsync(HttpMethod.Get, $"/api/v1/audit/journal?subject={id}&limit=1{after}")).Content.ReadFromJsonAsync<JsonObject>())!;
            seen.AddRange(page["rows"]!.AsArray().Select(row => (string)row!["event"]!));
            after = page["next"] is { } next ? $"&after={next}" : "";
        } while (after != "");
        Assert.Equal(["finding.assigned", "finding.graded", "finding.reported"], seen);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await zheng.CallAsync(HttpMethod.Get, "/api/v1/audit/journal?after=nonsense")).StatusCode);
    }

    [Fact]
    public async Task Nobody_but_the_auditor_reads_the_journal()
    {
        foreach (var person in new[] { World.Zhao, World.Feng, World.Xu, World.Sun, World.Zhang })
        {
            var visitor = await app.SignInAs(person);
            foreach (var door in new[] { "/audit/journal", "/audit/journal/1", "/api/v1/audit/journal", "/api/v1/audit/seals" })
                Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(door)).StatusCode);
        }
    }
}
