using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Tests.Organisation;

public class AppointmentTests
{
    [Fact]
    public async Task Rights_come_with_the_post_and_go_with_it()
    {
        await using var office = await Office.OpenAsync();
        var unit = await office.UnitAsync("发电一部");
        var person = await office.PersonAsync("000001", "程志远", unit);
        var security = await SecurityAsync(office);
        var id = await office.AskAsync<AppointmentActions, Guid>(security, posts => posts.AppointAsync(new(person, unit, Posts.DepartmentHead, office.Today)));
        Assert.Equal([unit], (await office.MeAsync(person)).ReachOf(OrganisationPermissions.PersonalFacts));
        await office.AsAsync<AppointmentActions>(security, posts => posts.EndAsync(id, office.Today.AddDays(-0), 1));
        Assert.Equal([unit], (await office.MeAsync(person)).ReachOf(OrganisationPermissions.PersonalFacts));
        await office.AsAsync<AppDb>(Me.System, db => db.Database.ExecuteSqlAsync($"update appointments set from_on = '2026-01-01', to_on = '2026-11-19' where id = {id}"));
        Assert.Empty((await office.MeAsync(person)).ReachOf(OrganisationPermissions.PersonalFacts));
    }

    [Fact]
    public async Task Nobody_appoints_himself()
    {
        await using var office = await Office.OpenAsync();
        var me = await SecurityAsync(office);
        foreach (var post in (string[])[Posts.SystemAdministrator, Posts.AuditAdministrator, Posts.PlantHead])
            await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<AppointmentActions>(me, posts => posts.AppointAsync(new(me.Id, office.Company, post, office.Today))));
        Assert.Equal(1, await office.ReadAsync(db => db.Appointments.CountAsync()));
    }

    [Fact]
    public async Task The_three_administrators_are_three_persons()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        await office.AppointAsync(person, office.Company, Posts.SystemAdministrator);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => office.AppointAsync(person, office.Company, Posts.AuditAdministrator));
        Assert.Contains("三个人", refusal.Message);
    }

    [Fact]
    public async Task Two_administrators_posts_at_once_leave_only_one()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        var outcomes = await Task.WhenAll(new[] { Posts.SystemAdministrator, Posts.AuditAdministrator, Posts.SecurityAdministrator }.Select(async post =>
        {
            try
            {
                await office.AppointAsync(person, office.Company, post);
                return true;
            }
            catch (Refusal)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, done => done);
    }

    [Fact]
    public async Task A_party_post_stands_in_the_party_tree()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        var branch = await office.PartyAsync("发电一部党支部");
        await Assert.ThrowsAsync<Refusal>(() => office.AppointAsync(person, office.Company, Posts.Secretary));
        await Assert.ThrowsAsync<Refusal>(() => office.AppointAsync(person, branch, Posts.PlantHead));
        await office.AppointAsync(person, branch, Posts.Secretary);
        await Assert.ThrowsAsync<Refusal>(() => office.AppointAsync(person, branch, Posts.Secretary));
    }

    [Fact]
    public async Task Only_the_security_administrator_gives_posts()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        var system = await office.PersonAsync("000002", "王磊", office.Company);
        await office.AppointAsync(system, office.Company, Posts.SystemAdministrator);
        var me = await office.MeAsync(system);
        await Assert.ThrowsAsync<Forbidden>(() => office.AsAsync<AppointmentActions>(me, posts => posts.AppointAsync(new(person, office.Company, Posts.PlantHead, office.Today))));
    }

    [Fact]
    public async Task The_three_administrators_are_made_and_unmade_at_the_console_alone()
    {
        await using var office = await Office.OpenAsync();
        var me = await SecurityAsync(office);
        var (clerk, audit) = (await office.PersonAsync("000001", "程志远", office.Company), await office.PersonAsync("000008", "孙丽萍", office.Company));
        await office.AppointAsync(audit, office.Company, Posts.AuditAdministrator);
        foreach (var post in Posts.Administrators)
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<AppointmentActions>(me, posts => posts.AppointAsync(new(clerk, office.Company, post, office.Today))));
            Assert.Contains("ronghe user add", refusal.Message);
        }
        var held = await office.ReadAsync(db => db.Appointments.SingleAsync(a => a.PersonId == audit));
        var kept = await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<AppointmentActions>(me, posts => posts.EndAsync(held.Id, office.Today, held.Version)));
        Assert.Contains("ronghe user dismiss", kept.Message);

        var detail = await office.AskAsync<PersonDetails, PersonDetail>(me, people => people.FindAsync(audit));
        Assert.Equal(Administrators.AtTheConsole, detail.Appointments[0].Acts.WhyNot("end"));
        Assert.Equal(["安全审计员"], await office.AskAsync<AppointmentActions, IReadOnlyList<string>>(Me.System, posts => posts.DismissAsync(audit, office.Today)));
        Assert.Empty((await office.MeAsync(audit)).ReachOf(OrganisationPermissions.ManageAppointments));
        Assert.Equal(office.Today.AddDays(-1), await office.ReadAsync(db => db.Appointments.Where(a => a.Id == held.Id).Select(a => a.To).SingleAsync()));
    }

    [Fact]
    public async Task The_keeper_of_the_roster_does_not_send_an_administrator_away()
    {
        await using var office = await Office.OpenAsync();
        var (clerk, audit) = (await office.PersonAsync("000001", "程志远", office.Company), await office.PersonAsync("000008", "孙丽萍", office.Company));
        await office.AppointAsync(clerk, office.Company, Posts.SystemAdministrator);
        await office.AppointAsync(audit, office.Company, Posts.AuditAdministrator);
        var me = await office.MeAsync(clerk);
        var version = (await office.AskAsync<PersonDetails, PersonDetail>(me, people => people.FindAsync(audit))).Version;
        var refusal = await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<PeopleActions>(me, people => people.LeaveAsync(audit, office.Today, version)));
        Assert.Contains("孙丽萍是安全审计员", refusal.Message);
        Assert.True(await office.ReadAsync(db => db.People.AnyAsync(p => p.Id == audit && p.LeftOn == null)));
        await office.AskAsync<AppointmentActions, IReadOnlyList<string>>(Me.System, posts => posts.DismissAsync(audit, office.Today));
        await office.AsAsync<PeopleActions>(me, people => people.LeaveAsync(audit, office.Today, version));
    }

    [Fact]
    public async Task The_person_s_page_tells_what_a_post_allows_and_when_it_was_given()
    {
        await using var office = await Office.OpenAsync();
        var me = await SecurityAsync(office);
        var branch = await office.PartyAsync("发电一部党支部");
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        await office.AskAsync<AppointmentActions, Guid>(me, posts => posts.AppointAsync(new(person, branch, Posts.Secretary, new(2026, 3, 1))));
        var detail = await office.AskAsync<PersonDetails, PersonDetail>(me, people => people.FindAsync(person));
        var held = Assert.Single(detail.Appointments);
        Assert.Contains("查看个人信息（出生年月、民族、电话、入党日期）", held.Rights);
        Assert.Equal(["end"], held.Acts.Possible);
        var timeline = await office.AskAsync<RecordHistory, IReadOnlyList<HistoryRow>>(me, told => told.OfPersonAsync(detail));
        Assert.Equal(("任职", "发电一部党支部 书记 自 2026-03-01", "安全员"), (timeline[0].Title, timeline[0].Note, timeline[0].Who));
    }

    static async Task<Me> SecurityAsync(Office office)
    {
        var person = await office.PersonAsync("000007", "安全员", office.Company);
        await office.AppointAsync(person, office.Company, Posts.SecurityAdministrator);
        return await office.MeAsync(person);
    }
}
