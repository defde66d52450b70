using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Work;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Inspections;

/// <summary>What an inspection brings with it: photos, answers saved one by one, notices, my work, explanations, and who may not write.</summary>
public class InspectionFlowTests : IAsyncLifetime
{
    /// <summary>A PNG of 4 × 2 pixels.</summary>
    static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGNomLAAjhiQOQCumg2BxxWmdQAAAABJRU5ErkJggg==");

    TestApp app = null!;
    World World => app.World;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db => { await ChecklistPack.LoadAsync(db, Program.ContentFolder); return true; });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<Guid> PlanAsync(Person by, InspectionKind kind, Guid? unit, Person lead, string? checklist = null, params Person[] members)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(by, services => services.GetRequiredService<InspectionActions>()
            .PlanAsync(id, new(kind, kind.Title(), unit, null, lead.Id, new(2026, 11, 20), [.. members.Select(member => new TeamMember(member.Id, TeamRole.Backbone))]), checklist));
        return id;
    }

    Task Do(Person person, Func<InspectionActions, Task> act) => app.AsAsync(person, services => act(services.GetRequiredService<InspectionActions>()));

    Task<int> VersionOf(Guid id) => app.InDatabase(db => db.Inspections.Where(i => i.Id == id).Select(i => i.Version).SingleAsync());

    async Task<Guid> FindAsync(Person person, Guid inspection, string what = "围栏缺一段")
    {
        var finding = Guid.CreateVersion7();
        await Do(person, actions => actions.ReportAsync(inspection, new(finding, null, what, null, "现场", false), []));
        return finding;
    }

    Task<IReadOnlyList<WaitingLine>> WorkOf(Person person) => app.AsAsync(person, services => services.GetRequiredService<Waiting>().ListAsync());

    async Task<string[]> ToldAsync(Person person)
    {
        await app.FollowAsync();
        return await app.InDatabase(db => db.Notices.Where(notice => notice.PersonId == person.Id).OrderBy(notice => notice.At).Select(notice => notice.Kind).ToArrayAsync());
    }

    static MultipartFormDataContent Photo(byte[] content, string field = "photos", params (string Name, string Value)[] fields)
    {
        var part = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var form = new MultipartFormDataContent { { part, field, "现场.png" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    [Fact]
    public async Task A_photo_item_takes_photos_that_are_made_anew_and_only_the_inspections_readers_see_them()
    {
        if (!await PhotoSandbox.IsAvailableAsync()) return;
        var id = await PlanAsync(World.Sun, InspectionKind.Special, World.Equipment.Id, World.Sun, "CK08");
        await Do(World.Sun, actions => actions.StartAsync(id, 1));
        var item = (await app.AsAsync(World.Sun, services => services.GetRequiredService<InspectionQueries>().DetailAsync(id))).Lines.First(line => line.Item.Kind == ChecklistItemKind.Photo).Item.Id;
        var sun = await app.ProgramOf(World.Sun);
        Task<HttpResponseMessage> Send(Visitor visitor, string to, byte[] content) => visitor.SendAsync(new(HttpMethod.Post, $"/api/v1/inspections/{id}/items/{to}/photos") { Content = Photo(content) });
        Assert.Equal(HttpStatusCode.OK, (await Send(sun, item, Picture)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(sun, item, "no picture"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(sun, "CK08-01", Picture)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(sun, "CK99-01", Picture)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(await app.ProgramOf(World.Li), item, Picture)).StatusCode);

        var photo = Assert.Single(await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).SelectMany(i => i.Photos).ToListAsync()));
        var page = await (await app.SignInAs(World.Sun)).ReadAsync($"/inspections/{id}");
        Assert.NotNull(page.QuerySelector($"li[data-step='{item}'] img[src='/files/{photo.FileId}/thumb']"));
        Assert.Equal("image/jpeg", (await (await app.SignInAs(World.Li)).GetAsync($"/files/{photo.FileId}")).Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(World.Zhang)).GetAsync($"/files/{photo.FileId}")).StatusCode);
        // Sent again because its answer got lost: it stands there once.
        Assert.Equal(HttpStatusCode.OK, (await Send(sun, item, Picture)).StatusCode);
        Assert.Single(await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).SelectMany(i => i.Photos).ToListAsync()));
        Assert.Equal(1, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == id && row.Event == "inspection.photographed")));
    }

    [Fact]
    public async Task Answers_are_saved_one_by_one_and_two_people_do_not_put_each_other_out()
    {
        var id = await PlanAsync(World.Sun, InspectionKind.Special, World.Equipment.Id, World.Sun, "CK16", World.Liu);
        await Do(World.Sun, actions => actions.StartAsync(id, 1));
        var (sun, liu) = (await app.SignInAs(World.Sun), await app.SignInAs(World.Liu));
        async Task<HttpResponseMessage> Save(Visitor visitor, string item, string verdict) => await visitor.PostAsync($"/inspections/{id}?handler=Answer",
            (object)new Dictionary<string, string> { ["replies[0].ItemId"] = item, ["replies[0].Verdict"] = verdict });
        var saved = await Save(sun, "CK16-01", "No");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var step = (await saved.PageAsync()).QuerySelector("li[data-step='CK16-01']")!;
        Assert.Equal(("3", "9"), (step.GetAttribute("data-version"), step.GetAttribute("data-unanswered")));
        Assert.Contains("fault", step.ClassName);
        Assert.Equal(HttpStatusCode.OK, (await Save(liu, "CK16-02", "Yes")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save(liu, "CK99-02", "Yes")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Save(await app.SignInAs(World.Li), "CK16-02", "Yes")).StatusCode);
        var answers = await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).SelectMany(i => i.Answers).ToListAsync());
        Assert.Equal([("CK16-01", Verdict.No), ("CK16-02", Verdict.Yes)], answers.OrderBy(answer => answer.ItemId).Select(answer => (answer.ItemId, answer.Verdict!.Value)));
    }

    [Fact]
    public async Task Each_one_concerned_is_told_and_has_a_line_of_work_until_it_is_done()
    {
        var id = await PlanAsync(World.Qian, InspectionKind.SpotCheck, null, World.Zhou, null, World.Wang);
        Assert.Equal(["inspection.team"], await ToldAsync(World.Zhou));
        Assert.Equal(["inspection.team"], await ToldAsync(World.Wang));
        Assert.Contains("开始检查", Assert.Single(await WorkOf(World.Zhou)).Title);
        await app.AsAsync(World.Zhou, services => services.GetRequiredService<SpotChecks>().DrawAsync(id, 1));
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"update spot_check_draws set unit_id = {World.Equipment.Id}"), asOwner: true);
        await Do(World.Zhou, actions => actions.StartAsync(id, 1));
        Assert.Contains("填写并结束", Assert.Single(await WorkOf(World.Zhou)).Title);
        Assert.Contains("填写并结束", Assert.Single(await WorkOf(World.Wang)).Title);
        var finding = await FindAsync(World.Wang, id);
        await FindAsync(World.Wang, id, "灭火器过期");
        Assert.Equal(["inspection.to-explain"], (await ToldAsync(World.Li)).Where(kind => kind.StartsWith("inspection", StringComparison.Ordinal)));
        Assert.Contains(await WorkOf(World.Li), line => line.Title.StartsWith("说清楚", StringComparison.Ordinal));
        await Do(World.Zhou, async actions => await actions.FinishAsync(id, await VersionOf(id), "查了两处"));

        var words = new ExplanationWords("缺围栏", "拆了没装", "锅炉专业", "补上", new(2026, 11, 25));
        await Do(World.Li, async actions => await actions.ExplainAsync(id, await VersionOf(id), finding, words));
        Assert.Contains("inspection.to-hear", await ToldAsync(World.Zhou));
        Assert.Contains("听取说明", Assert.Single(await WorkOf(World.Zhou)).Title);
        async Task<Guid> Last() => await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).SelectMany(i => i.Explanations).OrderByDescending(one => one.At).Select(one => one.Id).FirstAsync());
        await Do(World.Zhou, async actions => await actions.HearAsync(id, await VersionOf(id), await Last(), accepted: false, "谁验收没有说"));
        Assert.Contains("inspection.heard", await ToldAsync(World.Li));
        app.Clock.Pass(TimeSpan.FromMinutes(1));
        foreach (var problem in await app.InDatabase(db => db.Findings.Select(f => f.Id).ToListAsync()))
        {
            await Do(World.Li, async actions => await actions.ExplainAsync(id, await VersionOf(id), problem, words));
            await Do(World.Zhou, async actions => await actions.HearAsync(id, await VersionOf(id), await Last(), accepted: true, ""));
            Assert.Empty(await WorkOf(World.Zhou));
            await app.AssignAsync(problem);
            app.Clock.Pass(TimeSpan.FromMinutes(1));
        }
        Assert.DoesNotContain(await WorkOf(World.Li), line => line.Title.StartsWith("说清楚", StringComparison.Ordinal));
        Assert.Contains("关闭检查", Assert.Single(await WorkOf(World.Zhou)).Title);
        await Do(World.Zhou, async actions => await actions.CloseAsync(id, await VersionOf(id)));
        Assert.Empty(await WorkOf(World.Zhou));
    }

    [Fact]
    public async Task What_waits_too_long_is_said_once_a_week_on_workdays()
    {
        var id = await PlanAsync(World.Sun, InspectionKind.Special, World.Equipment.Id, World.Li);
        Task Remind() => app.AsAsync(World.Sun, services => services.GetRequiredService<InspectionNotices>().RemindAsync());
        async Task<int> Late() => (await ToldAsync(World.Li)).Count(kind => kind == "inspection.late");
        await Remind();
        Assert.Equal(0, await Late());
        app.Clock.Pass(TimeSpan.FromDays(10));
        await Remind();
        await Remind();
        Assert.Equal(1, await Late());
        await Do(World.Li, actions => actions.StartAsync(id, 1));
        await Do(World.Li, actions => actions.FinishAsync(id, 2, "都好"));
        app.Clock.Pass(TimeSpan.FromDays(14));
        await Remind();
        Assert.Equal(2, await Late());
        app.Clock.Pass(TimeSpan.FromDays(1));
        await Do(World.Li, actions => actions.CloseAsync(id, 3));
        app.Clock.Pass(TimeSpan.FromDays(7));
        await Remind();
        Assert.Equal(2, await Late());
    }

    [Fact]
    public async Task On_its_page_a_problem_is_explained_said_again_from_what_was_said_and_accepted()
    {
        var id = await PlanAsync(World.Zhou, InspectionKind.Campaign, World.Operations.Id, World.Zhou);
        await Do(World.Zhou, actions => actions.StartAsync(id, 1));
        var finding = await FindAsync(World.Zhou, id);
        var (wu, zhou) = (await app.SignInAs(World.Wu), await app.SignInAs(World.Zhou));
        var page = $"/inspections/{id}/explanation?finding={finding}";
        Assert.NotNull((await wu.ReadAsync($"/inspections/{id}")).QuerySelector($"a[href='{page}']"));
        Assert.Null((await zhou.ReadAsync(page)).QuerySelector("main form"));
        var refused = await wu.SubmitAsync(page, new { Words__Why = "拆了没装", Words__Duty = "", Words__Measure = "补上", Words__DueOn = "2026-11-25" }, "Explain");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("拆了没装", (await refused.PageAsync()).QuerySelector("textarea[name='Words.Why']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync(page, new { Words__Why = "拆了没装", Words__Duty = "运行一值", Words__Measure = "补上", Words__DueOn = "2026-11-25" }, "Explain")).StatusCode);
        var button = (await zhou.ReadAsync(page)).QuerySelector("button[formaction*=Repeat]")!.GetAttribute("formaction")!;
        Assert.Contains($"finding={finding}", button);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync(page, new { Note = "谁验收没有说" }, "Repeat")).StatusCode);
        var again = await wu.ReadAsync(page);
        Assert.Contains("谁验收没有说", again.QuerySelector("main")!.TextContent);
        Assert.Contains("拆了没装", again.QuerySelector("textarea[name='Words.Why']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync(page, new { Words__Measure = "补上，安监验收" }, "Explain")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync(page, new { Note = "" }, "Accept")).StatusCode);
        Assert.Contains("已说清楚", (await wu.ReadAsync($"/inspections/{id}")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(World.Liu)).GetAsync(page)).StatusCode);
    }

    public static TheoryData<InspectionKind> Kinds => [.. Enum.GetValues<InspectionKind>().Where(kind => kind != InspectionKind.ZoneRound)];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_every_kind_a_finding_names_where_it_was_found_and_the_check_closes_only_in_good_hands(InspectionKind kind)
    {
        var (by, lead) = kind switch
        {
            InspectionKind.SpotCheck => (World.Qian, World.Zhou), InspectionKind.WorkerPatrol => (World.Guo, World.Guo), InspectionKind.Campaign => (World.Zhou, World.Zhou), _ => (World.Sun, World.Sun),
        };
        var unit = kind == InspectionKind.Campaign ? World.Operations.Id : World.Equipment.Id;
        var id = await PlanAsync(by, kind, kind == InspectionKind.SpotCheck ? null : unit, lead);
        if (kind == InspectionKind.SpotCheck) await app.AsAsync(lead, services => services.GetRequiredService<SpotChecks>().DrawAsync(id, 1));
        await Do(lead, actions => actions.StartAsync(id, 1));
        var finding = await FindAsync(lead, id);
        Assert.Equal(kind.Source(), await app.InDatabase(db => db.Findings.Select(f => f.Source).SingleAsync()));
        var page = await (await app.SignInAs(lead)).ReadAsync($"/findings/{finding}");
        Assert.NotNull(page.QuerySelector($"main a[href='/inspections/{id}']"));
        Assert.Contains(kind.Source().Title(), page.QuerySelector("main")!.TextContent);
        await Do(lead, async actions => await actions.FinishAsync(id, await VersionOf(id), "查了"));
        async Task<Refusal?> Close() => (Refusal?)await Record.ExceptionAsync(() => Do(lead, async actions => await actions.CloseAsync(id, await VersionOf(id))));
        Assert.Contains("还没有落实责任人和期限", (await Close())!.Message);
        await app.AssignAsync(finding);
        if (kind == InspectionKind.SpotCheck)
        {
            Assert.Contains("还没有说清楚", (await Close())!.Message);
            var head = await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).Select(i => i.UnitId).SingleAsync()) == World.Equipment.Id ? World.Li : null;
            if (head is null) return;
            await Do(head, async actions => await actions.ExplainAsync(id, await VersionOf(id), finding, new("缺", "没看", "班长", "补", new(2026, 11, 25))));
            var said = await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).SelectMany(i => i.Explanations).Select(one => one.Id).SingleAsync());
            await Do(lead, async actions => await actions.HearAsync(id, await VersionOf(id), said, accepted: true, ""));
        }
        Assert.Null(await Close());
        Assert.Equal(InspectionStatus.Closed, await app.InDatabase(db => db.Inspections.Select(i => i.Status).SingleAsync()));
    }

    [Fact]
    public async Task A_patrol_over_the_safety_department_is_out_of_its_hands_from_the_first_verb_to_the_last()
    {
        var id = await PlanAsync(World.Guo, InspectionKind.WorkerPatrol, World.Safety.Id, World.Guo, null, World.Zhang);
        await Do(World.Guo, actions => actions.StartAsync(id, 1));
        var finding = await FindAsync(World.Guo, id, "隐患台账三个月没有更新");
        var sun = await app.SignInAs(World.Sun);
        Task<HttpResponseMessage> Call(string act, object body) => sun.CallAsync(HttpMethod.Post, $"/api/v1/findings/{finding}/{act}", body);
        async Task<int> Version() => (await app.StateOf(finding)).Version;
        async Task RefusedAsync(FindingStatus status)
        {
            Assert.Equal(status, (await app.StateOf(finding)).Status);
            var version = await Version();
            foreach (var (act, body) in (List<(string, object)>)
            [
                ("grading", new { version, grade = "general" }), ("rejection", new { version, reason = "不算" }), ("merger", new { version, intoId = finding, reason = "一样" }), ("return", new { version, reason = "再改" }),
                ("extension", new { version, until = "2026-12-30", reason = "忙" }), ("escalation", new { version, reason = "急" }), ("supervision", new { version, reason = "急" }), ("verification", new { version, note = "好" }),
                ("closure", new { version, note = "好" }), ("recheck", new { version, held = true, note = "好" }),
                ("assignment", new { version, personId = World.Liu.Id, dueOn = "2026-11-30", unitId = World.BoilerCrew.Id, duty = "", standard = "更新", measure = "补录" }),
            ])
            {
                var answer = await Call(act, body);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{act} in {status}: {answer.StatusCode}");
            }
            Assert.Equal((status, version), ((await app.StateOf(finding)).Status, await Version()));
            Assert.DoesNotContain((await sun.ReadAsync($"/findings/{finding}")).QuerySelectorAll("main button[formaction*=handler]"), button => button.GetAttribute("formaction")!.Contains("Close", StringComparison.Ordinal));
        }
        await RefusedAsync(FindingStatus.Reported);
        await app.ActAsync(World.Zhao, finding, (actions, version) => actions.GradeAndAssignAsync(finding, version, new Grading(FindingGrade.General, null, ""),
            new FivePoints(World.Sun.Id, new(2026, 12, 10), World.Safety.Id, "", "台账齐全", "补录"), null));
        await RefusedAsync(FindingStatus.Assigned);
        // What the department may do is put it right.
        await app.ActAsync(World.Sun, finding, (actions, version) => actions.RectifyAsync(finding, version, "已补录", []));
        await RefusedAsync(FindingStatus.Rectified);
        Assert.Contains(await WorkOf(World.Guo), line => line.Title.StartsWith("复核", StringComparison.Ordinal));
        await app.ActAsync(World.Guo, finding, (actions, version) => actions.VerifyAsync(finding, version, "看过"));
        await RefusedAsync(FindingStatus.Verified);
        Assert.Contains(await WorkOf(World.Guo), line => line.Title.StartsWith("关闭", StringComparison.Ordinal));
        await app.ActAsync(World.Guo, finding, (actions, version) => actions.CloseAsync(finding, version, ""));
        await RefusedAsync(FindingStatus.Closed);
        Assert.DoesNotContain(await WorkOf(World.Sun), line => line.Href.Contains(finding.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_act_on_the_patrol_itself_is_open_to_the_department_in_any_state()
    {
        var id = await PlanAsync(World.Guo, InspectionKind.WorkerPatrol, World.Safety.Id, World.Guo, "CK16");
        var sun = await app.SignInAs(World.Sun);
        async Task RefusedAsync()
        {
            var (version, before) = (await VersionOf(id), await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == id)));
            foreach (var handler in new[] { "Draw", "Start", "Fill", "Answer", "Finish", "Close", "Cancel" })
            {
                var answer = await sun.PostAsync($"/inspections/{id}?handler={handler}", (object)new Dictionary<string, string> { ["version"] = $"{version}", ["note"] = "好", ["replies[0].ItemId"] = "CK16-01", ["replies[0].Verdict"] = "Yes" });
                Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{handler}: {answer.StatusCode}");
            }
            Assert.Equal(HttpStatusCode.Forbidden, (await sun.GetAsync($"/inspections/{id}/finding")).StatusCode);
            Assert.Equal((version, before), (await VersionOf(id), await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == id))));
        }
        await RefusedAsync();
        await Do(World.Guo, actions => actions.StartAsync(id, 1));
        await RefusedAsync();
        foreach (var line in (await app.AsAsync(World.Guo, services => services.GetRequiredService<InspectionQueries>().DetailAsync(id))).Lines)
            await Do(World.Guo, actions => actions.FillAsync(id, null, [new(line.Item.Id, Verdict.NotApplicable, null, "没有")]));
        await Do(World.Guo, async actions => await actions.FinishAsync(id, await VersionOf(id), "看了台账"));
        await RefusedAsync();
        await Do(World.Guo, async actions => await actions.CloseAsync(id, await VersionOf(id)));
        await RefusedAsync();
    }

    [Fact]
    public async Task The_supervision_group_and_the_environment_team_take_their_own_lists()
    {
        var sun = await app.SignInAs(World.Sun);
        foreach (var (kind, code) in new[] { (InspectionKind.Supervision, "CK15"), (InspectionKind.Environment, "CK13") })
        {
            var planned = await sun.SubmitAsync("/inspections/new", new { Form__Kind = kind, Form__Title = kind.Title(), Form__UnitId = World.Operations.Id, Form__LeadId = World.Sun.Id, Form__Member1 = World.Ma.Id, Form__Role1 = "Recorder" }, "Plan");
            Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);
            Assert.Contains($"{code} 第 1 版", (await sun.ReadAsync(planned.Headers.Location!.ToString())).QuerySelector("main")!.TextContent);
        }
    }
}
