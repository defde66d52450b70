using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.PublicNotices;

namespace Ronghe.Tests.PublicNotices;

public class PublicNoticeTests(TestApp app) : IClassFixture<TestApp>
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Author = Guid.CreateVersion7(), Objector = Guid.CreateVersion7(), Answerer = Guid.CreateVersion7(), Unit = Guid.CreateVersion7();

    World World => app.World;

    static PublicNoticeWords Words => new("示范岗拟定名单", "以下岗位……", [Unit], 5);

    static PublicNotice In(PublicNoticeState state)
    {
        var notice = PublicNotice.Draft(Guid.CreateVersion7(), Guid.CreateVersion7(), Unit, Words, Author, Now);
        if (state == PublicNoticeState.Withdrawn) notice.Withdraw("名单有误", Today);
        if (state is PublicNoticeState.Draft or PublicNoticeState.Withdrawn) return notice;
        notice.Open(Today);
        if (state == PublicNoticeState.Closed) notice.Close(true, "", Now.AddDays(20));
        return notice;
    }

    static readonly Dictionary<PublicNoticeState, PublicNoticeVerb[]> Expected = new()
    {
        [PublicNoticeState.Draft] = [PublicNoticeVerb.Restate, PublicNoticeVerb.Open, PublicNoticeVerb.Withdraw],
        [PublicNoticeState.Open] = [PublicNoticeVerb.Object, PublicNoticeVerb.Withdraw],
        [PublicNoticeState.Closed] = [],
        [PublicNoticeState.Withdrawn] = [],
    };

    public static TheoryData<PublicNoticeState, PublicNoticeVerb> EveryStateAndVerb() => StateMatrix.Of<PublicNoticeState, PublicNoticeVerb>(PublicNotice.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(PublicNoticeState state, PublicNoticeVerb verb)
    {
        var notice = In(state);
        Assert.Equal(state, notice.State);
        var before = Facts(notice);
        void Do()
        {
            switch (verb)
            {
                case PublicNoticeVerb.Restate: notice.Restate(Words with { Title = "改过的" }, Today); break;
                case PublicNoticeVerb.Open: notice.Open(Today); break;
                case PublicNoticeVerb.Object: notice.Object(Guid.CreateVersion7(), "不同意", Objector, Today); break;
                case PublicNoticeVerb.Answer: notice.Answer(Guid.CreateVersion7(), true, "核实", Answerer, Now); break;
                case PublicNoticeVerb.Close: notice.Close(true, "", Now); break;
                default: notice.Withdraw("有误", Today); break;
            }
        }
        if (Expected[state].Contains(verb))
        {
            Assert.Null(notice.Obstacle(verb, Today));
            Do();
            Assert.NotEqual(before, Facts(notice));
        }
        else
        {
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(Do).Message);
            Assert.Equal(before, Facts(notice));
        }
    }

    static string Facts(PublicNotice n) => string.Join('|', n.State, n.Title, n.From, n.Until, n.Held, n.Reason, n.ClosedAt, n.Objections.Count);

    [Fact]
    public void The_period_counts_working_days_and_leaves_out_the_day_of_opening() => Assert.Equal(new DateOnly(2026, 11, 23), In(PublicNoticeState.Open).Until);

    [Fact]
    public void Nobody_objects_after_the_last_day_or_closes_before_it()
    {
        var notice = In(PublicNoticeState.Open);
        Assert.Contains("已在", Assert.Throws<Refusal>(() => notice.Object(Guid.CreateVersion7(), "晚了", Objector, notice.Until!.Value.AddDays(1))).Message);
        Assert.Contains("期满", Assert.Throws<Refusal>(() => notice.Close(true, "", Now)).Message);
    }

    [Fact]
    public void An_objection_is_answered_by_another_before_the_outcome()
    {
        var notice = In(PublicNoticeState.Open);
        var id = Guid.CreateVersion7();
        notice.Object(id, "有一次未遂没有列入", Objector, Today);
        Assert.Contains("没有答复", Assert.Throws<Refusal>(() => notice.Close(true, "", Now.AddDays(20))).Message);
        Assert.Throws<Forbidden>(() => notice.Answer(id, false, "核实过", Author, Now));
        Assert.Throws<Forbidden>(() => notice.Answer(id, false, "核实过", Objector, Now));
        notice.Answer(id, true, "属实", Answerer, Now);
        Assert.Throws<Refusal>(() => notice.Answer(id, true, "再答一次", Answerer, Now));
        Assert.Equal("Reason", Assert.Throws<Refusal>(() => notice.Close(true, "", Now.AddDays(20))).Field);
        notice.Close(false, "异议成立", Now.AddDays(20));
        Assert.Equal((PublicNoticeState.Closed, false), (notice.State, notice.Held));
    }

    [Fact]
    public async Task From_draft_to_outcome_with_an_objection_without_a_name()
    {
        var id = await DraftAsync("厂里的名单");
        var zhang = await app.SignInAs(World.Zhang);
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.GetAsync($"/public-notices/{id}")).StatusCode);
        var ma = await app.SignInAs(World.Ma);
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync($"/public-notices/{id}", handler: "Open", form: "#acts form")).StatusCode);
        Assert.Contains("厂里的名单", (await zhang.ReadAsync("/public-notices")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await zhang.SubmitAsync($"/public-notices/{id}", new { Objecting__Text = "漏了二值", Objecting__WithoutName = "true" }, "Object", "#acts form")).StatusCode);
        Assert.DoesNotContain("漏了二值", (await (await app.SignInAs(World.Liu)).ReadAsync($"/public-notices/{id}")).Body!.TextContent);
        var traces = await app.InDatabase(async db => new
        {
            Objection = await db.Objections.AsNoTracking().SingleAsync(one => one.NoticeId == id),
            Row = await db.Journal.SingleAsync(row => row.SubjectId == id && row.Event == "public-notice.objected"),
        });
        Assert.Null(traces.Objection.ById);
        Assert.Equal((null, null), (traces.Row.ActorId, traces.Row.RequestId));
        Assert.DoesNotContain(World.Zhang.Id.ToString(), traces.Row.Data);
        var qian = await app.SignInAs(World.Qian);
        Assert.Contains("答复异议：厂里的名单", (await qian.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await qian.SubmitAsync($"/public-notices/{id}", new { Answering__Id = traces.Objection.Id.ToString(), Answering__Upheld = "false", Answering__Answer = "二值另有名额" }, "Answer", "#acts form")).StatusCode);
        app.Clock.Pass(TimeSpan.FromDays(10));
        Assert.Contains("宣布公示结果：厂里的名单", (await (await app.SignInAs(World.Ma)).ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await (await app.SignInAs(World.Ma)).SubmitAsync($"/public-notices/{id}", new { Closing__Held = "true" }, "Close", "#acts form")).StatusCode);
        Assert.Contains("公示通过", (await (await app.SignInAs(World.Zhang)).ReadAsync($"/public-notices/{id}")).Body!.TextContent);
    }

    [Fact]
    public async Task It_is_shown_only_to_the_units_named_and_published_only_in_reach()
    {
        var id = Guid.CreateVersion7();
        var li = await app.ProgramOf(World.Li);
        var foreign = await li.CallAsync(HttpMethod.Post, "/api/v1/public-notices", Body(Guid.CreateVersion7(), "别的部门", World.Operations.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await li.CallAsync(HttpMethod.Post, "/api/v1/public-notices", Body(id, "设备部自己的", World.Equipment.Id))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await li.CallAsync(HttpMethod.Post, $"/api/v1/public-notices/{id}/opening", new { version = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await app.ProgramOf(World.Liu)).GetAsync($"/api/v1/public-notices/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.ProgramOf(World.Zhang)).GetAsync($"/api/v1/public-notices/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(World.Liu)).CallAsync(HttpMethod.Post, $"/api/v1/public-notices/{id}/withdrawal", new { version = 2, reason = "不喜欢" })).StatusCode);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_same_draft_sent_twice_is_stored_once()
    {
        var id = Guid.CreateVersion7();
        var ma = await app.ProgramOf(World.Ma);
        await ma.CallAsync(HttpMethod.Post, "/api/v1/public-notices", Body(id, "两次", World.Plant.Id));
        Assert.Equal(HttpStatusCode.Created, (await ma.CallAsync(HttpMethod.Post, "/api/v1/public-notices", Body(id, "两次", World.Plant.Id))).StatusCode);
        Assert.Equal(1, await app.InDatabase(db => db.PublicNotices.CountAsync(notice => notice.Title == "两次")));
        await ma.CallAsync(HttpMethod.Post, $"/api/v1/public-notices/{id}/opening", new { version = 1 });
        Assert.Equal(HttpStatusCode.Conflict, (await ma.CallAsync(HttpMethod.Post, $"/api/v1/public-notices/{id}/withdrawal", new { version = 1, reason = "旧页面" })).StatusCode);
    }

    static object Body(Guid id, string title, Guid unit) => new { id, title, text = "名单……", shownTo = new[] { unit }, workdays = 5 };

    async Task<Guid> DraftAsync(string title)
    {
        var id = Guid.CreateVersion7();
        var answer = await (await app.ProgramOf(World.Ma)).CallAsync(HttpMethod.Post, "/api/v1/public-notices", Body(id, title, World.Plant.Id));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("draft", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["state"]!.GetValue<string>());
        return id;
    }
}
