using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation;

public class TreeTests
{
    [Fact]
    public async Task The_tree_tells_headcounts_heads_and_children()
    {
        await using var office = await Office.OpenAsync();
        var department = await office.UnitAsync("发电一部");
        var crew = await office.UnitAsync("运行一值", department, UnitKind.Crew);
        var head = await office.PersonAsync("000001", "程志远", department);
        await office.PersonAsync("000002", "王磊", crew);
        await office.AppointAsync(head, department, Posts.DepartmentHead);
        var view = await office.AskAsync<TreeQueries, TreeView>(Me.System, tree => tree.TreeAsync(OrganisationTree.Units));
        Assert.True(view.IsWhole);
        var row = view.Nodes.Single(node => node.Id == department);
        Assert.Equal(("部门", 2, 1, "程志远"), (row.Kind, row.Headcount, row.Children, Assert.Single(row.Heads)));
        Assert.Equal(2, view.Nodes.Single(node => node.Id == office.Company).Headcount);
    }

    [Fact]
    public async Task The_party_tree_counts_members_not_those_in_training()
    {
        await using var office = await Office.OpenAsync();
        var committee = await office.PartyAsync("厂党委", kind: PartyOrganisationKind.Committee);
        var branch = await office.PartyAsync("发电一部党支部", committee);
        foreach (var (number, status) in new[] { ("000001", PoliticalStatus.Full), ("000002", PoliticalStatus.Probationary), ("000003", PoliticalStatus.Activist) })
        {
            var person = await office.PersonAsync(number, "某某", office.Company);
            await office.AsAsync<AppDb>(Me.System, async db =>
            {
                db.Memberships.Add(new Membership(office.Company, person, branch, status, null, null));
                await db.SaveChangesAsync();
            });
        }
        var view = await office.AskAsync<TreeQueries, TreeView>(Me.System, tree => tree.TreeAsync(OrganisationTree.Party));
        Assert.Equal([("党委", 2), ("党支部", 2)], view.Nodes.OrderBy(node => node.Kind.Length).Select(node => (node.Kind, node.Headcount)));
    }

    [Theory]
    [InlineData(UnitKind.Crew, UnitKind.Department, false)]
    [InlineData(UnitKind.Crew, UnitKind.Crew, false)]
    [InlineData(UnitKind.Department, UnitKind.Crew, true)]
    [InlineData(UnitKind.Department, UnitKind.Department, true)]
    public async Task A_unit_stands_under_a_higher_one(UnitKind upper, UnitKind lower, bool fits)
    {
        await using var office = await Office.OpenAsync();
        var above = await office.UnitAsync("上级", kind: upper);
        var created = office.UnitAsync("下级", above, lower);
        if (fits) await created;
        else await Assert.ThrowsAsync<Refusal>(() => created);
    }

    [Fact]
    public async Task A_party_organisation_is_no_superior_of_a_unit()
    {
        await using var office = await Office.OpenAsync();
        var branch = await office.PartyAsync("党支部");
        await Assert.ThrowsAsync<Refusal>(() => office.UnitAsync("发电一部", branch));
        var unit = await office.UnitAsync("发电一部");
        await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<TreeActions>(Me.System, tree => tree.MoveAsync(unit, branch, 1)));
    }

    [Fact]
    public async Task Only_an_empty_node_can_be_dissolved()
    {
        await using var office = await Office.OpenAsync();
        var department = await office.UnitAsync("发电一部");
        var crew = await office.UnitAsync("运行一值", department, UnitKind.Crew);
        var person = await office.PersonAsync("000001", "程志远", crew);
        Assert.Contains("下级", (await CloseAsync(office, department))!);
        Assert.Contains("1 人", (await CloseAsync(office, crew))!);
        await office.AsAsync<PeopleActions>(Me.System, people => people.MoveAsync(person, office.Company, 1));
        Assert.Null(await CloseAsync(office, crew));
        Assert.Null(await CloseAsync(office, department));
        Assert.Contains("最上级", (await Assert.ThrowsAsync<Refusal>(async () =>
        {
            await office.AsAsync<PeopleActions>(Me.System, people => people.LeaveAsync(person, office.Today, 2));
            await office.AsAsync<TreeActions>(Me.System, tree => tree.CloseAsync(office.Company, 1));
        })).Message);
    }

    [Fact]
    public async Task A_right_over_a_branch_must_reach_all_that_it_covers()
    {
        await using var office = await Office.OpenAsync();
        var one = await office.UnitAsync("发电一部");
        var two = await office.UnitAsync("发电二部");
        var committee = await office.PartyAsync("厂党委", kind: PartyOrganisationKind.Committee);
        var branch = await office.PartyAsync("联合党支部", committee);
        var group = await office.PartyAsync("第一党小组", branch, PartyOrganisationKind.Group);
        await office.AsAsync<PartyOrganisationActions>(Me.System, parties => parties.CoverAsync(branch, [one, two], 1));
        async Task<bool[]> MayAsync(Guid person)
        {
            var me = await office.MeAsync(person);
            var may = new List<bool>();
            foreach (var node in (Guid[])[one, branch, group, committee])
                may.Add((await office.AskAsync<OrganisationAccess, RightsHere>(me, access => access.AtAsync(node))).May(OrganisationPermissions.ManageUnits));
            return [.. may];
        }
        var ofOne = await office.PersonAsync("000001", "甲", one);
        var ofAll = await office.PersonAsync("000002", "乙", one);
        await office.AppointAsync(ofOne, one, Posts.SystemAdministrator);
        await office.AppointAsync(ofAll, office.Company, Posts.SystemAdministrator);
        var (one4, all4) = (await MayAsync(ofOne), await MayAsync(ofAll));
        Assert.Equal([true, false, false, false], one4);
        Assert.Equal([true, true, true, true], all4);
    }

    [Fact]
    public async Task A_node_s_page_tells_path_coverage_posts_and_acts()
    {
        await using var office = await Office.OpenAsync();
        var department = await office.UnitAsync("发电一部");
        var crew = await office.UnitAsync("运行一值", department, UnitKind.Crew);
        var branch = await office.PartyAsync("发电一部党支部");
        await office.AsAsync<PartyOrganisationActions>(Me.System, parties => parties.CoverAsync(branch, [department], 1));
        await office.AppointAsync(await office.PersonAsync("000001", "程志远", crew), crew, Posts.CrewLead);
        var unit = await office.AskAsync<NodeDetails, NodeDetail>(Me.System, nodes => nodes.FindAsync(crew));
        Assert.Equal(["澄岭热电厂", "发电一部"], unit.Path.Select(node => node.Name));
        Assert.Equal("发电一部党支部", Assert.Single(unit.CoveredBy).Name);
        Assert.Equal(("程志远", "班组长"), (Assert.Single(unit.Holders).Name, unit.Holders[0].PostTitle));
        Assert.Equal("还有 1 人，处理后才能撤销。", unit.Acts.WhyNot("close"));
        var party = await office.AskAsync<NodeDetails, NodeDetail>(Me.System, nodes => nodes.FindAsync(branch));
        Assert.Equal("发电一部", Assert.Single(party.Covers).Name);
        var stranger = await office.MeAsync(await office.PersonAsync("000009", "路人", department));
        Assert.True((await office.AskAsync<NodeDetails, NodeDetail>(stranger, nodes => nodes.FindAsync(crew))).Acts.IsEmpty);
        await Assert.ThrowsAsync<Forbidden>(() => office.AsAsync<TreeActions>(stranger, tree => tree.RenameAsync(crew, "改名", 1)));
    }

    [Fact]
    public async Task The_same_id_sent_twice_founds_one_unit()
    {
        await using var office = await Office.OpenAsync();
        var wanted = new NewUnit(UnitKind.Department, "发电一部", "1002", office.Company);
        for (var time = 0; time < 2; time++) await office.AsAsync<UnitActions>(Me.System, units => units.CreateAsync(wanted));
        Assert.Equal(2, await office.ReadAsync(db => db.Units.CountAsync()));
    }

    [Fact]
    public async Task Units_are_found_by_pinyin_and_by_code()
    {
        await using var office = await Office.OpenAsync();
        var unit = await office.UnitAsync("发电一部", code: "1002");
        foreach (var typed in (string[])["fdyb", "发电", "1002", "fadian"])
            Assert.Equal(unit, Assert.Single(await office.AskAsync<TreeQueries, List<NodeMatch>>(Me.System, tree => tree.FindAsync(OrganisationTree.Units, typed, 5))).Id);
    }

    static async Task<string?> CloseAsync(Office office, Guid node)
    {
        try
        {
            await office.AsAsync<TreeActions>(Me.System, tree => tree.CloseAsync(node, 1));
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Message;
        }
    }
}
