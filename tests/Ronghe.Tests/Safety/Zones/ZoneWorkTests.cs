using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Zones;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Zones;

/// <summary>What a zone asks of those who lead it, and what its sign leads to.</summary>
public class ZoneWorkTests : IAsyncLifetime
{
    TestApp app = null!;
    World World => app.World;
    readonly Guid zone = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await Do(actions => actions.CreateAsync(zone, new("锅炉房责任区", World.Equipment.Id, null, [], "每周 1 次", Outline.None, [World.BoilerHouse.Id])));
        await Do(actions => actions.AppointAsync(zone, 1, World.He.Id, ZoneRole.Lead, app.Clock.Today(), null));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task Do(Func<ZoneActions, Task> act) => app.AsAsync(World.Sun, services => act(services.GetRequiredService<ZoneActions>()));

    async Task<string[]> WorkOf(Person person) => [.. (await app.AsAsync(person, services => services.GetRequiredService<Waiting>().ListAsync())).Select(line => line.Title)];

    Task<int> CountOf(Person person) => app.AsAsync(person, services => services.GetRequiredService<Waiting>().CountAsync());

    async Task<List<string>> ToldAsync(Person person, string kind)
    {
        await app.FollowAsync();
        return await app.InDatabase(db => db.Notices.Where(notice => notice.PersonId == person.Id && notice.Kind == kind).OrderBy(notice => notice.At).Select(notice => notice.Text).ToListAsync());
    }

    [Fact]
    public async Task Whoever_is_appointed_is_told()
    {
        Assert.Contains("锅炉房责任区", Assert.Single(await ToldAsync(World.He, "zone.appointed")));
        Assert.Empty(await ToldAsync(World.Sun, "zone.appointed"));
    }

    [Fact]
    public async Task A_round_falls_due_by_the_cadence_and_is_done_by_walking()
    {
        Assert.Empty(await WorkOf(World.He));
        app.Clock.Pass(TimeSpan.FromDays(7));
        Assert.Equal(["巡查：锅炉房责任区"], await WorkOf(World.He));
        Assert.Equal(1, await CountOf(World.He));
        Assert.Empty(await WorkOf(World.Liu));
        var round = Guid.CreateVersion7();
        async Task Act(Func<InspectionActions, Task> act) => await app.AsAsync(World.He, services => act(services.GetRequiredService<InspectionActions>()));
        await Act(actions => actions.PlanAsync(round, new(InspectionKind.ZoneRound, "巡查", World.Equipment.Id, zone, World.He.Id, app.Clock.Today(), []), null));
        await Act(actions => actions.StartAsync(round, 1));
        Assert.Equal(["填写并结束检查：巡查"], await WorkOf(World.He));
        await Act(actions => actions.FinishAsync(round, 2, "都好"));
        await Act(actions => actions.CloseAsync(round, 3));
        Assert.Empty(await WorkOf(World.He));
        app.Clock.Pass(TimeSpan.FromDays(7.5));
        Assert.Equal(["巡查：锅炉房责任区"], await WorkOf(World.He));
    }

    [Fact]
    public async Task What_becomes_overdue_is_told_once_and_stays_a_line_of_work()
    {
        var finding = await app.ReportAsync(World.Liu, "护栏松动", World.CoalFeeder.Id);
        await app.AssignAsync(finding);
        Task Tell() => app.AsAsync(World.Sun, services => services.GetRequiredService<ZoneNotices>().TellOverdueAsync());
        await Tell();
        Assert.Empty(await ToldAsync(World.He, "zone.overdue"));
        // Due in twenty days, on a Thursday: the next morning it is new, the Monday after it is not.
        app.Clock.Pass(TimeSpan.FromDays(21));
        await Tell();
        await Tell();
        Assert.Contains("新超期 1 条", Assert.Single(await ToldAsync(World.He, "zone.overdue")));
        Assert.Contains(await WorkOf(World.He), title => title.StartsWith("督促整改：锅炉房责任区", StringComparison.Ordinal));
        app.Clock.Pass(TimeSpan.FromDays(3));
        await Tell();
        Assert.Single(await ToldAsync(World.He, "zone.overdue"));
        await Do(async actions => await actions.EndTermAsync(zone, 2, (await app.InDatabase(db => db.ZoneLeads.SingleAsync())).Id, app.Clock.Today()));
        app.Clock.Pass(TimeSpan.FromDays(1));
        Assert.DoesNotContain(await WorkOf(World.He), title => title.Contains("责任区", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_nearer_to_another_zone_is_not_this_leads_business()
    {
        var inner = Guid.CreateVersion7();
        await Do(actions => actions.CreateAsync(inner, new("给煤机责任区", World.Equipment.Id, null, [], "", Outline.None, [World.CoalFeeder.Id])));
        await Do(actions => actions.AppointAsync(inner, 1, World.Liu.Id, ZoneRole.Lead, app.Clock.Today(), null));
        await app.AssignAsync(await app.ReportAsync(World.Liu, "护栏松动", World.CoalFeeder.Id));
        app.Clock.Pass(TimeSpan.FromDays(21));
        Assert.DoesNotContain(await WorkOf(World.He), title => title.StartsWith("督促整改", StringComparison.Ordinal));
        Assert.Contains("督促整改：给煤机责任区有隐患超期", await WorkOf(World.Liu));
    }

    [Fact]
    public async Task A_scanned_sign_leads_to_a_report_that_counts_in_the_zone()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var page = await zhang.ReadAsync($"/zones/{zone}");
        var report = page.QuerySelectorAll("main a[href^='/findings/report?place=']").Select(link => link.GetAttribute("href")!).Distinct().Single();
        var sent = await zhang.SubmitAsync(report, new { Form__Description = "地面油污" });
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(World.BoilerHouse.Id, await app.InDatabase(db => db.Findings.Select(f => f.PlaceId).SingleAsync()));
        Assert.Contains("未关闭 1 条", (await zhang.ReadAsync($"/zones/{zone}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_missing_person_a_stale_view_and_a_term_that_overlaps_are_answered_in_words_and_change_nothing()
    {
        var sun = await app.ProgramOf(World.Sun);
        Task<HttpResponseMessage> Appoint(object body) => sun.CallAsync(HttpMethod.Post, $"/api/v1/zones/{zone}/leads", body);
        foreach (var (body, said) in (List<(object, string)>)
        [
            (new { version = 2, personId = Guid.CreateVersion7(), role = "lead" }, "没有找到这个人"),
            (new { version = 1, personId = World.Wang.Id, role = "lead" }, "刚刚被别人改过"),
            (new { version = 2, personId = World.Wang.Id, role = "lead", from = app.Clock.Today().AddDays(-5) }, "已有同一天或更晚开始的任期"),
            (new { version = 2, personId = World.He.Id, role = "deputy" }, "不能同时当"),
            (new { version = 2, personId = World.Wang.Id, role = "deputy", from = "2026-12-01", to = "2026-11-30" }, "结束日期早于开始日期"),
        ])
        {
            var answer = await Appoint(body);
            Assert.True((int)answer.StatusCode is 409 or 422, $"{body}: {answer.StatusCode}");
            Assert.Contains(said, await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(World.He.Id, (await app.InDatabase(db => db.ZoneLeads.SingleAsync())).PersonId);
        // Two at once: one of them leads, the other is told.
        var answers = await Task.WhenAll(new[] { World.Wang, World.Chen }.Select(person => Appoint(new { version = 2, personId = person.Id, role = "deputy" })));
        Assert.Equal([200, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Single(await app.InDatabase(db => db.ZoneLeads.Where(lead => lead.Role == ZoneRole.Deputy).ToListAsync()));
    }

    [Theory]
    [InlineData("每周 1 次", 7), InlineData("每天", 1), InlineData("每班 2 次", 1), InlineData("每月 2 次", 15), InlineData("每两周一次", 14), InlineData("每季度 1 次", 90), InlineData("每3天1次", 3)]
    [InlineData("", null), InlineData("不定期", null), InlineData("按计划", null)]
    public void A_cadence_is_read_from_its_words(string words, int? days) => Assert.Equal(days, ZoneCadence.DaysOf(words));
}
