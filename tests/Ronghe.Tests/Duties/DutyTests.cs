using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Duties;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Watch;

namespace Ronghe.Tests.Duties;

/// <summary>What people owe follows from posts, calendar and records; the watch of a branch is the record here.</summary>
public class DutyTests : IAsyncLifetime
{
    const string Watch = "DU-26";

    TestApp app = null!;
    World World => app.World;

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

    Task<IReadOnlyList<DutyDue>> WeekOf(Person person) => app.AsAsync(person, services => services.GetRequiredService<DutyWeek>().OfMineAsync());

    async Task<DutyDue?> WatchOf(Person person) => (await WeekOf(person)).SingleOrDefault(due => due.Duty.Code == Watch && due.Period.Holds(app.Clock.Today()));

    Task<DutyTally> TallyOf(Person person) => app.AsAsync(person, async services =>
        (await services.GetRequiredService<DutyCoverage>().TallyAsync(app.Clock.Today())).Single(tally => tally.Duty.Code == Watch));

    [Fact]
    public async Task A_duty_is_met_by_its_record_in_the_next_read_and_by_nothing_else()
    {
        var owed = await WatchOf(World.Zhou);
        Assert.Equal((1, World.OperationsBranch.Id), (owed!.Missing, owed.SubjectId));
        Assert.Equal((2, 0, 2), await Numbers(World.Ma));
        await app.AsAsync(World.Zhou, services => services.GetRequiredService<WatchActions>().DrawAsync(World.OperationsBranch.Id, 1));
        Assert.True((await WatchOf(World.Zhou))!.IsMet);
        Assert.Equal((2, 1, 1), await Numbers(World.Ma));
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"delete from watch_duties; delete from watch_weeks"), asOwner: true);
        Assert.False((await WatchOf(World.Zhou))!.IsMet);
    }

    async Task<(int, int, int)> Numbers(Person person) => await TallyOf(person) is var tally ? (tally.Subjects, tally.Met, tally.Gaps) : default;

    [Fact]
    public async Task A_duty_comes_and_goes_with_the_post()
    {
        Assert.NotNull(await WatchOf(World.Zhou));
        Assert.Null(await WatchOf(World.Zhang));
        await app.InDatabase(db => db.Appointments.Where(held => held.PersonId == World.Zhou.Id).ExecuteUpdateAsync(set => set.SetProperty(held => held.To, app.Clock.Today().AddDays(-1))));
        Assert.Empty(await WeekOf(World.Zhou));
        // Nobody is there to see to it: that is a gap still.
        Assert.Equal((2, 0, 2), await Numbers(World.Ma));
    }

    [Fact]
    public async Task Whoever_oversees_sees_what_lies_within_reach()
    {
        Assert.Equal((1, 0, 1), await Numbers(World.Zhou));
        var zhang = await app.SignInAs(World.Zhang);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.GetAsync("/duties")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.GetAsync("/api/v1/duties/coverage")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhang.GetAsync("/week")).StatusCode);
        var zhou = await app.SignInAs(World.Zhou);
        var page = (await zhou.ReadAsync($"/duties/{Watch}")).QuerySelector("main")!.TextContent;
        Assert.Contains("发电一部党支部", page);
        Assert.DoesNotContain("设备部党支部", page);
    }

    [Fact]
    public async Task What_does_not_apply_is_no_gap_until_it_is_taken_back()
    {
        var ma = await app.SignInAs(World.Ma);
        var answer = await ma.SubmitAsync($"/duties/{Watch}?excuse={World.OperationsBranch.Id}", new { reason = "整周停机大修" }, handler: "Excuse");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Null(await WatchOf(World.Zhou));
        Assert.Equal((1, 1), await TallyOf(World.Ma) is var tally ? (tally.Excused, tally.Gaps) : default);
        var excuse = await app.InDatabase(db => db.DutyExcuses.SingleAsync());
        await app.AsAsync(World.Ma, services => services.GetRequiredService<DutyActions>().WithdrawAsync(excuse.Id, excuse.Version));
        Assert.NotNull(await WatchOf(World.Zhou));
        Assert.Equal(2, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectKind == DutyActions.Kind)));
    }

    [Fact]
    public async Task Nobody_excuses_what_lies_beyond_reach_or_without_a_reason()
    {
        Task Excuse(Person by, Guid subject, string reason) => app.AsAsync(by, services => services.GetRequiredService<DutyActions>().ExcuseAsync(Watch, subject, app.Clock.Today(), reason));
        await Assert.ThrowsAsync<NotFound>(() => Excuse(World.Zhou, World.EquipmentBranch.Id, "大修"));
        await Assert.ThrowsAsync<NotFound>(() => Excuse(World.Zhang, World.OperationsBranch.Id, "大修"));
        await Assert.ThrowsAsync<Refusal>(() => Excuse(World.Ma, World.OperationsBranch.Id, " "));
        await Excuse(World.Ma, World.OperationsBranch.Id, "大修");
        await Assert.ThrowsAsync<Refusal>(() => Excuse(World.Ma, World.OperationsBranch.Id, "大修"));
    }

    [Fact]
    public async Task Several_who_excuse_the_same_at_once_store_it_once_and_the_others_hear_so()
    {
        async Task<bool> IsStoredAsync()
        {
            try
            {
                await app.AsAsync(World.Ma, services => services.GetRequiredService<DutyActions>().ExcuseAsync(Watch, World.EquipmentBranch.Id, app.Clock.Today(), "整周停机"));
                return true;
            }
            catch (Refusal)
            {
                return false;
            }
        }
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => IsStoredAsync())), stored => stored);
    }

    [Fact]
    public async Task A_changed_rule_holds_from_the_next_read_on_and_says_who_and_why()
    {
        var ma = await app.SignInAs(World.Ma);
        var fields = new
        {
            Form__Name = "监督台每月值守", Form__Every = 1, Form__Unit = "Month", Form__Times = 1, Form__Anchor = "PeriodEnd", Form__Offset = 0, Form__Month = 12, Form__Day = 31,
            Form__Workday = "None", Form__LeadDays = 31, Form__Severity = "High", Form__Note = "", Form__IsOn = "true", Form__Reason = "人手少",
        };
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync($"/duties/rules?edit={Watch}", fields)).StatusCode);
        var owed = await WatchOf(World.Zhou);
        Assert.Equal(("监督台每月值守", CadenceUnit.Month, CadenceOrigin.Default), (owed!.Duty.Definition.Name, owed.Duty.Definition.Cadence.Unit, owed.Duty.Definition.Origin));
        Assert.Contains("人手少", await app.InDatabase(db => db.Journal.Where(row => row.SubjectKind == DutyRulebook.Kind).Select(row => row.Data).SingleAsync()));
        // The page from before the change is refused.
        await Assert.ThrowsAsync<StaleWrite>(() => app.AsAsync(World.Ma, services => services.GetRequiredService<DutyRulebook>().ChangeAsync(Watch, 0, _ => { }, "再改")));
        await Assert.ThrowsAsync<Forbidden>(() => app.AsAsync(World.Zhou, services => services.GetRequiredService<DutyRulebook>().ChangeAsync(Watch, 1, _ => { }, "再改")));
    }

    [Fact]
    public async Task A_rule_that_is_off_asks_nothing_of_anybody()
    {
        await app.AsAsync(World.Ma, services => services.GetRequiredService<DutyRulebook>().ChangeAsync(Watch, 0, rule =>
            rule.Restate(rule.Definition.Name, rule.Definition.Cadence, 3, DutySeverity.High, "", isOn: false), "停一年"));
        Assert.Null(await WatchOf(World.Zhou));
        Assert.DoesNotContain(await app.AsAsync(World.Ma, services => services.GetRequiredService<DutyCoverage>().TallyAsync(app.Clock.Today())), tally => tally.Duty.Code == Watch);
    }

    [Fact]
    public async Task My_week_costs_few_round_trips()
    {
        var zhou = await app.SignInAs(World.Zhou);
        await zhou.ReadAsync("/week");
        Assert.InRange(await zhou.CountRoundTripsAsync("/week"), 1, 6);
    }

    [Fact]
    public void Every_rule_of_the_pack_that_follows_the_calendar_can_be_read()
    {
        var pack = DutyPack.Load(Program.ContentFolder);
        Assert.Equal(38, pack.ByCode.Count);
        Assert.All(pack.ByCode.Values, duty => duty.Cadence.Check());
        Assert.Equal(("WatchDuty", "Meeting:MembersMeeting"), (pack.ByCode[Watch].Evidence, pack.ByCode["DU-01"].Evidence));
    }
}
