using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Duties;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Zones;

namespace Ronghe.Tests.Duties;

/// <summary>Which inspection meets whose duty: told by who led it, with which post, on that day.</summary>
public class DutyEvidenceTests : IAsyncLifetime
{
    const string SpotCheck = "DU-28", Led = "DU-30", Round = "DU-31", Committee = "DU-33", Patrol = "DU-38", Audit = "DU-46";

    TestApp app = null!;
    World World => app.World;
    DateOnly Today => new(2026, 11, 20);

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task<int> MetAsync(string code, Guid subject) => await app.AsAsync(World.Ma, async services =>
    {
        var duty = await services.GetRequiredService<DutyRulebook>().OneAsync(code);
        Assert.True(duty.IsKnown, code);
        var rows = await services.GetRequiredService<DutyCoverage>().RowsAsync(duty, duty.Definition.Cadence.Of(Today), gapsOnly: false, after: null);
        return rows.Rows.Single(row => row.SubjectId == subject).Met.Count;
    });

    Task<Guid> InspectAsync(InspectionKind kind, Person lead, Person planner, InspectionStatus until = InspectionStatus.Finished, Guid? zone = null, string? list = null, params Person[] members) => app.InDatabase(async db =>
    {
        var checklist = list is null ? null : await db.Checklists.FirstAsync(one => one.Code == list);
        var unit = World.Equipment.Id;
        var inspection = new Inspection(World.Company.Id, new(kind, "检查", kind == InspectionKind.SpotCheck ? null : unit, zone, lead.Id, Today, [.. members.Select(member => new TeamMember(member.Id, TeamRole.Member))])
            { ChecklistId = checklist?.Id, ChecklistNumber = checklist?.Number }, planner.Id);
        var at = app.Clock.GetUtcNow();
        inspection.Start(unit, at);
        if (until != InspectionStatus.Started) inspection.Finish([], [], "查了", at);
        if (until == InspectionStatus.Closed) inspection.Close([], at);
        db.Inspections.Add(inspection);
        await db.SaveChangesAsync();
        return inspection.Id;
    });

    Task<Zone> ZoneAsync(Person? lead) => app.InDatabase(async db =>
    {
        var zone = new Zone(World.Company.Id, new("锅炉房责任区", World.Equipment.Id, World.EquipmentBranch.Id, [], "", Outline.None, [World.BoilerHouse.Id]));
        if (lead is not null) zone.Appoint(lead.Id, ZoneRole.Lead, new(2026, 1, 1), null);
        db.Zones.Add(zone);
        await db.SaveChangesAsync();
        return zone;
    });

    [Fact]
    public async Task A_round_by_the_zones_own_lead_meets_the_duty_of_the_zone()
    {
        var zone = await ZoneAsync(World.Liu);
        var owed = await app.AsAsync(World.Liu, services => services.GetRequiredService<DutyWeek>().OfMineAsync());
        Assert.Contains(owed, due => due.Duty.Code == Round && due.SubjectId == zone.Id && !due.IsMet);
        await InspectAsync(InspectionKind.ZoneRound, World.Sun, World.Sun, zone: zone.Id);
        await InspectAsync(InspectionKind.ZoneRound, World.Liu, World.Liu, InspectionStatus.Started, zone.Id);
        Assert.Equal(0, await MetAsync(Round, zone.Id));
        await InspectAsync(InspectionKind.ZoneRound, World.Liu, World.Liu, zone: zone.Id);
        Assert.Equal(1, await MetAsync(Round, zone.Id));
        Assert.DoesNotContain(await app.AsAsync(World.Liu, services => services.GetRequiredService<DutyWeek>().OfMineAsync()), due => due.Duty.Code == Round && due.Period.Holds(Today) && !due.IsMet);
    }

    [Fact]
    public async Task A_zone_that_nobody_leads_is_a_gap()
    {
        var zone = await ZoneAsync(null);
        Assert.Equal(0, await MetAsync(Round, zone.Id));
    }

    [Fact]
    public async Task A_spot_check_led_by_a_secretary_is_the_committees_and_his_own_once_it_is_finished()
    {
        await InspectAsync(InspectionKind.SpotCheck, World.Zhou, World.Qian, InspectionStatus.Started);
        Assert.Equal((0, 0), (await MetAsync(SpotCheck, World.Committee.Id), await MetAsync(Led, World.Zhou.Id)));
        await InspectAsync(InspectionKind.SpotCheck, World.Zhou, World.Qian);
        Assert.Equal((1, 1), (await MetAsync(SpotCheck, World.Committee.Id), await MetAsync(Led, World.Zhou.Id)));
        Assert.Equal(0, await MetAsync(Led, World.Li.Id));
    }

    [Fact]
    public async Task Somebody_without_the_post_meets_no_duty_of_the_post()
    {
        await InspectAsync(InspectionKind.SpotCheck, World.Sun, World.Sun);
        await InspectAsync(InspectionKind.Special, World.Chen, World.Chen);
        Assert.Equal((0, 0), (await MetAsync(SpotCheck, World.Committee.Id), await MetAsync(Committee, World.Committee.Id)));
        await InspectAsync(InspectionKind.Special, World.Sun, World.Qian);
        Assert.Equal(1, await MetAsync(Committee, World.Committee.Id));
    }

    [Fact]
    public async Task A_patrol_counts_once_the_department_has_answered_everything()
    {
        await InspectAsync(InspectionKind.WorkerPatrol, World.Guo, World.Guo);
        Assert.Equal(0, await MetAsync(Patrol, World.Plant.Id));
        await InspectAsync(InspectionKind.WorkerPatrol, World.Guo, World.Guo, InspectionStatus.Closed);
        Assert.Equal(1, await MetAsync(Patrol, World.Plant.Id));
    }

    [Fact]
    public async Task Supervision_counts_by_its_list_and_for_the_group_that_holds_the_post()
    {
        await app.InDatabase(async db =>
        {
            db.Appointments.Add(new Appointment(World.Company.Id, World.Wang.Id, World.Plant.Id, Posts.Discipline, new(2026, 1, 1)));
            var facts = new ChecklistFacts("融合工作检查表", "", "", "", [new("1", "党建活动联系了安全任务", ChecklistItemKind.YesNo)]);
            var list = new Checklist("CK-P15", facts);
            db.AddRange(list, list.VersionOf(facts, null, app.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        await InspectAsync(InspectionKind.Supervision, World.Ma, World.Ma, members: World.Wang);
        Assert.Equal(0, await MetAsync(Audit, World.Plant.Id));
        await InspectAsync(InspectionKind.Supervision, World.Ma, World.Ma, list: "CK-P15", members: World.Wang);
        Assert.Equal(1, await MetAsync(Audit, World.Plant.Id));
    }

    [Fact]
    public async Task The_rules_page_says_where_each_duty_that_follows_an_event_is_answered()
    {
        var text = (await (await app.SignInAs(World.Zhang)).ReadAsync("/duties/rules")).QuerySelector("main")!.TextContent;
        Assert.Contains("抽查问题“说清楚”", text);
        Assert.Contains("在那次抽查的页面上说清楚", text);
        Assert.Contains("还没有这类记录，不向任何人要", text);
        var events = await (await (await app.ProgramOf(World.Zhang)).GetAsync("/api/v1/duties/events")).JsonAsync();
        Assert.Equal(15, events.GetArrayLength());
    }

    [Fact]
    public async Task Nobody_excuses_what_he_has_to_see_to_himself()
    {
        Task Excuse(Person by, Guid subject) => app.AsAsync(by, services => services.GetRequiredService<DutyActions>().ExcuseAsync(Led, subject, Today, "停机大修"));
        await Assert.ThrowsAsync<Forbidden>(() => app.AsAsync(World.Zhou, services => services.GetRequiredService<DutyActions>().ExcuseAsync("DU-26", World.OperationsBranch.Id, Today, "停机大修")));
        await Assert.ThrowsAsync<Forbidden>(() => Excuse(World.Zhou, World.Zhou.Id));
        await Excuse(World.Ma, World.Zhou.Id);
    }

    [Fact]
    public async Task The_morning_tells_each_person_how_much_is_due_and_names_nothing()
    {
        // The week's watch is due on its first day, which lies within the days of grace.
        Task Send() => app.AsAsync(World.Feng, services => services.GetRequiredService<DutyDigest>().SendAsync());
        await Send();
        await Send();
        var told = await app.InDatabase(db => db.Notices.Where(notice => notice.Kind == "duty.digest").Select(notice => new { notice.PersonId, notice.Text, notice.Href }).ToListAsync());
        Assert.Equal(((Guid[])[World.Zhou.Id, World.Li.Id]).Order(), told.Select(one => one.PersonId).Order());
        Assert.All(told, one => Assert.Equal("/week", one.Href));
        Assert.All(told, one => Assert.DoesNotContain("监督台", one.Text));
        Assert.Contains("已过期", told[0].Text);
    }
}
