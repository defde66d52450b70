using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.PartyLife.Meetings;
using Ronghe.Tasks;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.PartyLife.Meetings;

/// <summary>Meetings over HTTP: the way from plan to archive, who may, who sees, what is refused and in which words.</summary>
public class MeetingFlowTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;
    MeetingStory Story { get; } = new(app);

    [Fact]
    public async Task A_meeting_goes_from_the_form_to_the_archive_and_waits_where_it_must()
    {
        await Story.SeatAsync();
        var zhou = await app.SignInAs(World.Zhou);
        var planned = await zhou.SubmitAsync("/meetings/new?type=MembersMeeting", new { Form__Title = "页面上走一遍", Form__RecorderId = World.Chen.Id, Form__At = $"{Story.Now.AddHours(11):yyyy-MM-ddTHH:mm}" });
        Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);
        var id = await app.InDatabase(db => db.Meetings.Where(m => m.Title == "页面上走一遍").Select(m => m.Id).SingleAsync());
        var page = $"/meetings/{id}";
        Assert.Contains("应到 5 人", (await zhou.ReadAsync(page)).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync(page, new { despite = "true" }, "Announce", form: "#acts form:has([formaction*=Announce])")).StatusCode);
        var chen = await app.SignInAs(World.Chen);
        Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync($"{page}/people", new { state = "Present" }, "Rest", "form:has([formaction*=Rest])")).StatusCode);
        app.Clock.Pass(TimeSpan.FromHours(4));
        Assert.Contains("记录会议：页面上走一遍", (await chen.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync(page, new { from = $"{Story.Now.AddHours(8):yyyy-MM-ddTHH:mm}" }, "Hold", "#acts form:has([formaction*=Hold])")).StatusCode);
        var items = (await chen.ReadAsync(page)).QuerySelectorAll<IHtmlAnchorElement>("a[href*='/items/']").Select(a => a.GetAttribute("href")!).Distinct().ToList();
        Assert.Equal(7, items.Count);
        foreach (var item in items)
            Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync(item, new { Record__Outcome = "照办", Record__Dropped = "false" }, "Record", "form:has([formaction*=Record])")).StatusCode);
        var resolved = await chen.SubmitAsync(items[3], new { Resolve__Text = "给煤机加装振打", Resolve__OwnerId = World.Wang.Id, Resolve__DueOn = $"{Story.Now.AddDays(10):yyyy-MM-dd}" }, "Resolve", "form:has([formaction$=Resolve])");
        Assert.Equal(HttpStatusCode.Redirect, resolved.StatusCode);
        Assert.Contains("接办：给煤机加装振打", (await (await app.SignInAs(World.Wang)).ReadAsync("/todo")).Body!.TextContent);
        app.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync(page, new { note = "开得实" }, "Minute", "#acts form:has([formaction*=Minute])")).StatusCode);
        Assert.Contains("确认纪要：页面上走一遍", (await zhou.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync(page, handler: "Archive", form: "#acts form:has([formaction*=Archive])")).StatusCode);
        var minutes = (await zhou.ReadAsync($"{page}/minutes")).Body!.TextContent;
        foreach (var words in (string[])["给煤机加装振打", "王磊", "应到 5 人，实到 5 人", "开得实", "已归档"]) Assert.Contains(words, minutes);
        var events = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id && row.Event != "meeting.item-recorded").OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync());
        Assert.Equal(["meeting.planned", "meeting.announced", "meeting.attended", "meeting.held", "meeting.resolved", "meeting.minuted", "meeting.archived"], events);
    }

    [Fact]
    public async Task Everybody_on_the_list_is_told_once_and_of_a_change_again()
    {
        var id = await Story.PlanAsync("通知要到人");
        await Story.ActAsync(World.Zhou, id, "guests", new { people = new[] { World.Guo.Id } });
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        await Story.ActAsync(World.Zhou, id, "plan", new { plan = new { title = "通知要到人", at = Story.Now.AddHours(6), minutes = 60, place = "二楼", chairId = World.Zhou.Id, recorderId = World.Chen.Id } });
        await app.FollowAsync();
        var told = await app.InDatabase(db => db.Notices.Where(n => n.Href == $"/meetings/{id}").Select(n => new { n.PersonId, n.Kind }).ToListAsync());
        Guid[] invited = [World.Wu.Id, World.Wang.Id, World.Chen.Id, World.Zhang.Id, World.Guo.Id];
        foreach (var kind in (string[])["meeting.invited", "meeting.moved"]) Assert.Equal(invited.Order(), told.Where(n => n.Kind == kind).Select(n => n.PersonId).Order());
    }

    [Fact]
    public async Task Who_is_not_of_the_body_neither_plans_nor_sees_nor_writes()
    {
        var id = await Story.PlanAsync("外人看不到");
        foreach (var stranger in (Person[])[World.Li, World.Liu, World.Sun])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(stranger)).GetAsync($"/meetings/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await Story.SendAsync(stranger, id, "announcement", new { })).StatusCode);
            Assert.DoesNotContain("外人看不到", (await (await app.SignInAs(stranger)).ReadAsync("/meetings")).Body!.TextContent);
        }
        // A member hears of it once it is announced, and then may read it and nothing more.
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(World.Zhang)).GetAsync($"/meetings/{id}")).StatusCode);
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        Assert.Contains("外人看不到", (await (await app.SignInAs(World.Zhang)).ReadAsync($"/meetings/{id}")).Body!.TextContent);
        foreach (var (act, body) in new (string, object)[] { ("opening", new { }), ("attendance", new { state = "present", rest = true }), ("cancellation", new { reason = "不想开" }), ("guests", new { people = new[] { World.Guo.Id } }) })
            Assert.Equal(HttpStatusCode.Forbidden, (await Story.SendAsync(World.Zhang, id, act, body)).StatusCode);
        foreach (var (person, type, bodyId) in new[] { (World.Li, "MembersMeeting", World.OperationsBranch.Id), (World.Wu, "MembersMeeting", World.OperationsBranch.Id), (World.Zhang, "SafetyMeeting", World.ShiftTwo.Id) })
        {
            var answer = await (await app.ProgramOf(person)).CallAsync(HttpMethod.Post, "/api/v1/meetings", Story.PlanBody(Guid.CreateVersion7(), type: type, body: bodyId));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_type_is_held_by_its_own_kind_of_body()
    {
        await Story.SeatAsync();
        foreach (var (type, body) in new[] { ("CommitteeMeeting", World.Operations.Id), ("PartyCommitteeMeeting", World.OperationsBranch.Id), ("SafetyMeeting", World.OperationsBranch.Id) })
        {
            var answer = await (await app.ProgramOf(World.Zhou)).CallAsync(HttpMethod.Post, "/api/v1/meetings", Story.PlanBody(Guid.CreateVersion7(), type: type, body: body));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("召开", await answer.Content.ReadAsStringAsync());
        }
        var safety = await Story.PlanAsync("部门安全例会", "SafetyMeeting", World.Operations.Id, by: World.Wu, chair: World.Wu, recorder: World.Wang);
        Assert.Equal(2, (await Story.FindAsync(World.Wu, safety))["turnout"]!["due"]!.GetValue<int>());
    }

    [Fact]
    public async Task Sent_twice_or_at_once_it_is_stored_once_and_a_stale_version_is_refused_with_what_changed()
    {
        await Story.SeatAsync();
        var (id, zhou) = (Guid.CreateVersion7(), await app.ProgramOf(World.Zhou));
        var body = Story.PlanBody(id, "发了三次");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => zhou.CallAsync(HttpMethod.Post, "/api/v1/meetings", body)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(5, await app.InDatabase(db => db.Attendances.CountAsync(one => one.MeetingId == id)));
        var item = new { version = 1, id = Guid.CreateVersion7(), title = "加了两次", kind = "AK-02" };
        await Story.ActAsync(World.Zhou, id, "agenda", item);
        await Story.ActAsync(World.Zhou, id, "agenda", item);
        Assert.Equal(1, await app.InDatabase(db => db.AgendaItems.CountAsync(one => one.Title == "加了两次")));
        var stale = await Story.SendAsync(World.Zhou, id, "cancellation", new { version = 1, reason = "看的是旧的" });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("周志远", await stale.Content.ReadAsStringAsync());
        Assert.Contains("加议题", await stale.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Two_meetings_at_one_time_are_told_before_the_notice_goes_out()
    {
        var at = Story.Now.AddDays(2);
        await Story.PlanAsync("先定的支委会", "CommitteeMeeting", at: at);
        var second = await Story.PlanAsync("后定的大会", at: at.AddMinutes(60));
        var clashes = (await Story.FindAsync(World.Zhou, second))["clashes"]!;
        Assert.Equal(2, clashes["count"]!.GetValue<int>());
        var refused = await Story.SendAsync(World.Zhou, second, "announcement", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var words = await refused.Content.ReadAsStringAsync();
        Assert.Contains("有 2 人在同一时间还有别的会", words);
        Assert.Contains("先定的支委会", words);
        Assert.Contains("2 人时间冲突", (await (await app.SignInAs(World.Zhou)).ReadAsync($"/meetings/{second}")).Body!.TextContent);
        await Story.ActAsync(World.Zhou, second, "announcement", new { despiteClashes = true });
        var apart = await Story.PlanAsync("错开的", at: at.AddHours(5));
        await Story.ActAsync(World.Zhou, apart, "announcement", new { });
    }

    [Fact]
    public async Task People_sign_in_by_the_code_of_the_screen_also_many_at_once_and_a_stranger_is_turned_away()
    {
        var id = await Story.PlanAsync("扫码签到", at: Story.Now.AddMinutes(30));
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        var screen = await (await app.SignInAs(World.Zhou)).ReadAsync($"/meetings/{id}/code");
        var code = screen.QuerySelector(".check-in-code b")!.TextContent;
        Assert.StartsWith("data:image/png", screen.QuerySelector("img")!.GetAttribute("src"));
        Assert.Null((await (await app.SignInAs(World.Zhang)).ReadAsync($"/meetings/{id}/code")).QuerySelector("img"));
        var people = new[] { World.Wu, World.Zhou, World.Wang, World.Chen };
        var answers = await Task.WhenAll(people.Select(person => Story.SendAsync(person, id, "check-in", new { code })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        var zhang = await app.SignInAs(World.Zhang);
        Assert.Equal(HttpStatusCode.Redirect, (await zhang.SubmitAsync($"/meetings/{id}/check-in?code={code}", form: "main form")).StatusCode);
        Assert.Contains("已签到", (await zhang.ReadAsync($"/meetings/{id}/check-in")).Body!.TextContent);
        Assert.Equal(5, (await Story.FindAsync(World.Zhou, id))["turnout"]!["present"]!.GetValue<int>());
        Assert.Equal(5, await app.InDatabase(db => db.Attendances.CountAsync(one => one.MeetingId == id && one.Means == AttendanceMeans.ByCode)));
        var stranger = await Story.SendAsync(World.Liu, id, "check-in", new { code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
        Assert.Contains("不在这次会议的名单上", await stranger.Content.ReadAsStringAsync());
        app.Clock.Pass(TimeSpan.FromMinutes(3));
        Assert.Contains("签到码已经换了", await (await Story.SendAsync(World.Zhang, id, "check-in", new { code })).Content.ReadAsStringAsync());
        Assert.DoesNotContain("扫码签到", (await (await app.SignInAs(World.Liu)).ReadAsync($"/meetings/{id}/check-in?code={code}")).Body!.TextContent);
    }

    [Fact]
    public async Task Anybody_may_come_to_a_lecture_and_counts_as_a_guest()
    {
        var id = await Story.PlanAsync("安全技能党课", "PartyLecture", at: Story.Now.AddMinutes(20));
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        var code = (await (await app.SignInAs(World.Zhou)).ReadAsync($"/meetings/{id}/code")).QuerySelector(".check-in-code b")!.TextContent;
        Assert.Equal(HttpStatusCode.NoContent, (await Story.SendAsync(World.Liu, id, "check-in", new { code })).StatusCode);
        var turnout = (await Story.FindAsync(World.Zhou, id))["turnout"]!;
        Assert.Equal((0, 1), (turnout["present"]!.GetValue<int>(), turnout["guests"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Leave_is_asked_with_a_reason_that_the_minutes_show_and_nobody_else_s()
    {
        var id = await Story.PlanAsync("有人请假");
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Story.SendAsync(World.Zhang, id, "leave", new { reason = " " })).StatusCode);
        await Story.ActAsync(World.Zhang, id, "leave", new { reason = "夜班" });
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "present", rest = true });
        await Story.ActAsync(World.Chen, id, "opening", new { });
        await Story.ArchiveAsync(id);
        Assert.Contains("张海（夜班）", (await (await app.SignInAs(World.Zhou)).ReadAsync($"/meetings/{id}/minutes")).Body!.TextContent);
    }

    [Fact]
    public async Task Without_a_quorum_there_is_no_committee_meeting_and_no_vote()
    {
        var committee = await Story.PlanAsync("不够人的支委会", "CommitteeMeeting", World.EquipmentBranch.Id, by: World.Qian, chair: World.Li, recorder: World.He);
        await Story.ActAsync(World.Li, committee, "attendance", new { state = "absent", rest = true, reason = "外出" });
        var refused = await Story.SendAsync(World.Li, committee, "opening", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var id = await Story.PlanAsync("不够人的大会");
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "present", people = new[] { World.Zhou.Id, World.Zhang.Id } });
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "absent", rest = true, reason = "当班" });
        await Story.ActAsync(World.Chen, id, "opening", new { });
        var vote = new { id = Guid.CreateVersion7(), itemId = await Story.FirstItemAsync(id), formula = "VF-01", matter = "同意", yes = 1, no = 0, abstain = 0 };
        var answer = await Story.SendAsync(World.Chen, id, "votes", vote);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        // Zhang is there but has no vote: one of four, not two of five.
        Assert.Contains("应到 4 人，实到 1 人", await answer.Content.ReadAsStringAsync());
        var elsewhere = await Story.SendAsync(World.Chen, id, "votes", new { vote.id, vote.itemId, formula = "VF-04", vote.matter, vote.yes, vote.no, vote.abstain });
        Assert.Contains("不用这种表决方式", await elsewhere.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_vote_stands_on_those_due_and_those_exempted_are_named()
    {
        var id = await Story.PlanAsync("大会表决");
        await Story.ActAsync(World.Zhou, id, "exemption", new { personId = World.Wu.Id, reason = "外出半年以上，党委已同意" });
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "present", rest = true });
        await Story.ActAsync(World.Chen, id, "opening", new { });
        var item = await Story.FirstItemAsync(id);
        var detail = await Story.ActAsync(World.Chen, id, "votes", new { id = Guid.CreateVersion7(), itemId = item, formula = "VF-01", matter = "同意方案", yes = 2, no = 1, abstain = 0 });
        var vote = detail["items"]![0]!["votes"]![0]!;
        Assert.Equal((3, 3, true), (vote["dueVoting"]!.GetValue<int>(), vote["presentVoting"]!.GetValue<int>(), vote["isPassed"]!.GetValue<bool>()));
        Assert.Contains("支部工作条例", vote["source"]!.GetValue<string>());
        Assert.Contains("已经记了表决", await (await Story.SendAsync(World.Chen, id, "attendance", new { state = "absent", people = new[] { World.Wang.Id }, reason = "走了" })).Content.ReadAsStringAsync());
        Assert.Contains("吴敏（外出半年以上，党委已同意）", (await (await app.SignInAs(World.Zhou)).ReadAsync($"/meetings/{id}/minutes")).Body!.TextContent);
    }

    [Fact]
    public async Task Entered_days_later_it_says_so_for_ever()
    {
        var held = Story.Now.AddDays(-4);
        var id = await Story.PlanAsync("补录的支委会", "CommitteeMeeting", at: held);
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "present", rest = true });
        Assert.Contains("补录", await (await Story.SendAsync(World.Chen, id, "opening", new { from = held })).Content.ReadAsStringAsync());
        await Story.ActAsync(World.Chen, id, "opening", new { from = held, lateReason = "当天系统停机" });
        foreach (var item in (await Story.FindAsync(World.Chen, id))["items"]!.AsArray()) await Story.ActAsync(World.Chen, id, $"agenda/{item!["id"]}/record", new { discussed = true, outcome = "照办" });
        await Story.ActAsync(World.Chen, id, "minutes", new { until = held.AddHours(1) });
        await Story.ActAsync(World.Zhou, id, "archive", new { });
        var zhou = await app.SignInAs(World.Zhou);
        Assert.Contains("当天系统停机", (await zhou.ReadAsync($"/meetings/{id}")).Body!.TextContent);
        Assert.Contains("补录说明", (await zhou.ReadAsync($"/meetings/{id}/minutes")).Body!.TextContent);
        Assert.Contains("补录", (await zhou.ReadAsync("/meetings?type=CommitteeMeeting")).Body!.TextContent);
    }

    [Fact]
    public async Task After_archiving_nothing_is_altered_and_corrections_are_shown()
    {
        var id = await Story.HeldAsync("归档以后");
        var item = await Story.FirstItemAsync(id);
        await Story.ArchiveAsync(id);
        foreach (var (act, body) in new (string, object)[]
                 {
                     ($"agenda/{item}/record", new { discussed = true, outcome = "改掉" }), ("attendance", new { state = "absent", people = new[] { World.Wang.Id }, reason = "改掉" }), ("plan", new { plan = new { title = "改掉", at = Story.Now, minutes = 60, chairId = World.Zhou.Id, recorderId = World.Chen.Id } }),
                     ("resolutions", new { id = Guid.CreateVersion7(), itemId = item, text = "改掉" }), ("cancellation", new { reason = "改掉" }), ("opening", new { from = Story.Now.AddDays(-9) }),
                 })
        {
            var answer = await Story.SendAsync(World.Zhou, id, act, body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("已归档", await answer.Content.ReadAsStringAsync());
        }
        await Story.ActAsync(World.Zhou, id, "corrections", new { id = Guid.CreateVersion7(), what = "第 1 项结论", text = "应为“下月再议”，记录时听错" });
        var zhou = await app.SignInAs(World.Zhou);
        foreach (var page in (string[])[$"/meetings/{id}", $"/meetings/{id}/minutes"]) Assert.Contains("应为“下月再议”，记录时听错", (await zhou.ReadAsync(page)).Body!.TextContent);
        Assert.DoesNotContain("改掉", (await zhou.ReadAsync($"/meetings/{id}/minutes")).Body!.TextContent);
    }

    [Fact]
    public async Task The_recorder_does_not_archive_and_minutes_sent_back_are_written_again()
    {
        var id = await Story.HeldAsync("退回一次");
        foreach (var item in (await Story.FindAsync(World.Chen, id))["items"]!.AsArray()) await Story.ActAsync(World.Chen, id, $"agenda/{item!["id"]}/record", new { discussed = true, outcome = "照办" });
        app.Clock.Pass(TimeSpan.FromHours(1));
        await Story.ActAsync(World.Chen, id, "minutes", new { until = Story.Now });
        Assert.Equal(HttpStatusCode.Forbidden, (await Story.SendAsync(World.Chen, id, "archive", new { })).StatusCode);
        await Story.ActAsync(World.Zhou, id, "return", new { reason = "缺讨论要点" });
        Assert.Contains("缺讨论要点", (await (await app.SignInAs(World.Chen)).ReadAsync($"/meetings/{id}")).Body!.TextContent);
        await Story.ArchiveAsync(id);
    }

    [Fact]
    public async Task A_resolution_becomes_a_task_and_what_is_open_appears_on_the_next_meeting_of_the_same_body()
    {
        var first = await Story.HeldAsync("第一次会", "CommitteeMeeting");
        var item = await Story.FirstItemAsync(first);
        var due = DateOnly.FromDateTime(Story.Now.Date).AddDays(9);
        Guid open = Guid.CreateVersion7(), done = Guid.CreateVersion7(), dropped = Guid.CreateVersion7(), droppedResolution = Guid.CreateVersion7();
        await Story.ActAsync(World.Chen, first, "resolutions", new { id = Guid.CreateVersion7(), itemId = item, text = "还没办完的", task = new { id = open, ownerId = World.Wang.Id, dueOn = due, requirement = "装好" } });
        await Story.ActAsync(World.Chen, first, "resolutions", new { id = Guid.CreateVersion7(), itemId = item, text = "办完了的", task = new { id = done, ownerId = World.Wang.Id, dueOn = due, requirement = "" } });
        await Story.ActAsync(World.Chen, first, "resolutions", new { id = droppedResolution, itemId = item, text = "撤下的", task = new { id = dropped, ownerId = World.Wang.Id, dueOn = due, requirement = "" } });
        await Story.ActAsync(World.Chen, first, $"resolutions/{droppedResolution}/removal", new { });
        Assert.Equal(TaskState.Cancelled, await app.InDatabase(db => db.Tasks.Where(task => task.Id == dropped).Select(task => task.State).SingleAsync()));
        var wang = await app.ProgramOf(World.Wang);
        await wang.CallAsync(HttpMethod.Post, $"/api/v1/tasks/{done}/report", new { version = 1, note = "好了" });
        await (await app.ProgramOf(World.Zhou)).CallAsync(HttpMethod.Post, $"/api/v1/tasks/{done}/confirmation", new { version = 2 });
        Assert.NotNull((await (await app.SignInAs(World.Zhou)).ReadAsync($"/tasks/{open}")).QuerySelector($"a[href='/meetings/{first}']"));
        await Story.ArchiveAsync(first);
        var next = await Story.PlanAsync("第二次会", "CommitteeMeeting", at: Story.Now.AddDays(1));
        var carried = (await Story.FindAsync(World.Zhou, next))["carried"]!.AsArray();
        Assert.Contains("还没办完的", carried.Select(task => task!["title"]!.GetValue<string>()));
        Assert.DoesNotContain("办完了的", carried.Select(task => task!["title"]!.GetValue<string>()));
        Assert.DoesNotContain("撤下的", carried.Select(task => task!["title"]!.GetValue<string>()));
        var others = await Story.PlanAsync("别的支部", "MembersMeeting", World.EquipmentBranch.Id, at: Story.Now.AddDays(1), by: World.Li, chair: World.Li, recorder: World.He);
        Assert.Empty((await Story.FindAsync(World.Li, others))["carried"]!.AsArray());
    }

    [Fact]
    public async Task A_task_must_have_a_date_ahead_and_an_owner_of_the_company_or_nothing_is_stored()
    {
        var id = await Story.HeldAsync("交办要写清");
        var item = await Story.FirstItemAsync(id);
        foreach (var task in (object[])[new { id = Guid.CreateVersion7(), ownerId = World.Wang.Id, dueOn = "2020-01-01", requirement = "" }, new { id = Guid.CreateVersion7(), ownerId = Guid.CreateVersion7(), dueOn = "2026-12-31", requirement = "" }])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Story.SendAsync(World.Chen, id, "resolutions", new { id = Guid.CreateVersion7(), itemId = item, text = "没写清", task })).StatusCode);
        Assert.False(await app.InDatabase(db => db.Resolutions.AnyAsync(one => one.Text == "没写清")));
    }

    [Fact]
    public async Task An_item_is_about_a_finding_and_both_lead_to_each_other_for_those_who_may_see_them()
    {
        var finding = await app.ReportAsync(World.Zhang, "给煤机断煤报警失灵", World.FeedPump.Id);
        var id = await Story.PlanAsync("谈一条隐患");
        await Story.ActAsync(World.Zhou, id, "agenda", new { id = Guid.CreateVersion7(), title = "断煤报警", kind = "AK-02", about = finding });
        var about = (await Story.FindAsync(World.Zhou, id))["items"]!.AsArray().Last()!["about"]![0]!;
        Assert.Equal($"/findings/{finding}", about["href"]!.GetValue<string>());
        var refused = await Story.SendAsync(World.Zhou, id, "agenda", new { id = Guid.CreateVersion7(), title = "没有的记录", kind = "AK-02", about = Guid.CreateVersion7() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var picks = await (await (await app.SignInAs(World.Zhou)).GetAsync($"/pickers/agenda-subjects?q={Uri.EscapeDataString($"https://plant/findings/{finding}")}")).Content.ReadAsStringAsync();
        Assert.Contains(finding.ToString(), picks);
    }
}
