using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.Tests.Organisation;

/// <summary>The organisation's pages over HTTP, as people of different posts meet them.</summary>
public class OrganisationPageTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyone_opens_every_page_of_the_organisation()
    {
        var worker = await app.SignInAs(World.Zhang);
        foreach (var url in (string[])[
            "/units", "/units?tree=party", $"/units/{World.Operations.Id}", $"/units/{World.OperationsBranch.Id}", "/people", "/people?q=wl",
            $"/people/{World.Wang.Id}", $"/people/{World.Zhang.Id}", "/places", "/places?q=给水泵", $"/places/{World.FeedPump.Id}", $"/places/{World.Site.Id}", "/search", "/search?q=发电"])
        {
            var page = await worker.ReadAsync(url);
            Assert.NotNull(page.QuerySelector("h1"));
        }
        Assert.Equal("image/svg+xml", (await worker.GetAsync("/places/site-plan.svg")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_worker_is_offered_no_act_and_no_act_works()
    {
        var worker = await app.SignInAs(World.Zhang);
        foreach (var url in (string[])["/units", $"/units/{World.Operations.Id}", "/people", $"/people/{World.Wang.Id}", "/places", $"/places/{World.FeedPump.Id}"])
            Assert.Empty((await worker.ReadAsync(url)).QuerySelectorAll("main .head .acts a, main .head .acts button"));
        foreach (var url in (string[])[
            "/units/new", $"/units/{World.Operations.Id}/edit", "/people/new", $"/people/{World.Wang.Id}/edit", $"/people/{World.Wang.Id}/move",
            $"/people/{World.Wang.Id}/leave", "/appointments/new", "/places/new", $"/places/{World.FeedPump.Id}/edit", "/places/words"])
            Assert.Equal(HttpStatusCode.Forbidden, (await worker.GetAsync(url)).StatusCode);
        var answer = await worker.PostAsync($"/people/{World.Wang.Id}/move?handler=", new { UnitId = World.BoilerCrew.Id, Version = 1 });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_security_administrator_gives_and_ends_a_post_without_JavaScript()
    {
        var security = await app.SignInAs(World.Xu);
        var answer = await security.SubmitAsync($"/appointments/new?person={World.Liu.Id}", new
        {
            PersonId = World.Liu.Number, NodeId = "锅炉班", Post = Posts.SafetyOfficer, From = "2026-01-01",
        }, form: "main form[method=post]");
        Assert.Equal($"/people/{World.Liu.Id}", answer.Headers.Location?.OriginalString);
        var page = await security.ReadAsync($"/people/{World.Liu.Id}");
        Assert.Contains("这个任职带来的权限", page.Body!.TextContent);
        Assert.Contains("安全专责", page.Body.TextContent);

        var appointment = await app.InDatabase(db => db.Appointments.SingleAsync(a => a.PersonId == World.Liu.Id));
        Assert.Equal(World.BoilerCrew.Id, appointment.NodeId);
        answer = await security.SubmitAsync($"/people/{World.Liu.Id}", new { LastDay = "2026-02-01" }, "EndAppointment", "main .post form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new DateOnly(2026, 2, 1), await app.InDatabase(db => db.Appointments.Where(a => a.Id == appointment.Id).Select(a => a.To).SingleAsync()));
    }

    [Fact]
    public async Task A_refused_appointment_says_why_and_keeps_what_was_typed()
    {
        var security = await app.SignInAs(World.Xu);
        var answer = await security.SubmitAsync($"/appointments/new?person={World.Liu.Id}&node={World.Company.Id}", new { Post = Posts.Secretary, From = "2026-01-05" },
            form: "main form[method=post]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains("要设在党组织", page.Body!.TextContent);
        Assert.Equal("2026-01-05", page.QuerySelector<IHtmlInputElement>("input[name=From]")!.Value);
        Assert.Equal(Posts.Secretary, page.QuerySelector<IHtmlSelectElement>("select[name=Post]")!.Value);
        Assert.DoesNotContain(page.QuerySelectorAll<IHtmlOptionElement>("select[name=Post] option"), option => Posts.IsAdministrator(option.Value));
        answer = await security.PostAsync($"/appointments/new?person={World.Liu.Id}", new { PersonId = World.Liu.Id, NodeId = World.Company.Id, Post = Posts.AuditAdministrator, From = "2026-01-05" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("只能在服务器上办理", await answer.TextAsync());
    }

    [Fact]
    public async Task The_system_administrator_founds_renames_and_dissolves_a_unit()
    {
        var system = await app.SignInAs(World.Feng);
        var answer = await system.SubmitAsync($"/units/new?parent={World.Plant.Id}", new { Name = "化学部", Code = "100109", Kind = nameof(UnitKind.Department) }, form: "main form[method=post]");
        var address = answer.Headers.Location!.OriginalString;
        Assert.Contains("化学部", (await system.ReadAsync(address)).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await system.SubmitAsync($"{address}/edit", new { Name = "化学与环保部" }, "Rename", "main form:has([name=Name])")).StatusCode);
        var edit = await system.ReadAsync($"{address}/edit");
        Assert.Contains("化学与环保部", edit.QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await system.SubmitAsync($"{address}/edit", handler: "Close", form: "main form:has([formaction*=Close])")).StatusCode);
        Assert.Contains("已撤销", (await system.ReadAsync(address)).QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("化学与环保部", (await system.ReadAsync("/units")).Body!.TextContent);
    }

    [Fact]
    public async Task A_unit_with_people_shows_why_it_cannot_be_dissolved()
    {
        var system = await app.SignInAs(World.Feng);
        var page = await system.ReadAsync($"/units/{World.BoilerCrew.Id}/edit");
        Assert.Contains("还有 2 人", page.QuerySelector(".why-not")!.TextContent);
        var forced = await system.PostAsync($"/units/{World.BoilerCrew.Id}/edit?handler=Close", new { Version = 1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forced.StatusCode);
    }

    [Fact]
    public async Task A_person_is_added_with_a_unit_typed_in_words()
    {
        var system = await app.SignInAs(World.Feng);
        var answer = await system.SubmitAsync("/people/new", new { Number = "0999", UnitId = "运行二值", Form__Name = "欧阳雪", Form__Phone = "19900009999" }, form: "main form[method=post]");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var person = await app.InDatabase(db => db.People.SingleAsync(p => p.Number == "0999", Cancel));
        Assert.Equal(("欧阳雪", World.ShiftTwo.Id, "19900009999"), (person.Name, person.UnitId, person.Phone));
        var worker = await app.SignInAs(World.Liu);
        Assert.DoesNotContain("19900009999", (await worker.ReadAsync($"/people/{person.Id}")).Body!.TextContent);
        Assert.Contains("欧阳雪", (await worker.ReadAsync("/people?q=oyx")).Body!.TextContent);
    }

    [Fact]
    public async Task The_search_page_marks_what_was_found_in_each_section()
    {
        var worker = await app.SignInAs(World.Zhang);
        var page = await worker.ReadAsync("/search?q=给水");
        Assert.Contains("3号给水泵", page.Body!.TextContent);
        Assert.Equal("给水", page.QuerySelector("mark")!.TextContent);
        page = await worker.ReadAsync("/search?q=czy");
        Assert.Contains("没有找到", page.Body!.TextContent);
        page = await worker.ReadAsync("/search?q=" + Uri.EscapeDataString("<script>"));
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task Pickers_find_people_units_and_places()
    {
        var worker = await app.SignInAs(World.Zhang);
        foreach (var (kind, typed, found) in new[] { ("people", "wanglei", "王磊"), ("units", "fdyb", "发电一部"), ("nodes", "fdyb", "发电一部党支部"), ("places", "给煤机", "锅炉房 · 1号炉给煤机") })
            Assert.Contains(found, System.Text.RegularExpressions.Regex.Unescape(await (await worker.GetAsync($"/pickers/{kind}?q={Uri.EscapeDataString(typed)}")).Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task Lists_and_details_keep_to_their_round_trips()
    {
        // So that the stories have something to tell.
        await app.AsAsync(World.Feng, async services =>
        {
            await services.Of<PeopleActions>().MoveAsync(World.He.Id, World.Equipment.Id, await VersionAsync(World.He.Id));
            await services.Of<PeopleActions>().MoveAsync(World.He.Id, World.BoilerCrew.Id, await VersionAsync(World.He.Id));
        });
        string[] lists = ["/people", "/people?q=wl", "/people?after=0103", "/people?before=0301", "/units", "/units?tree=party", "/places", "/places?q=给水泵"];
        Guid[] nodes = [World.Company.Id, World.Plant.Id, World.Operations.Id, World.ShiftOne.Id, World.Committee.Id, World.OperationsBranch.Id];
        string[] details =
        [
            .. nodes.Select(id => $"/units/{id}"), $"/units/{World.Plant.Id}?q=wl", $"/units/{World.Plant.Id}?after=0103", $"/units/{World.Committee.Id}?after=0103",
            $"/people/{World.Wang.Id}", $"/people/{World.Li.Id}", $"/people/{World.Zhang.Id}", $"/people/{World.He.Id}", $"/places/{World.Site.Id}", $"/places/{World.FeedPump.Id}",
        ];
        foreach (var person in new[] { World.Zhang, World.He, World.Wu, World.Qian, World.Feng, World.Xu })
        {
            var visitor = await app.SignInAs(person);
            foreach (var (url, most) in lists.Select(url => (url, 4)).Concat(details.Select(url => (url, 8))))
            {
                var trips = await visitor.CountRoundTripsAsync(url);
                Assert.True(trips is >= 2 && trips <= most, $"{person.Name} {url}: {trips}");
            }
        }
        Assert.Contains("设备部 → 锅炉班", (await (await app.SignInAs(World.Zhang)).ReadAsync($"/people/{World.He.Id}")).Body!.TextContent);
    }

    Task<int> VersionAsync(Guid person) => app.InDatabase(db => db.People.Where(p => p.Id == person).Select(p => p.Version).SingleAsync());

    [Fact]
    public async Task Nobody_sees_the_organisation_without_signing_in()
    {
        foreach (var url in (string[])["/units", "/people", "/places", "/search?q=王", "/places/site-plan.svg"])
            Assert.Equal(HttpStatusCode.Redirect, (await app.Stranger().GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Stranger().GetAsync("/api/v1/people")).StatusCode);
    }
}
