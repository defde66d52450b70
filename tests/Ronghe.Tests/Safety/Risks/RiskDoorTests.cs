using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Duties;
using Ronghe.Organisation;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Risks;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Risks;

/// <summary>Risks and sessions over HTTP: rights, repetitions, stale versions, from the first word to the closing.</summary>
public class RiskDoorTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    object Facts(string title, Unit? unit = null, Person? owner = null) => new { title, scenario = "清煤时被卷入", unitId = (unit ?? World.Equipment).Id, place = "2 号皮带机", accidentType = "机械致害", ownerId = owner?.Id };

    async Task<Guid> IdentifyAsync(Person by, string title, Unit? unit = null, Person? owner = null, string kind = "safety", Guid? session = null)
    {
        var id = Guid.CreateVersion7();
        var answer = await CallAsync(by, "/api/v1/risks", new { id, kind, facts = Facts(title, unit, owner), sessionId = session });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return id;
    }

    async Task<HttpResponseMessage> CallAsync(Person by, string url, object body) => await (await app.ProgramOf(by)).CallAsync(HttpMethod.Post, url, body);

    /// <summary>An act on the version that is stored.</summary>
    async Task<HttpResponseMessage> ActAsync(Person by, Guid id, string act, Func<int, object> body) => await CallAsync(by, $"/api/v1/risks/{id}/{act}", body(await VersionAsync(id)));

    Task<int> VersionAsync(Guid id) => app.InDatabase(db => db.Risks.Where(risk => risk.Id == id).Select(risk => risk.Version).SingleAsync());

    Task<HttpResponseMessage> AssessAsync(Person by, Guid id, decimal[] values, string note = "看过现场", Person? confirmer = null) =>
        ActAsync(by, id, "assessment", version => new { version, method = "lec", values, note, confirmerId = confirmer?.Id });

    Task<HttpResponseMessage> MeasureAsync(Person by, Guid id, Person owner, Guid? task = null) => ActAsync(by, id, "measures", version => new
    { version, id = task ?? Guid.CreateVersion7(), title = "补齐拉绳", requirement = "逐处试过", ownerId = owner.Id, dueOn = $"{app.Clock.Today().AddDays(10):yyyy-MM-dd}", confirmerId = (Guid?)null });

    Task<(RiskState State, RiskLevel? Level)> StateAsync(Guid id) => app.InDatabase(async db => await db.Risks.Where(risk => risk.Id == id).Select(risk => new { risk.State, risk.Level }).SingleAsync() is var one ? (one.State, one.Level) : default);

    [Fact]
    public async Task From_the_first_word_through_measures_and_review_to_the_end()
    {
        var id = await IdentifyAsync(World.He, "从头到尾的风险", World.BoilerCrew);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssessAsync(World.He, id, [1, 6, 40])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AssessAsync(World.Sun, id, [1, 6, 40])).StatusCode);
        Assert.Equal((RiskState.Assessed, RiskLevel.Orange), await StateAsync(id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(World.Sun, id, "control", version => new { version })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Sun, id, "facts", version => new { version, facts = Facts("从头到尾的风险", owner: World.He) })).StatusCode);
        var task = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await MeasureAsync(World.Sun, id, World.Liu, task)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Sun, id, "control", version => new { version })).StatusCode);

        // The measure is an ordinary task, which knows where it comes from.
        var liu = await app.SignInAs(World.Liu);
        Assert.Contains("补齐拉绳", (await liu.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal("measure", await app.InDatabase(db => db.Links.Where(link => link.ToId == task && link.FromId == id).Select(link => link.Relation).SingleAsync()));

        var refused = await ActAsync(World.Sun, id, "closure", version => new { version, note = "没有了" });
        Assert.Contains("还有 1 条措施", await refused.Content.ReadAsStringAsync());
        await app.InDatabase(db => db.Tasks.Where(one => one.Id == task).ExecuteUpdateAsync(set => set.SetProperty(one => one.State, Ronghe.Tasks.TaskState.Confirmed)));

        // 何静 keeps it under control: she may review it, though she may assess nothing else.
        Assert.Equal(HttpStatusCode.OK, (await AssessAsync(World.He, id, [1, 6, 15], "拉绳齐了")).StatusCode);
        Assert.Equal((RiskState.Lowered, RiskLevel.Yellow), await StateAsync(id));
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(World.He, id, "closure", version => new { version, note = "没有了" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Sun, id, "closure", version => new { version, note = "封闭输煤" })).StatusCode);
        var journal = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id).OrderBy(row => row.Seq).Select(row => new { row.Event, row.Data }).ToListAsync());
        Assert.Equal(["risk.identified", "risk.assessed", "risk.restated", "risk.measure-added", "risk.controlled", "risk.assessed", "risk.closed"], journal.Select(row => row.Event));
        Assert.Contains("橙·较大", journal[5].Data);
        Assert.Contains("黄·一般", journal[5].Data);
        Assert.Contains("橙·较大 → 黄·一般", (await (await app.SignInAs(World.Sun)).ReadAsync($"/risks/{id}")).QuerySelector("aside")!.TextContent);
    }

    [Fact]
    public async Task Red_is_confirmed_by_another_leader_and_never_by_who_rated_it()
    {
        var id = await IdentifyAsync(World.Zhao, "红色要另一位领导");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AssessAsync(World.Zhao, id, [3, 6, 40])).StatusCode);
        // 吴敏 heads a department but may not confirm; nor may whose post has ended.
        Assert.Contains("没有确认", await (await AssessAsync(World.Zhao, id, [3, 6, 40], confirmer: World.Wu)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AssessAsync(World.Zhao, id, [3, 6, 40], confirmer: World.Zhao)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AssessAsync(World.Zhao, id, [3, 6, 40], confirmer: World.Qian)).StatusCode);
        Assert.Equal((RiskState.Proposed, RiskLevel.Red), await StateAsync(id));
        await app.FollowAsync();
        Assert.Equal(1, await app.InDatabase(db => db.Notices.CountAsync(notice => notice.PersonId == World.Qian.Id && notice.Href == $"/risks/{id}")));
        var qian = await app.SignInAs(World.Qian);
        Assert.Contains("确认风险级别：红色要另一位领导", (await qian.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(World.Zhao, id, "confirmation", version => new { version })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(World.Sun, id, "confirmation", version => new { version })).StatusCode);
        Assert.Equal(RiskState.Proposed, (await StateAsync(id)).State);
        Assert.Equal(HttpStatusCode.Redirect, (await qian.SubmitAsync($"/risks/{id}", new { Decide__Note = "先停机" }, "Confirm", "#acts form")).StatusCode);
        Assert.Equal((RiskState.Assessed, RiskLevel.Red), await StateAsync(id));
        Assert.DoesNotContain("确认风险级别：红色要另一位领导", (await qian.ReadAsync("/todo")).Body!.TextContent);
    }

    [Fact]
    public async Task An_owner_or_a_confirmer_whose_time_is_over_is_refused_and_the_review_comes_to_who_may_assess()
    {
        await using var own = await TestApp.StartAsync();
        var world = own.World;
        var (id, sun) = (Guid.CreateVersion7(), await own.ProgramOf(world.Sun));
        object Named(Person owner) => new { title = "责任人离岗", scenario = "清煤时被卷入", unitId = world.Equipment.Id, place = "", accidentType = "", ownerId = owner.Id };
        Assert.Equal(HttpStatusCode.Created, (await sun.CallAsync(HttpMethod.Post, "/api/v1/risks", new { id, kind = "safety", facts = Named(world.Liu), sessionId = (Guid?)null })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/assessment", new { version = 1, method = "lec", values = new[] { 1m, 6m, 15m }, note = "" })).StatusCode);
        await own.InDatabase(db => db.People.Where(person => person.Id == world.Liu.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.LeftOn, own.Clock.Today())));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/facts", new { version = 2, facts = Named(world.Liu) })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/measures",
            new { version = 2, id = Guid.CreateVersion7(), title = "补齐拉绳", ownerId = world.Liu.Id, dueOn = $"{own.Clock.Today().AddDays(9):yyyy-MM-dd}" })).StatusCode);
        await own.InDatabase(db => db.Appointments.Where(held => held.PersonId == world.Qian.Id).ExecuteUpdateAsync(set => set.SetProperty(held => held.To, own.Clock.Today().AddDays(-1))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/assessment", new { version = 2, method = "lec", values = new[] { 3m, 6m, 40m }, note = "新情况", confirmerId = world.Qian.Id })).StatusCode);
        own.Clock.Pass(TimeSpan.FromDays(181));
        Assert.Contains("超期 1 天", (await (await own.SignInAs(world.Sun)).ReadAsync("/todo")).Body!.TextContent);
        Assert.Contains("已离岗", (await (await own.SignInAs(world.Sun)).ReadAsync($"/risks/{id}")).Body!.TextContent);
        Assert.DoesNotContain("责任人离岗", (await (await own.SignInAs(world.He)).ReadAsync("/todo")).Body!.TextContent);
    }

    [Fact]
    public async Task Sent_twice_is_stored_once_and_a_stale_version_is_refused()
    {
        var (id, measure) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Created, (await CallAsync(World.Sun, "/api/v1/risks", new { id, kind = "safety", facts = Facts("发了两次") })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Li, "/api/v1/risks", new { id, kind = "safety", facts = Facts("别人的编号") })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AssessAsync(World.Sun, id, [1, 6, 15])).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(World.Sun, $"/api/v1/risks/{id}/assessment", new { version = 1, method = "lec", values = new[] { 1m, 6m, 7m }, note = "旧的" })).StatusCode);
        var version = await VersionAsync(id);
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Sun, $"/api/v1/risks/{id}/measures", new { version, id = measure, title = "补齐拉绳", ownerId = World.Liu.Id, dueOn = $"{app.Clock.Today().AddDays(9):yyyy-MM-dd}" })).StatusCode);
        Assert.Equal(1, await app.InDatabase(db => db.Tasks.CountAsync(task => task.Id == measure)));
        Assert.Equal(1, await app.InDatabase(db => db.Links.CountAsync(link => link.FromId == id)));
    }

    [Fact]
    public async Task Bad_input_and_the_wrong_role_are_told_so()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Zhang, "/api/v1/risks", new { id = Guid.CreateVersion7(), kind = "safety", facts = Facts("无权") })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Wu, "/api/v1/risks", new { id = Guid.CreateVersion7(), kind = "safety", facts = Facts("别的部门") })).StatusCode);
        var id = await IdentifyAsync(World.Sun, "量表上没有的分值");
        Assert.Contains("没有 2 这一档", await (await AssessAsync(World.Sun, id, [2, 6, 15])).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(World.Sun, $"/api/v1/risks/{id}/assessment", new { version = 1, method = "guess", values = new[] { 1m } })).StatusCode);
        var page = await app.SignInAs(World.Sun);
        var again = await page.SubmitAsync($"/risks/{id}", new { Lec__P0 = "3", Lec__P1 = "", Lec__P2 = "15", Lec__Note = "写好的理由" }, "Lec", "#acts form:has([name='Lec.P0'])");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal("写好的理由", (await again.PageAsync()).QuerySelector("[name='Lec.Note']")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.GetAsync("/api/v1/risks?after=x")).StatusCode);
    }

    [Fact]
    public async Task Each_sees_the_risks_of_his_scope_business_ones_by_right_and_other_companies_nothing()
    {
        var (safety, business) = (await IdentifyAsync(World.Sun, "设备部的安全风险"), await IdentifyAsync(World.Zhao, "煤价上涨", World.Plant, kind: "business"));
        async Task<HttpStatusCode> Reads(Person person, Guid id) => (await (await app.ProgramOf(person)).GetAsync($"/api/v1/risks/{id}")).StatusCode;
        Assert.Equal(HttpStatusCode.OK, await Reads(World.Li, safety));
        Assert.Equal(HttpStatusCode.NotFound, await Reads(World.Zhang, safety));
        Assert.Equal(HttpStatusCode.OK, await Reads(World.Qian, business));
        // 孙丽 sees every safety risk of the plant and no business risk.
        Assert.Equal(HttpStatusCode.NotFound, await Reads(World.Sun, business));
        foreach (var url in new[] { "/risks", "/risks/print", "/risks/print?kind=Business", "/api/v1/risks?kind=business" })
            Assert.DoesNotContain("煤价上涨", await (await (await app.SignInAs(World.Sun)).GetAsync(url)).Content.ReadAsStringAsync());
        Assert.DoesNotContain("煤价上涨", (await (await app.SignInAs(World.Zhao)).ReadAsync("/risks/print")).Body!.TextContent);
        Assert.Contains("煤价上涨", (await (await app.SignInAs(World.Zhao)).ReadAsync("/risks/print?kind=Business")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Sun, "/api/v1/risks", new { id = Guid.CreateVersion7(), kind = "business", facts = Facts("无权的经营风险") })).StatusCode);
        await app.InDatabase(async db =>
        {
            var company = new Unit(UnitKind.Company, "90", "别的公司", null);
            db.AddRange(company, new NodeClosure { AncestorId = company.Id, DescendantId = company.Id }, Risk.Identify(Guid.CreateVersion7(), company.Id, RiskKind.Safety, new("别的公司的风险", "情形", company.Id, null, "", "", null), null, app.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        Assert.DoesNotContain("别的公司的风险", await (await (await app.ProgramOf(World.Zhao)).GetAsync("/api/v1/risks?limit=200")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_list_goes_from_red_to_blue_page_by_page()
    {
        await using var own = await TestApp.StartAsync();
        var sun = await own.ProgramOf(own.World.Sun);
        decimal[][] points = [[1, 6, 15], [1, 6, 40], [0.5m, 6, 7], [1, 6, 40]];
        foreach (var values in points)
        {
            var id = Guid.CreateVersion7();
            await sun.CallAsync(HttpMethod.Post, "/api/v1/risks", new { id, kind = "safety", facts = new { title = $"风险 {values[2]}", scenario = "情形", unitId = own.World.Equipment.Id } });
            await sun.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/assessment", new { version = 1, method = "lec", values });
            own.Clock.Pass(TimeSpan.FromSeconds(1));
        }
        var (levels, next) = (new List<string>(), "");
        do
        {
            var page = await (await sun.GetAsync($"/api/v1/risks?limit=1&after={Uri.EscapeDataString(next)}")).JsonAsync();
            levels.AddRange(page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("level").GetString()!));
            next = page.TryGetProperty("next", out var at) ? at.GetString() ?? "" : "";
        } while (next != "");
        Assert.Equal(["orange", "orange", "yellow", "blue"], levels);
        Assert.InRange(await (await own.SignInAs(own.World.Sun)).CountRoundTripsAsync("/risks"), 1, 8);
    }

    [Fact]
    public async Task The_default_register_is_a_start_without_ratings_loaded_once()
    {
        await using var own = await TestApp.StartAsync();
        var sun = await own.SignInAs(own.World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/risks", handler: "Load", form: "form[method=post]:has([formaction*=Load])")).StatusCode);
        Assert.Equal((30, 0), await own.InDatabase(async db => (await db.Risks.CountAsync(), await db.Set<RiskAssessment>().CountAsync())));
        Assert.Null((await sun.ReadAsync("/risks")).QuerySelector("[formaction*=Load]"));
        var again = await (await own.ProgramOf(own.World.Sun)).CallAsync(HttpMethod.Post, "/api/v1/risks/defaults", new { });
        Assert.Equal(0, (await again.JsonAsync()).GetProperty("added").GetInt32());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await own.ProgramOf(own.World.Wu)).CallAsync(HttpMethod.Post, "/api/v1/risks/defaults", new { })).StatusCode);
        var id = await own.InDatabase(db => db.Risks.Where(risk => risk.ContentId == "RK-06").Select(risk => risk.Id).SingleAsync());
        var page = (await sun.ReadAsync($"/risks/{id}")).Body!.TextContent;
        Assert.Contains("示例取值只供对照", page);
        Assert.Contains("未评级", page);
    }

    [Fact]
    public async Task Rules_change_in_editions_and_earlier_ratings_keep_theirs()
    {
        await using var own = await TestApp.StartAsync();
        var sun = await own.SignInAs(own.World.Sun);
        Assert.Contains("作业条件危险性评价法", (await sun.ReadAsync("/risks/rules")).Body!.TextContent);
        var (id, api) = (Guid.CreateVersion7(), await own.ProgramOf(own.World.Sun));
        await api.CallAsync(HttpMethod.Post, "/api/v1/risks", new { id, kind = "safety", facts = new { title = "按旧规则评", scenario = "情形", unitId = own.World.Equipment.Id } });
        await api.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/assessment", new { version = 1, method = "lec", values = new[] { 1m, 6m, 15m } });
        var bands = new { Form__LecBands = "红 ≥ 320\n橙 ≥ 80\n黄 ≥ 40", Form__LecL = "10 完全可预料\n1 有可能", Form__Reason = "按公司办法" };
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/risks/rules", bands, form: "form:has([name='Form.LecL'])")).StatusCode);
        var page = (await sun.ReadAsync("/risks/rules")).Body!.TextContent;
        Assert.Contains("第 1 版：按公司办法", page);
        Assert.Contains("本单位调整过", page);
        Assert.Equal(HttpStatusCode.Conflict, (await sun.PostAsync("/risks/rules", new { number = "0", Form__LecL = "10\n1", Form__LecE = "10\n1", Form__LecC = "100\n1", Form__LecBands = "红 ≥ 320\n橙 ≥ 80\n黄 ≥ 40", Form__MatrixL = "5\n1", Form__MatrixS = "5\n1", Form__MatrixBands = "红 ≥ 20\n橙 ≥ 15\n黄 ≥ 9", Form__Days = "红 30\n橙 90\n黄 180\n蓝 365", Form__Reason = "晚了一步" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await own.SignInAs(own.World.Wu)).PostAsync("/risks/rules", new { number = "1", Form__LecL = "10\n1", Form__LecE = "10\n1", Form__LecC = "100\n1", Form__LecBands = "红 ≥ 320\n橙 ≥ 80\n黄 ≥ 40", Form__MatrixL = "5\n1", Form__MatrixS = "5\n1", Form__MatrixBands = "红 ≥ 20\n橙 ≥ 15\n黄 ≥ 9", Form__Days = "红 30\n橙 90\n黄 180\n蓝 365", Form__Reason = "无权" })).StatusCode);
        Assert.Equal("yellow", (await (await api.GetAsync($"/api/v1/risks/{id}")).JsonAsync()).GetProperty("row").GetProperty("level").GetString());
        own.Clock.Pass(TimeSpan.FromMinutes(1));
        await api.CallAsync(HttpMethod.Post, $"/api/v1/risks/{id}/assessment", new { version = 2, method = "lec", values = new[] { 1m, 6m, 15m }, note = "按新规则" });
        var made = (await (await api.GetAsync($"/api/v1/risks/{id}")).JsonAsync()).GetProperty("assessments");
        Assert.Equal([("orange", 1, "L=1 有可能"), ("yellow", 0, "L=1 可能性小")], made.EnumerateArray().Select(one => (one.GetProperty("level").GetString(), one.GetProperty("rulesNumber").GetInt32(), one.GetProperty("points").GetString()!.Split('，')[0])));
    }

    [Fact]
    public async Task A_session_keeps_what_was_known_and_ends_when_everything_is_in_good_hands()
    {
        await using var own = await TestApp.StartAsync();
        var world = own.World;
        var finding = await own.ReportAsync(world.Zhang, "会前的隐患", world.CoalFeeder.Id);
        await own.AssignAsync(finding);
        own.Clock.Pass(TimeSpan.FromDays(26));
        var (today, api) = (own.Clock.Today(), await own.ProgramOf(world.Qian));
        async Task<HttpResponseMessage> Act(Guid session, string act, object body) => await api.CallAsync(HttpMethod.Post, $"/api/v1/risk-sessions/{session}/{act}", body);
        Task<int> Version(Guid session) => own.InDatabase(db => db.RiskSessions.Where(one => one.Id == session).Select(one => one.Version).SingleAsync());
        var (id, risk) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        object plan = new { id, kind = "safety", title = "四季度安全风险研判", nodeId = world.Committee.Id, from = "2026-10-01", to = "2026-12-31", on = $"{today:yyyy-MM-dd}", chairId = world.Qian.Id, invitedIds = new[] { world.Zhao.Id, world.Zhang.Id } };
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Created, (await api.CallAsync(HttpMethod.Post, "/api/v1/risk-sessions", plan)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await own.ProgramOf(world.Zhang)).CallAsync(HttpMethod.Post, "/api/v1/risk-sessions", plan)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await own.ProgramOf(world.Liu)).GetAsync($"/api/v1/risk-sessions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await own.ProgramOf(world.Zhang)).GetAsync($"/api/v1/risk-sessions/{id}")).StatusCode);
        await own.FollowAsync();
        Assert.Equal(2, await own.InDatabase(db => db.Notices.CountAsync(notice => notice.Href == $"/risk-sessions/{id}")));

        // A risk that somebody who was invited brings up stands on the list at once; another is taken from the register.
        Assert.Equal(HttpStatusCode.Created, (await (await own.ProgramOf(world.Zhao)).CallAsync(HttpMethod.Post, "/api/v1/risks", new { id = risk, kind = "safety", facts = new { title = "会上提出的风险", scenario = "情形", unitId = world.Equipment.Id }, sessionId = id })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Act(id, "opening", new { version = 1, presentIds = new[] { world.Qian.Id, world.Zhao.Id } })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Act(id, "opening", new { version = await Version(id), presentIds = new[] { world.Qian.Id } })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Act(id, "opening", new { version = await Version(id), presentIds = new[] { world.Qian.Id, world.Zhao.Id } })).StatusCode);

        async Task<System.Text.Json.JsonElement> Inputs() => (await (await api.GetAsync($"/api/v1/risk-sessions/{id}")).JsonAsync()).GetProperty("inputs");
        var known = await Inputs();
        Assert.Equal((1, 1, 1), (known.GetProperty("openFindings").GetInt32(), known.GetProperty("overdueCount").GetInt32(), known.GetProperty("news").GetProperty("findingsReported").GetInt32()));
        Assert.Contains("会前的隐患", known.GetProperty("overdue")[0].GetProperty("description").GetString());
        Assert.Contains(known.GetProperty("seasons").EnumerateArray(), season => season.GetProperty("name").GetString() == "迎峰度冬与防寒防冻");

        // What happens later is not what was known.
        await own.ReportAsync(world.Zhang, "会后的隐患", world.CoalFeeder.Id);
        Assert.Equal(known.GetRawText(), (await Inputs()).GetRawText());

        Assert.Contains("还没有在这次会上评级", await (await Act(id, "closure", new { version = await Version(id), note = "结论" })).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync(HttpMethod.Post, $"/api/v1/risks/{risk}/assessment", new { version = 1, method = "matrix", values = new[] { 3m, 5m }, note = "" })).StatusCode);
        Assert.Contains("还没有措施", await (await Act(id, "closure", new { version = await Version(id), note = "结论" })).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync(HttpMethod.Post, $"/api/v1/risks/{risk}/measures", new { version = 2, id = Guid.CreateVersion7(), title = "补齐拉绳", ownerId = world.Liu.Id, dueOn = $"{today.AddDays(9):yyyy-MM-dd}" })).StatusCode);
        var problem = Guid.CreateVersion7();
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, (await Act(id, "findings", new { id = problem, description = "煤仓入口没有上锁", placeId = world.CoalFeeder.Id })).StatusCode);
        var number = await own.InDatabase(db => db.Findings.Where(one => one.Id == problem && one.Source == Ronghe.Findings.FindingSource.RiskSession).Select(one => one.Number).SingleAsync());
        Assert.Contains(number, await (await Act(id, "closure", new { version = await Version(id), note = "结论" })).Content.ReadAsStringAsync());
        await own.AssignAsync(problem);
        await own.InDatabase(db => db.People.Where(person => person.Id == world.Liu.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.LeftOn, today)));
        Assert.Contains("责任人已离岗", await (await Act(id, "closure", new { version = await Version(id), note = "结论" })).Content.ReadAsStringAsync());
        await own.InDatabase(db => db.People.Where(person => person.Id == world.Liu.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.LeftOn, (DateOnly?)null)));

        async Task<bool> IsDutyMet() => (await own.AsAsync(world.Qian, services => services.GetRequiredService<DutyWeek>().OfMineAsync())).Single(due => due.Duty.Code == "DU-32" && due.Period.Holds(today)).IsMet;
        Assert.False(await IsDutyMet());
        Assert.Equal(HttpStatusCode.OK, (await Act(id, "closure", new { version = await Version(id), note = "盯住输煤" })).StatusCode);
        Assert.True(await IsDutyMet());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Act(id, "cancellation", new { version = await Version(id), note = "不开了" })).StatusCode);
        Assert.NotNull((await (await own.SignInAs(world.Sun)).ReadAsync($"/findings/{problem}")).QuerySelector($"a[href='/risk-sessions/{id}']"));
    }

    [Fact]
    public async Task A_session_over_its_pages_and_what_does_not_belong_to_it_is_refused()
    {
        var wu = await app.SignInAs(World.Wu);
        var planned = await wu.SubmitAsync("/risk-sessions/new", new { Form__Title = "发电一部研判", Form__NodeId = World.Operations.Id, Form__Invited0 = World.Wang.Id });
        Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);
        var address = planned.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await wu.SubmitAsync("/risk-sessions/new", new { Form__Title = "别的部门", Form__NodeId = World.Equipment.Id })).StatusCode);
        var (mine, others) = (await IdentifyAsync(World.Wu, "给水泵房积水", World.Operations), await IdentifyAsync(World.Sun, "设备部的", World.Equipment));
        var session = Guid.Parse(address.Split('/')[2]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Wu, $"/api/v1/risk-sessions/{session}/risks", new { version = 1, riskIds = new[] { others } })).StatusCode);
        var page = await wu.ReadAsync(address);
        Assert.NotNull(page.QuerySelector($"input[name=risks][value='{mine}']"));
        Assert.Null(page.QuerySelector($"input[name=risks][value='{others}']"));
        Assert.Equal(HttpStatusCode.Redirect, (await wu.PostAsync($"{address}?handler=Take", new { version = 1, risks = mine })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.PostAsync($"{address}?handler=Drop", new { version = 2, risk = mine })).StatusCode);
        Assert.Contains("召开研判会：发电一部研判", (await wu.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(World.Wang)).PostAsync($"{address}?handler=Cancel", new { version = 3, note = "不开了" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync(address, new { note = "并入月度例会" }, "Cancel", "form:has([name=note])")).StatusCode);
        Assert.Contains("并入月度例会", (await wu.ReadAsync(address)).Body!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(World.He)).GetAsync(address)).StatusCode);
    }
}
