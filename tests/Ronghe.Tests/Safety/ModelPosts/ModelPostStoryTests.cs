using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Safety.Violations;
using Ronghe.Safety.Zones;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.ModelPosts;

/// <summary>
/// Over HTTP, from being put forward to being taken down: 王磊 puts 陈晓燕 forward, 周志远 recommends, 孙丽 checks, 马倩 shows and closes,
/// 张海 objects, 郭永胜 answers, 钱建华 awards.
/// </summary>
public class ModelPostStoryTests : IAsyncLifetime
{
    TestApp app = null!;
    Guid _zone;

    World World => app.World;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        _zone = Guid.CreateVersion7();
        await app.InDatabase(async db =>
        {
            await ViolationKindPack.LoadAsync(db, Program.ContentFolder);
            foreach (var person in new[] { World.Chen, World.Zhang, World.Zhou })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            db.Zones.Add(new Zone(World.Company.Id, new("汽机责任区", World.Operations.Id, World.OperationsBranch.Id, [], "每周 1 次", Outline.None, [World.TurbineHall.Id]), _zone));
            return await db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_whole_story_with_an_objection()
    {
        var id = await NominateAsync(World.Wang, World.Chen);
        await app.FollowAsync();
        Assert.Equal(1, await app.InDatabase(db => db.Notices.CountAsync(n => n.PersonId == World.Chen.Id && n.Href == $"/model-posts/{id}")));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.ProgramOf(World.Zhang)).GetAsync($"/api/v1/model-posts/{id}")).StatusCode);
        await RefusedAsync(World.Zhou, id, "recommendation", new { version = 1, note = "三项各一件事" }, "等本人同意");

        var chen = await app.SignInAs(World.Chen);
        Assert.Contains("愿不愿意参评", (await chen.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync($"/model-posts/{id}", handler: "Agree", form: "#acts form")).StatusCode);
        var zhou = await app.SignInAs(World.Zhou);
        Assert.Contains("推荐示范岗", (await zhou.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync($"/model-posts/{id}", new { Saying__Note = "带头停下来改票" }, "Recommend", "#acts form")).StatusCode);

        var sun = await app.SignInAs(World.Sun);
        var page = await sun.ReadAsync($"/model-posts/{id}");
        Assert.Contains("今天的记录怎么说", page.Body!.TextContent);
        Assert.Contains("发电一部党支部", page.Body.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/model-posts/{id}", new { Saying__Note = "核对无误" }, "Check", "#acts form")).StatusCode);

        var ma = await app.SignInAs(World.Ma);
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync($"/model-posts/{id}", handler: "Show", form: "#acts form")).StatusCode);
        var notice = (await ReadAsync(World.Zhang, id))["noticeId"]!.GetValue<Guid>();
        Assert.Contains("陈晓燕", (await (await app.SignInAs(World.Zhang)).ReadAsync($"/public-notices/{notice}")).Body!.TextContent);

        var objection = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Zhang, $"/api/v1/public-notices/{notice}/objections", new { id = objection, text = "上月有一次未遂没有列入" })).StatusCode);
        app.Clock.Pass(TimeSpan.FromDays(12));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Ma, $"/api/v1/public-notices/{notice}/outcome", new { version = 2, held = true })).StatusCode);
        Assert.Equal("shown", await StateAsync(id));
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Ma, $"/api/v1/public-notices/{notice}/objections/{objection}/answer", new { version = 2, upheld = false, answer = "核实过" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Guo, $"/api/v1/public-notices/{notice}/objections/{objection}/answer", new { version = 2, upheld = false, answer = "那次在相邻岗位" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Ma, $"/api/v1/public-notices/{notice}/outcome", new { version = 3, held = true })).StatusCode);
        Assert.Equal("cleared", await StateAsync(id));

        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Qian, id, "award", version => new { version })).StatusCode);
        var sign = await (await app.SignInAs(World.Zhang)).ReadAsync($"/model-posts/{id}/sign");
        Assert.Contains("陈晓燕", sign.Body!.TextContent);
        Assert.NotNull(sign.QuerySelector("img[src^='data:image/png']"));
        var activity = new { Activity__Kind = "Contest", Activity__Title = "倒闸操作比武", Activity__Outcome = "两人独立完成" };
        Assert.Equal(HttpStatusCode.Redirect, (await (await app.SignInAs(World.Chen)).SubmitAsync($"/model-posts/{id}", activity, "Activity", "#acts form:has([name='Activity.Title'])")).StatusCode);

        app.Clock.Pass(TimeSpan.FromDays(170));
        Assert.Contains("示范岗复评", (await (await app.SignInAs(World.Sun)).ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Sun, id, "review", version => new { version, note = "任期内没有违章，比武一次" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Ma, id, "renewal", version => new { version, months = 12, reviewMonths = 6 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Ma, id, "removal", version => new { version, note = "调离岗位" })).StatusCode);
        Assert.Equal("ended", await StateAsync(id));

        var events = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id).OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync());
        Assert.Equal(
            ["nominated", "agreed", "recommended", "checked", "shown", "cleared", "awarded", "activity-added", "reviewed", "renewed", "taken-down"],
            events.Select(one => one["model-post.".Length..]));
        // The reason is for those concerned, the fact for everybody.
        Assert.Contains("调离岗位", (await (await app.SignInAs(World.Chen)).ReadAsync($"/model-posts/{id}")).Body!.TextContent);
        var outside = (await (await app.SignInAs(World.Liu)).ReadAsync($"/model-posts/{id}")).Body!.TextContent;
        Assert.Contains("已摘牌", outside);
        Assert.DoesNotContain("调离岗位", outside);
        Assert.DoesNotContain("核对无误", outside);
    }

    [Fact]
    public async Task A_notice_that_fails_ends_it_and_one_that_is_withdrawn_gives_it_back()
    {
        var id = await CheckedAsync();
        await ActAsync(World.Ma, id, "notice", version => new { version, noticeId = Guid.CreateVersion7() });
        await RefusedAsync(World.Chen, id, "withdrawal", new { version = await VersionAsync(id) }, "正在公示");
        var notice = (await ReadAsync(World.Ma, id))["noticeId"]!.GetValue<Guid>();
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Ma, $"/api/v1/public-notices/{notice}/withdrawal", new { version = 1, reason = "岗位写错" })).StatusCode);
        Assert.Equal("checked", await StateAsync(id));
        var second = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Ma, id, "notice", version => new { version, noticeId = second, workdays = 3 })).StatusCode);
        app.Clock.Pass(TimeSpan.FromDays(12));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Ma, $"/api/v1/public-notices/{second}/outcome", new { version = 1, held = false, reason = "有异议属实" })).StatusCode);
        Assert.Equal("refused", await StateAsync(id));
    }

    [Fact]
    public async Task Wrong_role_own_post_stale_version_and_sending_twice()
    {
        var id = Guid.CreateVersion7();
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Created, (await CallAsync(World.Zhou, "/api/v1/model-posts", Body(id, World.Zhou))).StatusCode);
        Assert.Equal(1, await app.InDatabase(db => db.ModelPosts.CountAsync(post => post.Id == id)));
        // The secretary put himself forward: he cannot recommend himself, and the crew lead cannot recommend at all.
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Zhou, $"/api/v1/model-posts/{id}/recommendation", new { version = 1, note = "我很好" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Wang, $"/api/v1/model-posts/{id}/recommendation", new { version = 1, note = "好" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Qian, $"/api/v1/model-posts/{id}/recommendation", new { version = 1, note = "三项各一件事" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(World.Sun, $"/api/v1/model-posts/{id}/check", new { version = 1, note = "旧页面" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Qian, $"/api/v1/model-posts/{id}/check", new { version = 2, note = "我荐的" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Zhou, "/api/v1/model-posts", Body(Guid.CreateVersion7(), World.Zhou))).StatusCode);
        // Put forward by the safety officer, who then cannot check it.
        var other = await NominateAsync(World.Sun, World.Zhang);
        await ActAsync(World.Zhang, other, "consent", version => new { version });
        await ActAsync(World.Zhou, other, "recommendation", version => new { version, note = "三项各一件事" });
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(World.Sun, other, "check", version => new { version, note = "我报的" })).StatusCode);
        // Not a member; another department's.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Wang, "/api/v1/model-posts", Body(Guid.CreateVersion7(), World.Wang))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(World.Li, "/api/v1/model-posts", Body(Guid.CreateVersion7(), World.Chen))).StatusCode);
    }

    [Fact]
    public async Task Who_left_or_is_no_member_any_more_gets_no_plate_and_loses_it_in_words()
    {
        var id = await CheckedAsync();
        await app.InDatabase(async db =>
        {
            db.Memberships.RemoveRange(db.Memberships.Where(member => member.PersonId == World.Chen.Id));
            return await db.SaveChangesAsync();
        });
        await ClearAsync(id);
        await RefusedAsync(World.Qian, id, "award", new { version = await VersionAsync(id) }, "没有党组织关系");
        await app.InDatabase(async db =>
        {
            db.Memberships.Add(new Membership(World.Company.Id, World.Chen.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Qian, id, "award", version => new { version })).StatusCode);
        await app.InDatabase(async db =>
        {
            (await db.People.SingleAsync(person => person.Id == World.Chen.Id)).Leave(new DateOnly(2026, 12, 2));
            return await db.SaveChangesAsync();
        });
        var ma = await app.SignInAs(World.Ma);
        Assert.Contains("已在 2026-12-02 离岗", (await ma.ReadAsync($"/model-posts/{id}")).Body!.TextContent);
        Assert.Contains("应摘牌", (await ma.ReadAsync("/model-posts")).Body!.TextContent);
        Assert.Contains("持有人已离岗", (await ma.ReadAsync("/todo")).Body!.TextContent);
        Assert.Contains("不能打印标牌", (await ma.ReadAsync($"/model-posts/{id}/sign")).Body!.TextContent);
    }

    [Fact]
    public async Task Another_company_sees_nothing()
    {
        var id = await CheckedAsync();
        await ClearAsync(id);
        Assert.Equal(HttpStatusCode.OK, (await (await app.ProgramOf(World.Liu)).GetAsync($"/api/v1/model-posts/{id}")).StatusCode);
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"update model_posts set company_id = {Guid.CreateVersion7()} where id = {id}"), asOwner: true);
        foreach (var person in new[] { World.Liu, World.Ma, World.Sun })
        {
            var program = await app.ProgramOf(person);
            Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/v1/model-posts/{id}")).StatusCode);
            Assert.DoesNotContain(id.ToString(), await (await program.GetAsync("/api/v1/model-posts")).Content.ReadAsStringAsync());
        }
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(World.Qian, $"/api/v1/model-posts/{id}/award", new { version = 5 })).StatusCode);
    }

    [Fact]
    public async Task Criteria_are_changed_with_a_reason_and_a_version_and_a_check_keeps_what_it_read()
    {
        var id = await CheckedAsync();
        var words = new { kind = "procedure", version = 0, reason = "按本厂制度", id = "MP-01-01", text = "改过的第一条", evidence = "违章记录", threshold = "0 条", source = "WZ-03" };
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Zhou, "/api/v1/model-posts/criteria", words, HttpMethod.Put)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Ma, "/api/v1/model-posts/criteria", words, HttpMethod.Put)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(World.Sun, "/api/v1/model-posts/criteria", words, HttpMethod.Put)).StatusCode);
        var ma = await app.SignInAs(World.Ma);
        var answer = await ma.SubmitAsync("/model-posts/criteria?kind=Procedure&edit=term", new { Form__Months = "24", Form__ReviewMonths = "12", Form__Reason = "两年一评" }, "Term", "#form form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync("/model-posts/criteria?kind=Procedure&edit=MP-01-02", new { Form__Reason = "两票另查" }, "Retire", "#form form")).StatusCode);
        var page = (await ma.ReadAsync("/model-posts/criteria")).Body!.TextContent;
        Assert.Contains("本单位第 3 版 · 任期 24 个月", page);
        Assert.Contains("改过的第一条", page);
        var kept = (await ReadAsync(World.Sun, id))["checked"]!["criteria"]!.AsArray();
        Assert.Equal((5, "本人任期内无负主要责任的严重违章和误操作"), (kept.Count, kept[0]!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Violations_behind_a_check_are_counted_for_those_who_may_read_names_only()
    {
        await app.InDatabase(async db =>
        {
            db.Violations.Add(EffectTests.Violated(World, World.Chen, World.ShiftOne.Id, new(2026, 11, 1), null, "VK-ZY-02"));
            return await db.SaveChangesAsync();
        });
        var id = await CheckedAsync();
        Assert.Equal(1, (await ReadAsync(World.Sun, id))["checked"]!["figures"]!["violations"]!.GetValue<int>());
        Assert.Equal(1, (await ReadAsync(World.Chen, id))["checked"]!["figures"]!["violations"]!.GetValue<int>());
        // 马倩 has a say in posts, but does not read names.
        Assert.Null((await ReadAsync(World.Ma, id))["checked"]!["figures"]!["violations"]);
        Assert.Contains("无权查看", (await (await app.SignInAs(World.Ma)).ReadAsync($"/model-posts/{id}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_zones_year_is_counted_from_its_records_and_concluded_by_somebody_else_than_its_lead()
    {
        await app.InDatabase(async db =>
        {
            var zone = await db.Zones.Include(one => one.Leads).SingleAsync(one => one.Id == _zone);
            db.Add(zone.Appoint(World.Zhou.Id, ZoneRole.Lead, new(2026, 10, 1), null));
            db.Violations.Add(EffectTests.Violated(World, World.Zhang, World.ShiftTwo.Id, new(2026, 11, 1), World.FeedPump.Id, "VK-ZY-02"));
            return await db.SaveChangesAsync();
        });
        await app.ReportAsync(World.Zhang, "给水泵漏油", World.FeedPump.Id);
        var sheet = JsonNode.Parse(await (await (await app.ProgramOf(World.Sun)).GetAsync($"/api/v1/model-posts/zones/{_zone}?year=2026")).Content.ReadAsStringAsync())!["this"]!;
        Assert.Equal((1, 1, 1, 51), (sheet["found"]!.GetValue<int>(), sheet["openAtEnd"]!.GetValue<int>(), sheet["violations"]!.GetValue<int>(), sheet["daysWithLead"]!.GetValue<int>()));
        var body = new { id = Guid.CreateVersion7(), year = 2026, version = 0, conclusion = "巡查少", improvement = "每周一次" };
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(World.Zhou, $"/api/v1/model-posts/zones/{_zone}", body, HttpMethod.Put)).StatusCode);
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Sun, $"/api/v1/model-posts/zones/{_zone}", body, HttpMethod.Put)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(World.Ma, $"/api/v1/model-posts/zones/{_zone}", body with { id = Guid.CreateVersion7() }, HttpMethod.Put)).StatusCode);
        var sun = await app.SignInAs(World.Sun);
        Assert.Contains("已写结论", (await sun.ReadAsync("/model-posts/zones")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync($"/model-posts/zones/{_zone}?year=2026", new { Form__Conclusion = "改过的结论" }, "Conclude")).StatusCode);
        Assert.Contains("改过的结论", (await sun.ReadAsync($"/model-posts/zones/{_zone}")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(World.Zhang)).GetAsync("/model-posts/zones")).StatusCode);
    }

    object Body(Guid id, Person person) => new { id, kind = "procedure", personId = person.Id, zoneId = _zone, statement = "发现票面与现场不符，停下来改票" };

    async Task<Guid> NominateAsync(Person by, Person person)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Created, (await CallAsync(by, "/api/v1/model-posts", Body(id, person))).StatusCode);
        return id;
    }

    async Task<Guid> CheckedAsync()
    {
        var id = await NominateAsync(World.Chen, World.Chen);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Zhou, id, "recommendation", version => new { version, note = "三项各一件事" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(World.Sun, id, "check", version => new { version, note = "核对无误" })).StatusCode);
        return id;
    }

    async Task ClearAsync(Guid id)
    {
        var notice = Guid.CreateVersion7();
        await ActAsync(World.Ma, id, "notice", version => new { version, noticeId = notice });
        app.Clock.Pass(TimeSpan.FromDays(12));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(World.Ma, $"/api/v1/public-notices/{notice}/outcome", new { version = 1, held = true })).StatusCode);
    }

    async Task<HttpResponseMessage> ActAsync(Person person, Guid id, string act, Func<int, object> body) => await CallAsync(person, $"/api/v1/model-posts/{id}/{act}", body(await VersionAsync(id)));

    async Task<HttpResponseMessage> CallAsync(Person person, string url, object body, HttpMethod? method = null) => await (await app.ProgramOf(person)).CallAsync(method ?? HttpMethod.Post, url, body);

    async Task RefusedAsync(Person person, Guid id, string act, object body, string words)
    {
        var answer = await CallAsync(person, $"/api/v1/model-posts/{id}/{act}", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, (await answer.JsonAsync()).GetProperty("title").GetString());
    }

    Task<int> VersionAsync(Guid id) => app.InDatabase(db => db.ModelPosts.Where(post => post.Id == id).Select(post => post.Version).SingleAsync());

    async Task<string> StateAsync(Guid id) => (await ReadAsync(World.Ma, id))["state"]!.GetValue<string>();

    async Task<JsonNode> ReadAsync(Person person, Guid id)
    {
        var answer = await (await app.ProgramOf(person)).GetAsync($"/api/v1/model-posts/{id}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
