using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation;

public class PeopleTests
{
    [Theory]
    [InlineData("志远")]
    [InlineData("程志")]
    [InlineData("chengzhiyuan")]
    [InlineData("zhiyuan")]
    [InlineData("czy")]
    [InlineData("CZY")]
    [InlineData("000123")]
    [InlineData("123")]
    [InlineData("程志远")]
    public async Task A_person_is_found_by_two_characters_pinyin_initials_and_number(string typed)
    {
        await using var office = await Office.OpenAsync();
        var unit = await office.UnitAsync("发电一部");
        var wanted = await office.PersonAsync("000123", "程志远", unit);
        await office.PersonAsync("000777", "王磊", unit);
        var found = await office.AskAsync<PeopleQueries, IReadOnlyList<PersonRow>>(Me.System, people => people.FindAsync(typed, 10));
        Assert.Equal(wanted, Assert.Single(found).Id);
    }

    [Fact]
    public async Task A_query_of_signs_only_finds_nobody_rather_than_everybody()
    {
        await using var office = await Office.OpenAsync();
        await office.PersonAsync("000123", "程志远", office.Company);
        Assert.Empty(await office.AskAsync<PeopleQueries, IReadOnlyList<PersonRow>>(Me.System, people => people.FindAsync("%", 10)));
    }

    [Fact]
    public async Task Lists_go_through_a_subtree_page_by_page_and_back()
    {
        await using var office = await Office.OpenAsync();
        var department = await office.UnitAsync("发电一部");
        var crew = await office.UnitAsync("运行一值", department, UnitKind.Crew);
        for (var at = 1; at <= 5; at++) await office.PersonAsync($"00010{at}", $"张三{"一二三四五"[at - 1]}", at % 2 == 0 ? crew : department);
        await office.PersonAsync("000200", "李四", await office.UnitAsync("化学部"));

        var filter = new PeopleFilter { Unit = department, Limit = 2 };
        var first = await ListAsync(office, filter);
        var second = await ListAsync(office, filter with { After = first.Next });
        var third = await ListAsync(office, filter with { After = second.Next });
        Assert.Equal(["000101", "000102", "000103", "000104", "000105"], first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.Number));
        Assert.Equal((5, null, null), (first.Total, first.Previous, third.Next));
        var back = await ListAsync(office, filter with { Before = third.Previous });
        Assert.Equal(second.Rows.Select(row => row.Number), back.Rows.Select(row => row.Number));
        Assert.Equal("发电一部 · 运行一值", first.Rows[1].UnitPath);
    }

    [Fact]
    public async Task Personal_facts_are_for_the_person_the_head_and_the_secretary_not_for_a_colleague()
    {
        await using var office = await Office.OpenAsync();
        var department = await office.UnitAsync("发电一部");
        var crew = await office.UnitAsync("运行一值", department, UnitKind.Crew);
        var other = await office.UnitAsync("化学部");
        var person = await office.PersonAsync("000001", "程志远", crew, new("", crew) { BornOn = new(1985, 6, 1), Ethnicity = "汉族", Phone = "19900001234" });
        var colleague = await office.PersonAsync("000002", "王磊", crew);
        var head = await office.PersonAsync("000003", "赵学军", department);
        var otherHead = await office.PersonAsync("000004", "孙丽萍", other);
        var secretary = await office.PersonAsync("000005", "周志远", other);
        var branch = await office.PartyAsync("发电一部党支部");
        await office.AsAsync<Ronghe.Organisation.PartyOrganisations.PartyOrganisationActions>(Me.System, parties => parties.CoverAsync(branch, [department], 1));
        await office.AppointAsync(head, department, Posts.DepartmentHead);
        await office.AppointAsync(otherHead, other, Posts.DepartmentHead);
        await office.AppointAsync(secretary, branch, Posts.Secretary);
        await office.AsAsync<AppDb>(Me.System, async db =>
        {
            db.Memberships.Add(new Membership(office.Company, person, branch, PoliticalStatus.Full, new(2010, 7, 1), new(2011, 7, 1)));
            await db.SaveChangesAsync();
        });

        foreach (var (who, sees) in new[] { (person, true), (head, true), (secretary, true), (colleague, false), (otherHead, false) })
        {
            var me = await office.MeAsync(who);
            var detail = await office.AskAsync<PersonDetails, PersonDetail>(me, people => people.FindAsync(person));
            Assert.Equal(sees, detail.Personal is { Phone: "19900001234", Ethnicity: "汉族", BornOn: not null });
            Assert.Equal(sees, Assert.Single(detail.Memberships).JoinedOn is not null);
            Assert.Equal("发电一部 · 运行一值", detail.UnitPath);
        }
    }

    [Fact]
    public async Task Another_company_sees_nobody_here()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        var elsewhere = await office.AskAsync<UnitActions, Guid>(Me.System, units => units.CreateAsync(new(UnitKind.Company, "别的公司", "99", null)));
        var me = await office.MeAsync(await office.PersonAsync("000001", "外人", elsewhere));
        await Assert.ThrowsAsync<NotFound>(() => office.AskAsync<PersonDetails, PersonDetail>(me, people => people.FindAsync(person)));
        Assert.Equal(["外人"], (await office.AskAsync<PeopleQueries, Ronghe.Platform.Data.Paged<PersonRow>>(me, people => people.ListAsync(new()))).Rows.Select(row => row.Name));
        Assert.Empty((await office.AskAsync<TreeQueries, List<NodeMatch>>(me, tree => tree.FindAsync(null, "澄岭", 10))));
    }

    [Fact]
    public async Task A_number_is_given_once()
    {
        await using var office = await Office.OpenAsync();
        await office.PersonAsync("000001", "程志远", office.Company);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => office.PersonAsync("000001", "王磊", office.Company));
        Assert.Equal(nameof(Person.Number), refusal.Field);
    }

    [Fact]
    public async Task Whoever_leaves_loses_the_posts_and_the_rights()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        await office.AppointAsync(person, office.Company, Posts.PlantHead);
        await office.AsAsync<PeopleActions>(Me.System, people => people.LeaveAsync(person, office.Today.AddDays(-1), 1));
        var held = await office.ReadAsync(db => db.Appointments.SingleAsync());
        Assert.Equal(office.Today.AddDays(-1), held.To);
        Assert.Equal([OrganisationEvents.AppointmentEnded, OrganisationEvents.PersonLeft], await office.ReadAsync(db =>
            db.Journal.OrderByDescending(row => row.Seq).Take(2).OrderBy(row => row.Event).Select(row => row.Event).ToArrayAsync()));
        await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<PeopleActions>(Me.System, people => people.LeaveAsync(person, office.Today, 2)));
    }

    [Fact]
    public async Task A_stale_change_is_refused_and_says_what_happened_since()
    {
        await using var office = await Office.OpenAsync();
        var other = await office.UnitAsync("化学部");
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        await office.AsAsync<PeopleActions>(Me.System, people => people.MoveAsync(person, other, 1));
        var stale = await Assert.ThrowsAsync<StaleWrite>(() => office.AsAsync<PeopleActions>(Me.System, people => people.MoveAsync(person, office.Company, 1)));
        Assert.Contains("调动", stale.Message);
        Assert.Equal(other, await office.ReadAsync(db => db.People.Select(p => p.UnitId).SingleAsync()));
    }

    [Fact]
    public async Task The_journal_names_changed_facts_and_never_tells_them()
    {
        await using var office = await Office.OpenAsync();
        var person = await office.PersonAsync("000001", "程志远", office.Company);
        await office.AsAsync<PeopleActions>(Me.System, people => people.ChangeAsync(person, new("程志远", office.Company) { Phone = "19900001234" }, 1));
        var data = await office.ReadAsync(db => db.Journal.Where(row => row.Event == OrganisationEvents.PersonChanged).Select(row => row.Data).SingleAsync());
        Assert.Contains("电话", data);
        Assert.DoesNotContain("19900001234", data);
    }

    [Fact]
    public async Task Managing_people_needs_its_right_over_both_units()
    {
        await using var office = await Office.OpenAsync();
        var unit = await office.UnitAsync("发电一部");
        var other = await office.UnitAsync("化学部");
        var person = await office.PersonAsync("000001", "程志远", unit);
        var clerk = await office.PersonAsync("000002", "王磊", unit);
        await office.AppointAsync(clerk, unit, Posts.SystemAdministrator);
        var me = await office.MeAsync(clerk);
        await Assert.ThrowsAsync<Forbidden>(() => office.AsAsync<PeopleActions>(me, people => people.MoveAsync(person, other, 1)));
        await Assert.ThrowsAsync<Forbidden>(() => office.AsAsync<PeopleActions>(me, people => people.AddAsync(new("000009", new("新人", other)))));
        await office.AsAsync<PeopleActions>(me, people => people.AddAsync(new("000009", new("新人", unit))));
    }

    static Task<Ronghe.Platform.Data.Paged<PersonRow>> ListAsync(Office office, PeopleFilter filter) =>
        office.AskAsync<PeopleQueries, Ronghe.Platform.Data.Paged<PersonRow>>(Me.System, people => people.ListAsync(filter));
}
