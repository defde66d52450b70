using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.PublicNotices;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Watch;
using Ronghe.Tasks;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Duties.Calendar;

/// <summary>The one calendar over HTTP: what stands there for whom, plans of one's own, overlaps, and the address for phones.</summary>
public class CalendarTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;
    static readonly DateOnly Friday = new(2026, 11, 20), Tuesday = new(2026, 11, 24);

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db =>
        {
            foreach (var person in new[] { World.Zhou, World.Chen, World.Wang })
                db.Memberships.Add(new Membership(World.Company.Id, person.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    Task<IReadOnlyList<CalendarEntry>> LinesOf(Person person, bool mine = true) =>
        app.AsAsync(person, services => services.GetRequiredService<CalendarQueries>().FindAsync(new(new(2026, 11, 1), new(2026, 12, 31), mine)));

    static object Facts(Unit unit, string title = "安全例会", PlanKind kind = PlanKind.SafetyMeeting, PlanTag tag = PlanTag.Production, DateOnly? on = null, DateOnly? to = null, Person? lead = null) =>
        new { kind = Camel(kind), tag = Camel(tag), title, unitId = unit.Id, from = on ?? Tuesday, to = to ?? on ?? Tuesday, leadId = lead?.Id };

    static string Camel<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    async Task<Guid> PlanAsync(Person by, object facts)
    {
        var id = Guid.CreateVersion7();
        var answer = await (await app.ProgramOf(by)).CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id, facts });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return id;
    }

    [Fact]
    public async Task Every_wing_has_its_lines_for_whom_they_concern()
    {
        await app.AsAsync(World.Zhou, services => services.GetRequiredService<WatchActions>().DrawAsync(World.OperationsBranch.Id, 2));
        await app.AsAsync(World.Wu, services => services.GetRequiredService<TaskActions>().GiveAsync(Guid.CreateVersion7(), new("补围栏", "", World.Wang.Id, Tuesday, null)));
        var notice = Guid.CreateVersion7();
        await app.AsAsync(World.Ma, services => services.GetRequiredService<PublicNoticeActions>().DraftAsync(notice, new("示范岗名单", "名单", [World.Plant.Id], 2)));
        await app.AsAsync(World.Ma, services => services.GetRequiredService<PublicNoticeActions>().OpenAsync(notice, 1));
        var finding = await app.ReportAsync(World.Zhang, "护栏松", World.CoalFeeder.Id);
        await app.AssignAsync(finding);
        await PlanAsync(World.Wu, Facts(World.Operations, "运行部安全例会"));

        var wang = await LinesOf(World.Wang);
        Assert.Contains(wang, line => line.Title == "补围栏" && line.From == Tuesday);
        Assert.Contains(wang, line => line.Title == "运行部安全例会");
        Assert.Contains(wang, line => line.Title.Contains("示范岗名单", StringComparison.Ordinal) && line.From == Tuesday);
        Assert.Contains(await LinesOf(World.Zhou), line => line.Key.StartsWith("duty-DU-26", StringComparison.Ordinal) && line.IsDone);
        Assert.Contains(await LinesOf(World.Zhou, mine: false), line => line.Key == WatchActions.Week && line.To == line.From.AddDays(6));
        Assert.Contains(await LinesOf(World.Liu), line => line.Title == "1 条整改到期");
        Assert.Contains(await LinesOf(World.Sun, mine: false), line => line.Title == "1 条整改到期");
        Assert.DoesNotContain(await LinesOf(World.Zhang), line => line.Title is "补围栏" or "1 条整改到期");
        Assert.DoesNotContain(await LinesOf(World.Liu, mine: false), line => line.Title is "补围栏" or "运行部安全例会");
    }

    [Fact]
    public async Task The_number_of_a_day_opens_to_its_list()
    {
        await app.AssignAsync(await app.ReportAsync(World.Zhang, "护栏松", World.CoalFeeder.Id));
        foreach (var (person, mine) in new[] { (World.Liu, true), (World.Sun, false) })
        {
            var line = (await LinesOf(person, mine)).Single(one => one.Key.StartsWith("findings-", StringComparison.Ordinal));
            Assert.Contains("护栏松", (await (await app.SignInAs(person)).ReadAsync(line.Href)).QuerySelector("main")!.TextContent);
            Assert.DoesNotContain("护栏松", (await (await app.SignInAs(person)).ReadAsync(line.Href.Replace($"{line.From:yyyy-MM-dd}", "2026-11-21"))).QuerySelector("main")!.TextContent);
        }
    }

    [Fact]
    public async Task A_spot_check_stands_there_for_checker_and_planner_alone_until_it_starts()
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(World.Qian, services => services.GetRequiredService<InspectionActions>().PlanAsync(id, new(InspectionKind.SpotCheck, "十一月抽查", null, null, World.Zhou.Id, Friday, [new(World.Chen.Id, TeamRole.Member)]), null));
        await app.AsAsync(World.Zhou, services => services.GetRequiredService<SpotChecks>().DrawAsync(id, 1));
        var target = await app.InDatabase(db => db.SpotCheckDraws.Select(draw => db.Units.First(unit => unit.Id == draw.UnitId).Name).SingleAsync());
        foreach (var person in World.People)
        {
            var knows = person == World.Zhou || person == World.Qian;
            var browser = await app.SignInAs(person);
            foreach (var address in new[] { "/calendar?all=true", "/calendar?view=week", "/calendar/overlap", "/calendar/download", "/api/v1/calendar?from=2026-11-01&to=2026-11-30&mine=false" })
            {
                var text = await (await browser.GetAsync(address)).Content.ReadAsStringAsync();
                if (!knows) Assert.False(text.Contains("十一月抽查", StringComparison.Ordinal) || text.Contains(id.ToString(), StringComparison.Ordinal), $"{person.Name} at {address}");
                Assert.False(address.EndsWith("download", StringComparison.Ordinal) && text.Contains(target, StringComparison.Ordinal), $"{person.Name} at {address}");
            }
            var lines = (await LinesOf(person)).Concat(await LinesOf(person, mine: false)).Where(line => line.Id == id).ToList();
            Assert.Equal(knows, lines.Count > 0);
            Assert.All(lines, line => Assert.DoesNotContain(target, line.Title + line.Detail + line.Outside));
            Assert.All(lines, line => Assert.DoesNotContain("抽查", line.Outside));
        }
        var version = await app.InDatabase(db => db.Inspections.Select(i => i.Version).SingleAsync());
        await app.AsAsync(World.Zhou, services => services.GetRequiredService<InspectionActions>().StartAsync(id, version));
        Assert.Contains(await LinesOf(World.Sun, mine: false), line => line.Id == id && line.From == Friday);
    }

    [Fact]
    public async Task A_plan_is_stored_once_changed_with_its_version_and_called_off_with_a_reason()
    {
        var (wu, id) = (await app.ProgramOf(World.Wu), Guid.CreateVersion7());
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Created, (await wu.CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id, facts = Facts(World.Operations) })).StatusCode);
        Assert.Equal(1, await app.InDatabase(db => db.PlanEntries.CountAsync()));
        var restated = await wu.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{id}/restatement", new { version = 1, facts = Facts(World.Operations, "改到周三", on: Tuesday.AddDays(1)) });
        Assert.Equal("改到周三", (await restated.JsonAsync()).GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await wu.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{id}/cancellation", new { version = 1, reason = "推迟" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await wu.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{id}/cancellation", new { version = 2, reason = " " })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await wu.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{id}/cancellation", new { version = 2, reason = "推迟" })).StatusCode);
        Assert.DoesNotContain(await LinesOf(World.Wang), line => line.Id == id);
        Assert.Equal(3, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectKind == PlanActions.Kind)));
    }

    [Fact]
    public async Task Whoever_does_not_answer_for_a_unit_neither_plans_for_it_nor_sees_its_plans()
    {
        var plan = await PlanAsync(World.Wu, Facts(World.Operations));
        var (he, zhang) = (await app.ProgramOf(World.He), await app.ProgramOf(World.Zhang));
        Assert.Equal(HttpStatusCode.NotFound, (await he.GetAsync($"/api/v1/calendar/plans/{plan}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await he.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{plan}/cancellation", new { version = 1, reason = "推迟" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await he.CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id = Guid.CreateVersion7(), facts = Facts(World.Operations) })).StatusCode);
        // It is 张海's department: he sees it, and changes nothing.
        Assert.Equal(HttpStatusCode.OK, (await zhang.GetAsync($"/api/v1/calendar/plans/{plan}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.CallAsync(HttpMethod.Post, $"/api/v1/calendar/plans/{plan}/cancellation", new { version = 1, reason = "推迟" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id = Guid.CreateVersion7(), facts = Facts(World.Operations) })).StatusCode);
    }

    [Fact]
    public async Task A_plan_is_put_in_by_form_and_keeps_its_input_on_a_refusal()
    {
        var wu = await app.SignInAs(World.Wu);
        var refused = await wu.SubmitAsync("/calendar/plans/new", new { Form__Title = "2 号机检修", Form__Kind = "Overhaul", Form__From = "2026-12-01", Form__To = "2026-12-09", Form__People = "0203 9999" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var shown = await refused.PageAsync();
        Assert.Contains("9999", shown.QuerySelector("main")!.TextContent);
        Assert.Equal("2 号机检修", shown.QuerySelector("input[name='Form.Title']")!.GetAttribute("value"));
        var stored = await wu.SubmitAsync("/calendar/plans/new", new { Form__Title = "2 号机检修", Form__Kind = "Overhaul", Form__From = "2026-12-01", Form__To = "2026-12-09", Form__People = "0203" });
        Assert.Equal(HttpStatusCode.Redirect, stored.StatusCode);
        var plan = await app.InDatabase(db => db.PlanEntries.SingleAsync());
        Assert.Equal((World.Operations.Id, PlanTag.Production, World.Wang.Id), (plan.UnitId, plan.Tag, plan.PeopleIds.Single()));
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync($"/calendar/plans/{plan.Id}", new { Form__Title = "2 号机 C 级检修" }, handler: "Restate", form: "main details form")).StatusCode);
        Assert.Equal("2 号机 C 级检修", await app.InDatabase(db => db.PlanEntries.Select(one => one.Title).SingleAsync()));
    }

    [Fact]
    public async Task Two_plans_that_meet_are_made_one_and_the_share_tells_it()
    {
        var meeting = await PlanAsync(World.Wu, Facts(World.Operations, "安全例会"));
        var party = await PlanAsync(World.Zhou, Facts(World.Operations, "主题党日", PlanKind.PartyActivity, PlanTag.Party));
        await PlanAsync(World.Wu, Facts(World.Operations, "1 号机检修", PlanKind.Overhaul, on: Tuesday.AddDays(-1), to: Tuesday.AddDays(3)));
        var api = await app.ProgramOf(World.Wu);
        var view = await (await api.GetAsync("/api/v1/calendar/overlaps?from=2026-11-01&to=2026-11-30")).JsonAsync();
        Assert.Equal((1, 0), (view.GetProperty("activities").GetInt32(), view.GetProperty("tied").GetInt32()));
        Assert.Equal(["clash", "sameDay"], view.GetProperty("overlaps").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        var wu = await app.SignInAs(World.Wu);
        Assert.Equal(HttpStatusCode.Redirect, (await wu.SubmitAsync("/calendar/overlap?day=2026-11-20", handler: "Join")).StatusCode);
        view = await (await api.GetAsync("/api/v1/calendar/overlaps?from=2026-11-01&to=2026-11-30")).JsonAsync();
        Assert.Equal((1, 1, 0), (view.GetProperty("activities").GetInt32(), view.GetProperty("tied").GetInt32(), view.GetProperty("overlaps").GetArrayLength()));
        var joined = await app.InDatabase(db => db.PlanEntries.SingleAsync(plan => plan.Id == party));
        Assert.Equal((PlanState.Joined, meeting), (joined.State, joined.JoinedIntoId));
    }

    [Fact]
    public async Task An_activity_tied_to_a_task_counts_as_tied()
    {
        var (task, plan) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.AsAsync(World.Wu, services => services.GetRequiredService<TaskActions>().GiveAsync(task, new("补围栏", "", World.Wang.Id, Tuesday, null)));
        var wu = await app.ProgramOf(World.Wu);
        Assert.Equal(HttpStatusCode.NotFound, (await wu.CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id = plan, facts = Facts(World.Operations, tag: PlanTag.Party), tiedToKind = "task", tiedToId = Guid.CreateVersion7() })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await wu.CallAsync(HttpMethod.Post, "/api/v1/calendar/plans", new { id = plan, facts = Facts(World.Operations, tag: PlanTag.Party), tiedToKind = "task", tiedToId = task })).StatusCode);
        var view = await (await wu.GetAsync("/api/v1/calendar/overlaps?from=2026-11-01&to=2026-11-30")).JsonAsync();
        Assert.Equal((1, 1), (view.GetProperty("activities").GetInt32(), view.GetProperty("tied").GetInt32()));
    }

    [Fact]
    public async Task Days_off_and_days_worked_in_exchange_are_named()
    {
        var page = await (await app.SignInAs(World.Zhang)).ReadAsync("/calendar?day=2026-02-20");
        Assert.Contains("春节", page.QuerySelector("#d-2026-02-17 .cal-mark")!.TextContent);
        Assert.Equal("班", page.QuerySelector("#d-2026-02-28 .cal-mark")!.TextContent);
        Assert.Null(page.QuerySelector("#d-2026-02-25 .cal-mark"));
    }

    [Fact]
    public async Task The_secret_address_shows_its_owners_days_until_it_is_renewed_or_revoked()
    {
        await app.AsAsync(World.Wu, services => services.GetRequiredService<TaskActions>().GiveAsync(Guid.CreateVersion7(), new("补围栏", "", World.Wang.Id, Tuesday, null)));
        var wang = await app.SignInAs(World.Wang);
        var first = await MakeAsync(wang);
        var stranger = app.Stranger();
        var answer = await stranger.GetAsync(first);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        var read = IcsReader.Read(text);
        Assert.Contains(read, one => one.Summary == "交办的事到期" && one.From == Tuesday);
        Assert.DoesNotContain("补围栏", text.Replace("\r\n ", ""));
        Assert.Equal(read.Select(one => one.Uid), IcsReader.Read(await (await stranger.GetAsync(first)).Content.ReadAsStringAsync()).Select(one => one.Uid));
        // Somebody else's browser shows the owner's days, not its own.
        Assert.Equal(read.Count, IcsReader.Read(await (await (await app.SignInAs(World.Zhou)).GetAsync(first)).Content.ReadAsStringAsync()).Count);

        var second = await MakeAsync(wang);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await stranger.GetAsync(first)).StatusCode, (await stranger.GetAsync(second)).StatusCode));
        Assert.DoesNotContain(await app.InDatabase(db => db.CalendarFeeds.Select(feed => feed.Hash).ToListAsync()), hash => second.Contains(hash, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await wang.SubmitAsync("/calendar/feed", handler: "Revoke")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(second)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/calendar/feed/rh_0.ics")).StatusCode);
    }

    [Fact]
    public async Task The_address_ends_with_the_person()
    {
        var address = await MakeAsync(await app.SignInAs(World.Wang));
        await app.InDatabase(db => db.People.Where(person => person.Id == World.Wang.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.LeftOn, Friday)));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Stranger().GetAsync(address)).StatusCode);
    }

    static async Task<string> MakeAsync(Visitor visitor)
    {
        var made = await (await visitor.SubmitAsync("/calendar/feed", handler: "Renew")).PageAsync();
        return new Uri(made.QuerySelector("code.secret")!.TextContent).PathAndQuery;
    }

    [Fact]
    public async Task The_month_costs_few_round_trips()
    {
        var sun = await app.SignInAs(World.Sun);
        await sun.ReadAsync("/calendar?all=true");
        Assert.InRange(await sun.CountRoundTripsAsync("/calendar?all=true"), 1, 14);
    }
}
