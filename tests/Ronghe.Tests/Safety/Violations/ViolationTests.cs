using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Safety.Violations;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Violations;

public class ViolationTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Noter = Guid.CreateVersion7(), Worker = Guid.CreateVersion7(), Second = Guid.CreateVersion7(), Unit = Guid.CreateVersion7();

    World World => app.World;

    public async ValueTask InitializeAsync() => await app.InDatabase(async db =>
    {
        await ViolationKindPack.LoadAsync(db, Program.ContentFolder);
        return 0;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static ViolationNote Seen(Guid? person = null) => new("VK-ZY-02", Unit, person ?? Worker, "", null, "8 米层", Today, "票面之外拆了阀门，有照片");

    static Violation In(ViolationState state)
    {
        var violation = Violation.Note(Guid.CreateVersion7(), Guid.CreateVersion7(), Seen(), Noter, Now, Today);
        if (state == ViolationState.Noted) return violation;
        violation.Hear("无异议", Worker, Now);
        if (state == ViolationState.Confirmed) violation.Confirm("", Second, Now);
        if (state == ViolationState.Dropped) violation.Drop("票上有补充", Second, Now);
        return violation;
    }

    static readonly Dictionary<ViolationState, ViolationVerb[]> Expected = new()
    {
        [ViolationState.Noted] = [ViolationVerb.Hear, ViolationVerb.Drop],
        [ViolationState.Heard] = [ViolationVerb.Confirm, ViolationVerb.Drop],
        [ViolationState.Confirmed] = [],
        [ViolationState.Dropped] = [],
    };

    public static TheoryData<ViolationState, ViolationVerb> EveryStateAndVerb() => StateMatrix.Of<ViolationState, ViolationVerb>(Violation.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(ViolationState state, ViolationVerb verb)
    {
        var violation = In(state);
        Assert.Equal(state, violation.State);
        void Do()
        {
            switch (verb)
            {
                case ViolationVerb.Hear: violation.Hear("无异议", Worker, Now); break;
                case ViolationVerb.Confirm: violation.Confirm("", Second, Now); break;
                default: violation.Drop("看错了", Second, Now); break;
            }
        }
        if (Expected[state].Contains(verb))
        {
            Do();
            Assert.NotEqual(state, violation.State);
        }
        else
        {
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(Do).Message);
            Assert.Equal(state, violation.State);
        }
    }

    [Fact]
    public void It_counts_only_after_the_hearing_and_with_a_second_person()
    {
        Assert.Contains("先听本人说明", Assert.Throws<Refusal>(() => In(ViolationState.Noted).Confirm("", Second, Now)).Message);
        Assert.Throws<Forbidden>(() => In(ViolationState.Heard).Confirm("", Noter, Now));
        Assert.Throws<Forbidden>(() => In(ViolationState.Heard).Confirm("", Worker, Now));
        Assert.Throws<Forbidden>(() => In(ViolationState.Heard).Drop("算了", Noter, Now));
        Assert.Throws<Forbidden>(() => In(ViolationState.Noted).Drop("没有的事", Worker, Now));
        In(ViolationState.Noted).Drop("看错了人", Noter, Now);
    }

    [Fact]
    public void Nobody_notes_himself_or_what_lies_too_far_back()
    {
        Assert.Throws<Refusal>(() => Violation.Note(Guid.CreateVersion7(), Unit, Seen(Noter), Noter, Now, Today));
        Assert.Equal("On", Assert.Throws<Refusal>(() => (Seen() with { On = Today.AddDays(-91) }).Check(Today)).Field);
        Assert.Equal("PersonId", Assert.Throws<Refusal>(() => (Seen() with { PersonId = null }).Check(Today)).Field);
        (Seen() with { PersonId = null, PersonText = "某某检修公司 张三" }).Check(Today);
    }

    [Fact]
    public async Task Noted_heard_by_himself_and_decided_by_another()
    {
        var id = await NoteAsync(World.Wang, World.Chen, "发电一部自己发现");
        await app.FollowAsync();
        Assert.Equal(1, await app.InDatabase(db => db.Notices.CountAsync(n => n.PersonId == World.Chen.Id && n.Href == $"/violations/{id}")));
        var chen = await app.SignInAs(World.Chen);
        Assert.Contains("说明情况", (await chen.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await chen.SubmitAsync($"/violations/{id}", new { Hear__Note = "当时赶进度" }, "Hear", "#acts form")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(World.Wang, id, "confirmation", new { version = 2 })).StatusCode);
        var wu = await app.SignInAs(World.Wu);
        Assert.Contains("认定违章", (await wu.ReadAsync("/todo")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync($"/violations/{id}", handler: "Confirm", form: "#acts form")).StatusCode);
        var events = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == id).OrderBy(row => row.Seq).ToListAsync());
        Assert.Equal(["violation.noted", "violation.heard", "violation.confirmed"], events.Select(row => row.Event));
        Assert.All(events, row => Assert.DoesNotContain(World.Chen.Id.ToString(), row.Data));
    }

    [Fact]
    public async Task Others_see_place_kind_and_post_but_never_the_name_nor_what_is_not_decided()
    {
        const string place = "9 米层东侧";
        var id = await NoteAsync(World.Sun, World.Liu, "姓名不外传的一条", place);
        // 何静 leads the crew and may read the name; 郭永胜, the union's representative of the plant, may not.
        Assert.Contains("刘洋", await BodyAsync(World.He, $"/api/v1/violations/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.ProgramOf(World.Guo)).GetAsync($"/api/v1/violations/{id}")).StatusCode);
        await SendAsync(World.He, id, "hearing", new { version = 1, note = "刘洋说没有看清票" });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(World.Li, id, "confirmation", new { version = 2 })).StatusCode);
        foreach (var text in new[]
        {
            await BodyAsync(World.Guo, $"/api/v1/violations/{id}"), await BodyAsync(World.Guo, "/api/v1/violations"),
            (await (await app.SignInAs(World.Guo)).ReadAsync($"/violations/{id}")).Body!.TextContent, (await (await app.SignInAs(World.Guo)).ReadAsync("/violations")).Body!.TextContent,
        })
        {
            Assert.Contains(place, text);
            Assert.DoesNotContain("刘洋", text);
            Assert.DoesNotContain("姓名不外传", text);
        }
        Assert.DoesNotContain(place, (await (await app.SignInAs(World.Zhang)).ReadAsync("/violations")).Body!.TextContent);
    }

    [Fact]
    public async Task Wrong_role_stale_version_and_sending_twice()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(World.Zhang)).CallAsync(HttpMethod.Post, "/api/v1/violations", Body(Guid.CreateVersion7(), World.Wang, "无权"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await app.ProgramOf(World.Wu)).CallAsync(HttpMethod.Post, "/api/v1/violations", Body(Guid.CreateVersion7(), World.Liu, "别的部门"))).StatusCode);
        var (id, sun) = (Guid.CreateVersion7(), await app.ProgramOf(World.Sun));
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Created, (await sun.CallAsync(HttpMethod.Post, "/api/v1/violations", Body(id, World.Zhang, "两次"))).StatusCode);
        await SendAsync(World.Zhang, id, "hearing", new { version = 1, note = "无异议" });
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(World.Zhao, id, "confirmation", new { version = 1 })).StatusCode);
    }

    [Fact]
    public async Task Beside_a_finding_for_a_contractors_worker_and_the_dictionary_is_the_plants_own()
    {
        var finding = await app.ReportAsync(World.Zhang, "旁边的隐患", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.SubmitAsync($"/violations/new?finding={finding}", new { Form__KindId = "VK-ZY-01", Form__PersonText = "某检修公司 老赵", Form__PlaceText = "煤场", Form__Evidence = "没有票" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await sun.ReadAsync(answer.Headers.Location!.ToString());
        Assert.NotNull(page.QuerySelector($"a[href='/findings/{finding}']"));
        Assert.Contains("老赵", page.Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/violations/kinds?edit=VK-ZY-03", new { Form__Name = "本厂改过的叫法" }, "Save", "#form form")).StatusCode);
        await app.InDatabase(async db => { await ViolationKindPack.LoadAsync(db, Program.ContentFolder); return 0; });
        Assert.Equal(("本厂改过的叫法", true), await app.InDatabase(async db => (await db.ViolationKinds.SingleAsync(kind => kind.Id == "VK-ZY-03")) is var kind ? (kind.Name, kind.EditedAt is not null) : default));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(World.Zhang)).PostAsync("/violations/kinds?edit=VK-ZY-04&handler=Retire", new { seen = "0" })).StatusCode);
    }

    static object Body(Guid id, Person person, string evidence, string place = "8 米层") => new { id, kindId = "VK-ZY-02", personId = person.Id, place, on = $"{TestClock.Start:yyyy-MM-dd}", evidence };

    async Task<Guid> NoteAsync(Person by, Person person, string evidence, string place = "8 米层")
    {
        var id = Guid.CreateVersion7();
        var answer = await (await app.ProgramOf(by)).CallAsync(HttpMethod.Post, "/api/v1/violations", Body(id, person, evidence, place));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(person.Name, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["row"]!["who"]!.GetValue<string>());
        return id;
    }

    async Task<string> BodyAsync(Person person, string url)
    {
        var answer = await (await app.ProgramOf(person)).GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    async Task<HttpResponseMessage> SendAsync(Person person, Guid id, string act, object body) =>
        await (await app.ProgramOf(person)).CallAsync(HttpMethod.Post, $"/api/v1/violations/{id}/{act}", body);
}
