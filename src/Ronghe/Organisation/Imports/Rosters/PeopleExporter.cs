using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>The roster of a company, those who have left included: old ledgers name them.</summary>
public sealed class PeopleExporter(AppDb db, TimeProvider clock) : IExporter
{
    public string Kind => "people";

    sealed record Row(Person Person, Membership? Member, List<Held> PartyPosts);
    sealed record Held(Guid NodeId, string Post);

    public async Task WriteAsync(SheetWriter sheets, Guid companyId, ExportCount count, CancellationToken cancel)
    {
        var directory = await RosterPlaces.LoadAsync(db, companyId, cancel);
        var people = db.People.AsNoTracking().Where(person => person.CompanyId == companyId);
        count.Expect(await people.CountAsync(cancel));
        var today = clock.Today();
        var partyPosts = Posts.All.Where(post => post.Tree == PostTree.Party).Select(post => post.Key).ToArray();
        var rows = people.OrderBy(person => person.Number).Select(person => new Row(
            person, db.Memberships.FirstOrDefault(member => member.PersonId == person.Id),
            db.Appointments.Where(held => held.PersonId == person.Id && held.From <= today && (held.To == null || held.To >= today) && partyPosts.Contains(held.Post))
                .Select(held => new Held(held.NodeId, held.Post)).ToList()));
        sheets.Sheet(RosterSpec.People.Title, RosterSpec.People.ForExport(), "员工花名册", $"截止日期：{today:yyyy年M月d日}");
        await sheets.WriteAsync(rows.AsAsyncEnumerable(), (cells, row) =>
        {
            Write(cells, row, directory);
            count.Next();
        }, cancel);
    }

    static void Write(RowWriter cells, Row row, RosterPlaces places)
    {
        var person = row.Person;
        var (department, crew) = places.UnitOf(person.UnitId);
        cells.Text(person.Number).Text(person.Name).Text(person.Gender).Date(Known(person.BornOn)).Text(person.Ethnicity).Text(department).Text(crew)
            .Text(person.Position).Text(person.JobTitle).Text(person.EmploymentKind).Date(Known(person.WorkStartedOn)).Text(person.Education).Text(person.Qualification)
            .Text(person.PoliticalStatus.Title());
        if (row.Member is { } member && person.IsHere)
        {
            var (branch, group) = places.BranchOf(member.PartyOrganisationId);
            var posts = row.PartyPosts.OrderBy(held => Posts.RankOf(held.Post)).Select(held => places.PartyTitle(held.Post, held.NodeId, member.PartyOrganisationId)).OfType<string>();
            cells.Text(branch).Text(group).Text(string.Join('、', posts)).Date(member.JoinedOn).Date(member.ConfirmedOn);
        }
        else cells.Skip().Skip().Skip().Skip().Skip();
        cells.Text(person.Phone).Text(person.IsHere ? "在岗" : "已离开").Date(person.LeftOn);
    }

    /// <summary>A month alone is kept as its first day; everything else must show its day, or reading it back would lose it.</summary>
    static PreciseDate? Known(DateOnly? date) => date is { } day ? new(day, day.Day == 1 ? DatePrecision.Month : DatePrecision.Day) : null;
}

/// <summary>The names under which a roster's row says where somebody belongs.</summary>
sealed class RosterPlaces
{
    readonly Dictionary<Guid, OrganisationNode> _nodes;
    readonly UnitNames _departments;

    RosterPlaces(List<OrganisationNode> nodes)
    {
        _nodes = nodes.ToDictionary(node => node.Id);
        _departments = new(nodes.OfType<Unit>().Where(unit => unit.Kind != UnitKind.Crew));
    }

    public static async Task<RosterPlaces> LoadAsync(AppDb db, Guid companyId, CancellationToken cancel) =>
        new(await db.Nodes.AsNoTracking().Where(node => node.CompanyId == companyId).ToListAsync(cancel));

    /// <summary>A dissolved crew or department is shown as the nearest superior that is open.</summary>
    public (string Department, string? Crew) UnitOf(Guid id)
    {
        var unit = (Unit)_nodes[id];
        return unit is { Kind: UnitKind.Crew, ParentId: { } above } ? (_departments.Label(above), unit.IsOpen ? unit.Name : null) : (_departments.Label(id), null);
    }

    public (string Branch, string? Group) BranchOf(Guid id) =>
        _nodes[id] is PartyOrganisation { Kind: PartyOrganisationKind.Group, ParentId: { } above } group ? (_nodes[above].Name, group.Name) : (_nodes[id].Name, null);

    /// <summary>A post in the words that a roster uses; null for one that a roster cannot state: it belongs to another branch.</summary>
    public string? PartyTitle(string post, Guid nodeId, Guid memberOf)
    {
        var branch = _nodes[memberOf] is PartyOrganisation { Kind: PartyOrganisationKind.Group, ParentId: { } above } ? above : memberOf;
        if (nodeId == CommitteeOf(branch)) return post switch
        {
            Posts.CommitteeSecretary => "党委书记", Posts.DeputySecretary => "党委副书记", Posts.CommitteeMember => "党委委员", _ => null,
        };
        if (nodeId == branch) return post switch
        {
            Posts.Secretary => "书记", Posts.DeputySecretary => "副书记", Posts.CommitteeMember => "委员", _ => null,
        };
        return nodeId == memberOf && post == Posts.GroupLead ? "小组长" : null;
    }

    Guid? CommitteeOf(Guid branch)
    {
        for (Guid? at = branch; at is { } id; at = _nodes[id].ParentId)
            if (_nodes[id] is PartyOrganisation { Kind: PartyOrganisationKind.Committee }) return id;
        return null;
    }
}
