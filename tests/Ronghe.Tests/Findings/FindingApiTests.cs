using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ronghe.Findings;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.Findings;

/// <summary>The loop as programs see it, on a real database: five people, each with their own rights.</summary>
public class FindingApiTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task A_hazard_travels_from_the_report_to_the_reporters_confirmation()
    {
        var finding = await ReportAsync(World.Zhang);
        finding = await ActAsync(World.Sun, finding, "grading", new { version = Version(finding), grade = "general" });
        finding = await ActAsync(World.Sun, finding, "assignment", Assignment(finding, World.Liu, World.Chen));
        Assert.Equal("assigned", Text(finding, "status"));
        finding = await ActAsync(World.Liu, finding, "rectification", new { version = Version(finding), note = "已补焊" });
        finding = await ActAsync(World.Chen, finding, "verification", new { version = Version(finding), note = "合格" });
        finding = await ActAsync(World.Sun, finding, "closure", new { version = Version(finding) });
        finding = await ActAsync(World.Zhang, finding, "confirmation", new { version = Version(finding) });
        Assert.Equal("closed", Text(finding, "status"));
        Assert.NotNull(finding["confirmedAt"]);
        var events = await app.InDatabase(async db => await Task.FromResult(db.Journal.Where(r => r.SubjectId == Id(finding)).OrderBy(r => r.Seq).Select(r => r.Event).ToList()));
        Assert.Equal(["finding.reported", "finding.graded", "finding.assigned", "finding.rectified", "finding.verified", "finding.closed", "finding.confirmed"], events);
    }

    [Fact]
    public async Task The_same_report_sent_twice_is_stored_once()
    {
        var reporter = await app.ProgramOf(World.Zhang);
        var body = Report();
        var first = await (await reporter.CallAsync(HttpMethod.Post, "/api/v1/findings", body)).Content.ReadFromJsonAsync<JsonObject>();
        var second = await (await reporter.CallAsync(HttpMethod.Post, "/api/v1/findings", body)).Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(Text(first!, "number"), Text(second!, "number"));
    }

    [Fact]
    public async Task The_rectifier_cannot_verify_even_with_the_right_to_verify()
    {
        var finding = await RectifiedBy(World.Li);
        var answer = await SendAsync(World.Li, finding, "verification", new { version = Version(finding) });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("rectified", Text(await FindAsync(World.Sun, finding), "status"));
    }

    [Fact]
    public async Task A_stale_version_is_refused_with_what_changed_in_between()
    {
        var finding = await ReportAsync(World.Zhang);
        var seen = Version(finding);
        await ActAsync(World.Sun, finding, "grading", new { version = seen, grade = "general" });
        var answer = await SendAsync(World.Sun, finding, "grading", new { version = seen, grade = "major", basis = "需停炉" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Contains("孙丽", Text(problem, "title"));
        Assert.Contains("定级", Text(problem, "title"));
        Assert.Equal("general", Text(await FindAsync(World.Sun, finding), "grade"));
    }

    [Fact]
    public async Task Two_at_once_one_wins_and_the_other_learns_of_it()
    {
        var finding = await ReportAsync(World.Zhang);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(World.Sun, finding, "grading", new { version = Version(finding), grade = "general" })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Grading_alike_once_more_is_a_change_too()
    {
        var finding = await ReportAsync(World.Zhang);
        await ActAsync(World.Sun, finding, "grading", new { version = 1, grade = "general" });
        await ActAsync(World.Sun, finding, "grading", new { version = 2, grade = "general" });
        var answer = await SendAsync(World.Sun, finding, "grading", new { version = 2, grade = "major", basis = "需停炉" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(3, Version(await FindAsync(World.Sun, finding)));
    }

    [Fact]
    public async Task Somebody_without_the_right_is_refused_in_chinese_and_nothing_changes()
    {
        var finding = await ReportAsync(World.Zhang);
        var answer = await SendAsync(World.Zhang, finding, "grading", new { version = Version(finding), grade = "general" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("没有定级的权限", Text((await answer.Content.ReadFromJsonAsync<JsonObject>())!, "title"));
        Assert.Null((await FindAsync(World.Sun, finding))["grade"]);
    }

    [Fact]
    public async Task A_department_head_acts_in_his_department_and_does_not_see_the_next()
    {
        var finding = await ReportAsync(World.Zhang);   // 发电一部
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(World.Wu, finding, "grading", new { version = Version(finding), grade = "general" })).StatusCode);
        var neighbour = await app.ProgramOf(World.Li);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetAsync($"/api/v1/findings/{Id(finding)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(World.Li, finding, "rejection", new { version = 2, reason = "不属实" })).StatusCode);
    }

    [Fact]
    public async Task A_department_head_cannot_assign_to_another_department()
    {
        var finding = await ReportAsync(World.Zhang);
        finding = await ActAsync(World.Wu, finding, "grading", new { version = Version(finding), grade = "general" });
        var answer = await SendAsync(World.Wu, finding, "assignment", Assignment(finding, World.Liu, null));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("UnitId", Text((await answer.Content.ReadFromJsonAsync<JsonObject>())!, "field"), ignoreCase: true);
    }

    [Fact]
    public async Task A_report_without_a_name_leaves_no_name_anywhere()
    {
        var reporter = await app.ProgramOf(World.Zhang);
        var id = Guid.CreateVersion7();
        var answer = await reporter.CallAsync(HttpMethod.Post, "/api/v1/findings", Report(id, withoutName: true));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var traces = await app.InDatabase(async db => await Task.FromResult(new
        {
            Finding = db.Findings.Single(f => f.Id == id),
            Steps = db.FindingSteps.Where(s => s.FindingId == id).ToList(),
            Rows = db.Journal.Where(r => r.SubjectId == id).ToList(),
        }));
        Assert.Null(traces.Finding.ReporterId);
        Assert.Null(traces.Finding.ReporterUnitId);
        Assert.All(traces.Steps, step => Assert.Null(step.ById));
        Assert.All(traces.Rows, row => { Assert.Null(row.ActorId); Assert.DoesNotContain(World.Zhang.Id.ToString(), row.Data); });
    }

    [Fact]
    public async Task The_answer_lists_what_the_caller_may_do_now_and_why_not()
    {
        var finding = await ReportAsync(World.Zhang);
        var acts = (await FindAsync(World.Sun, finding))["acts"]!.AsArray().ToDictionary(a => a!["act"]!.GetValue<string>(), a => a!);
        Assert.True(acts["grading"]["isPossible"]!.GetValue<bool>());
        Assert.False(acts["assignment"]["isPossible"]!.GetValue<bool>());
        Assert.Contains("先定级", acts["assignment"]["reason"]!.GetValue<string>());
        Assert.DoesNotContain("rectification", acts.Keys);
    }

    [Theory]
    [InlineData("""{"description":null}"""), InlineData("不是 JSON"), InlineData("[]"), InlineData("""{"id":"x"}""")]
    public async Task Bad_json_is_answered_in_chinese(string body)
    {
        var reporter = await app.ProgramOf(World.Zhang);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/findings") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        var answer = await reporter.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("没有办理", Text((await answer.Content.ReadFromJsonAsync<JsonObject>())!, "title"));
    }

    [Fact]
    public async Task Pages_of_a_list_follow_each_other_without_gap_or_repeat()
    {
        for (var i = 0; i < 7; i++) await ReportAsync(World.Chen);
        var officer = await app.ProgramOf(World.Sun);
        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await (await officer.GetAsync($"/api/v1/findings?limit=3&unit={World.Operations.Id}{(after is null ? "" : "&after=" + after)}")).Content.ReadFromJsonAsync<JsonObject>())!;
            seen.AddRange(page["rows"]!.AsArray().Select(r => r!["number"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        Assert.True(seen.Count >= 7);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Words_in_an_address_are_those_of_the_answers_and_no_others()
    {
        var finding = await ReportAsync(World.Zhang);
        var officer = await app.ProgramOf(World.Sun);
        foreach (var status in new[] { "reported", "Reported", "" })
            Assert.Contains(Text(finding, "number"), await (await officer.GetAsync($"/api/v1/findings?limit=200&status={status}")).Content.ReadAsStringAsync());
        Assert.DoesNotContain(Text(finding, "number"), await (await officer.GetAsync("/api/v1/findings?limit=200&status=closed")).Content.ReadAsStringAsync());
        foreach (var status in new[] { "99", "0", "open", "reported,assigned" })
        {
            var refused = await officer.GetAsync($"/api/v1/findings?status={status}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("reported、assigned", Text((await refused.Content.ReadFromJsonAsync<JsonObject>())!, "title"));
        }
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/v1/units?tree=party")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await app.ProgramOf(World.Zhang)).CallAsync(HttpMethod.Post, $"/api/v1/findings/{Id(finding)}/photos?stage=99")).StatusCode);
    }

    [Fact]
    public async Task The_description_of_the_interface_knows_every_act_with_an_example()
    {
        var caller = await app.ProgramOf(World.Sun);
        var answer = await caller.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var document = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        foreach (var verb in FindingStates.Possible.Keys) Assert.Contains($"/api/v1/findings/{{id}}/{FindingAnswer.Noun(verb)}", paths);
        Assert.NotNull(document["components"]!["schemas"]!["AssignmentRequest"]!["examples"]);
        var guide = await (await app.SignInAs(World.Sun)).ReadAsync("/api-guide");
        Assert.Contains("/api/v1/findings/{id}/verification", guide.Body!.TextContent);
    }

    object Report(Guid? id = null, bool withoutName = false) => new
    {
        id = id ?? Guid.CreateVersion7(), description = "3 号给水泵机械密封渗漏", placeId = World.FeedPump.Id, urgent = false, source = "spontaneous", withoutName,
    };

    object Assignment(JsonObject finding, Person rectifier, Person? verifier) => new
    {
        version = Version(finding), personId = rectifier.Id, dueOn = "2026-12-31", unitId = World.Equipment.Id, standard = "无渗漏", measure = "更换密封", verifierId = verifier?.Id,
    };

    async Task<JsonObject> RectifiedBy(Person rectifier)
    {
        var finding = await ReportAsync(World.Zhang);
        finding = await ActAsync(World.Sun, finding, "grading", new { version = Version(finding), grade = "general" });
        finding = await ActAsync(World.Sun, finding, "assignment", Assignment(finding, rectifier, null));
        return await ActAsync(rectifier, finding, "rectification", new { version = Version(finding), note = "已处理" });
    }

    async Task<JsonObject> ReportAsync(Person by)
    {
        var answer = await (await app.ProgramOf(by)).CallAsync(HttpMethod.Post, "/api/v1/findings", Report());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    async Task<HttpResponseMessage> SendAsync(Person by, JsonObject finding, string act, object body) =>
        await (await app.ProgramOf(by)).CallAsync(HttpMethod.Post, $"/api/v1/findings/{Id(finding)}/{act}", body);

    async Task<JsonObject> ActAsync(Person by, JsonObject finding, string act, object body)
    {
        var answer = await SendAsync(by, finding, act, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{by.Name} {act}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    async Task<JsonObject> FindAsync(Person by, JsonObject finding) =>
        (await (await (await app.ProgramOf(by)).GetAsync($"/api/v1/findings/{Id(finding)}")).Content.ReadFromJsonAsync<JsonObject>())!;

    static Guid Id(JsonObject finding) => finding["id"]!.GetValue<Guid>();
    static int Version(JsonObject finding) => finding["version"]!.GetValue<int>();
    static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? "";
}
