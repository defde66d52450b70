using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Tasks;

/// <summary>Tasks over HTTP: who may, who may not, stale versions, double sending, what they are born of, my work.</summary>
public class TaskTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task A_task_travels_from_the_giver_to_the_confirmation_and_waits_where_it_must()
    {
        var (id, _) = await GiveAsync(World.Li, World.Liu, "整理备件间");
        var liu = await app.SignInAs(World.Liu);
        Assert.Contains("接办：整理备件间", (await liu.ReadAsync("/")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await liu.SubmitAsync($"/tasks/{id}", handler: "Start", form: "#acts form")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await liu.SubmitAsync($"/tasks/{id}", new { Report__Note = "已归类上架" }, "Report", "#acts form")).StatusCode);
        Assert.DoesNotContain("整理备件间", (await liu.ReadAsync("/todo")).Body!.TextContent);
        var li = await app.SignInAs(World.Li);
        Assert.Contains("确认办结：整理备件间", (await li.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await li.SubmitAsync($"/tasks/{id}", handler: "Confirm", form: "#acts form")).StatusCode);
        var events = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id).OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync());
        Assert.Equal(["task.given", "task.started", "task.reported", "task.confirmed"], events);
        Assert.Contains("已办结", (await li.ReadAsync($"/tasks/{id}")).Body!.TextContent);
    }

    [Fact]
    public async Task The_owner_is_told_and_the_confirmer_too()
    {
        var (id, _) = await GiveAsync(World.Li, World.Liu, "消息要送到");
        await ActAsync(World.Liu, id, "report", new { version = 1, note = "好了" });
        await app.FollowAsync();
        var told = await app.InDatabase(db => db.Notices.Where(n => n.Href == $"/tasks/{id}").Select(n => new { n.PersonId, n.Kind }).ToListAsync());
        Assert.Equal([(World.Liu.Id, "task.given"), (World.Li.Id, "task.to-confirm")], told.Select(n => (n.PersonId, n.Kind)));
    }

    [Fact]
    public async Task Neither_the_owner_nor_a_stranger_confirms()
    {
        var (id, _) = await GiveAsync(World.Li, World.Liu, "不能自己确认");
        await ActAsync(World.Liu, id, "report", new { version = 1, note = "好了" });
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(World.Liu, id, "confirmation", new { version = 2 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(World.Zhang, id, "confirmation", new { version = 2 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(World.Wu)).GetAsync($"/tasks/{id}")).StatusCode);
        await ActAsync(World.Li, id, "confirmation", new { version = 2 });
    }

    [Fact]
    public async Task Whoever_holds_the_right_above_may_confirm_in_place_of_the_giver()
    {
        var (id, _) = await GiveAsync(World.Li, World.Liu, "上级代为确认");
        await ActAsync(World.Liu, id, "report", new { version = 1, note = "好了" });
        await ActAsync(World.Zhao, id, "confirmation", new { version = 2 });
    }

    [Fact]
    public async Task Giving_needs_the_right_and_reaches_only_ones_own_units()
    {
        var worker = await app.ProgramOf(World.Zhang);
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.CallAsync(HttpMethod.Post, "/api/v1/tasks", Body(World.Liu, "无权交办"))).StatusCode);
        var head = await app.ProgramOf(World.Wu);
        var answer = await head.CallAsync(HttpMethod.Post, "/api/v1/tasks", Body(World.Liu, "别的部门的人"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("管理范围", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stale_version_is_refused_with_what_changed_and_what_was_written_is_kept()
    {
        var (id, _) = await GiveAsync(World.Li, World.Liu, "先后两次");
        var liu = await app.SignInAs(World.Liu);
        var page = await liu.ReadAsync($"/tasks/{id}");
        var token = page.QuerySelector<IHtmlInputElement>("#acts input[name=__RequestVerificationToken]")!.Value;
        await ActAsync(World.Li, id, "cancellation", new { version = 1, reason = "不办了" });
        var answer = await liu.PostAsync($"/tasks/{id}?handler=Report", new Dictionary<string, string> { ["version"] = "1", ["Report.Note"] = "辛苦写下的结果", ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("李建国", await answer.ProblemsAsync());
        Assert.Contains("辛苦写下的结果", (await answer.PageAsync()).QuerySelector("#acts textarea")!.TextContent);
    }

    [Fact]
    public async Task Given_twice_or_at_once_it_is_stored_once()
    {
        var li = await app.SignInAs(World.Li);
        var id = (await li.ReadAsync("/tasks/new")).QuerySelector<IHtmlInputElement>("input[name='Form.Id']")!.Value;
        Task<HttpResponseMessage> Send() => li.PostAsync("/tasks/new",
            new { Form__Id = id, Form__Title = "按了两次", Form__OwnerId = World.Liu.Id.ToString(), Form__DueOn = Due }, "/tasks/new");
        var answers = await Task.WhenAll(Send(), Send(), Send());
        answers = [.. answers, await Send()];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await app.InDatabase(db => db.Tasks.CountAsync(task => task.Title == "按了两次")));
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_written()
    {
        var li = await app.SignInAs(World.Li);
        var answer = await li.SubmitAsync("/tasks/new", new { Form__Title = "没有选人", Form__DueOn = Due });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("请选办理人", await answer.ProblemsAsync());
        Assert.Equal("没有选人", (await answer.PageAsync()).QuerySelector<IHtmlInputElement>("#Form_Title")!.Value);
    }

    [Fact]
    public async Task Born_of_a_finding_it_leads_back_to_it_for_those_who_may_see_it()
    {
        var finding = await app.ReportAsync(World.Zhang, "平台缺踢脚板", World.CoalFeeder.Id);
        var li = await app.SignInAs(World.Li);
        Assert.Contains("平台缺踢脚板", (await li.ReadAsync($"/tasks/new?kind=finding&of={finding}")).Body!.TextContent);
        await li.SubmitAsync($"/tasks/new?kind=finding&of={finding}", new { Form__Title = "订踢脚板", Form__OwnerId = World.He.Id.ToString(), Form__DueOn = Due });
        var id = await app.InDatabase(db => db.Tasks.Where(task => task.Title == "订踢脚板").Select(task => task.Id).SingleAsync());
        Assert.NotNull((await li.ReadAsync($"/tasks/{id}")).QuerySelector($"a[href='/findings/{finding}']"));
        var invisible = await li.SubmitAsync($"/tasks/new?kind=finding&of={Guid.CreateVersion7()}", new { Form__Title = "没有来源", Form__OwnerId = World.He.Id.ToString(), Form__DueOn = Due });
        Assert.Equal(HttpStatusCode.NotFound, invisible.StatusCode);
    }

    [Fact]
    public async Task The_list_shows_mine_and_my_units_page_by_page_and_what_is_overdue()
    {
        for (var i = 0; i < 3; i++) await GiveAsync(World.Wu, World.Wang, $"翻页 {i}");
        await GiveAsync(World.Li, World.Liu, "别的部门");
        var wu = await app.ProgramOf(World.Wu);
        var first = (await (await wu.GetAsync("/api/v1/tasks?text=翻页&limit=2")).Content.ReadFromJsonAsync<JsonObject>())!;
        var second = (await (await wu.GetAsync($"/api/v1/tasks?text=翻页&limit=2&after={first["next"]}")).Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(["翻页 2", "翻页 1", "翻页 0"], first["rows"]!.AsArray().Concat(second["rows"]!.AsArray()).Select(row => row!["title"]!.GetValue<string>()));
        Assert.DoesNotContain("别的部门", await (await wu.GetAsync("/api/v1/tasks")).Content.ReadAsStringAsync());
        var zhang = await app.SignInAs(World.Zhang);
        Assert.DoesNotContain("翻页", (await zhang.ReadAsync("/tasks")).Body!.TextContent);
        Assert.InRange(await (await app.SignInAs(World.Wu)).CountRoundTripsAsync("/tasks"), 2, 4);
        Assert.InRange(await (await app.SignInAs(World.Wu)).CountRoundTripsAsync("/"), 2, 8);
    }

    string Due => $"{DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddDays(10):yyyy-MM-dd}";

    object Body(Person owner, string title) => new { id = Guid.CreateVersion7(), title, ownerId = owner.Id, dueOn = Due };

    async Task<(Guid Id, JsonObject Task)> GiveAsync(Person giver, Person owner, string title)
    {
        app.Clock.Pass(TimeSpan.FromSeconds(1));
        var answer = await (await app.ProgramOf(giver)).CallAsync(HttpMethod.Post, "/api/v1/tasks", Body(owner, title));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var task = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        return (task["id"]!.GetValue<Guid>(), task);
    }

    async Task ActAsync(Person person, Guid id, string act, object body) => Assert.Equal(HttpStatusCode.OK, (await SendAsync(person, id, act, body)).StatusCode);

    async Task<HttpResponseMessage> SendAsync(Person person, Guid id, string act, object body) =>
        await (await app.ProgramOf(person)).CallAsync(HttpMethod.Post, $"/api/v1/tasks/{id}/{act}", body);
}
