using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>What is stored of one company, arranged for looking up what a roster names.</summary>
sealed class RosterDirectory
{
    readonly UnitNames _departments;
    readonly List<Unit> _units;
    readonly Dictionary<(Guid, string), Unit> _crews;
    readonly Dictionary<string, PartyOrganisation> _branches;
    readonly Dictionary<(Guid, string), PartyOrganisation> _groups;

    RosterDirectory(Guid companyId, List<OrganisationNode> nodes)
    {
        CompanyId = companyId;
        Nodes = nodes.ToDictionary(node => node.Id);
        var units = _units = [.. nodes.OfType<Unit>()];
        var parties = nodes.OfType<PartyOrganisation>().ToList();
        _departments = new(units.Where(unit => unit.Kind != UnitKind.Crew));
        _crews = ByParent(units.Where(unit => unit.Kind == UnitKind.Crew));
        _branches = parties.Where(party => party.Kind is PartyOrganisationKind.Branch or PartyOrganisationKind.GeneralBranch)
            .GroupBy(party => Key(party.Name)).ToDictionary(same => same.Key, same => same.First());
        _groups = ByParent(parties.Where(party => party.Kind == PartyOrganisationKind.Group));
    }

    public Guid CompanyId { get; }
    public IReadOnlyDictionary<Guid, OrganisationNode> Nodes { get; }
    public Dictionary<string, Person> People { get; private set; } = [];
    public ILookup<Guid, Membership> Memberships { get; private set; } = Enumerable.Empty<Membership>().ToLookup(_ => Guid.Empty);
    /// <summary>Past posts as well.</summary>
    public ILookup<Guid, Appointment> Appointments { get; private set; } = Enumerable.Empty<Appointment>().ToLookup(_ => Guid.Empty);

    public static async Task<RosterDirectory> LoadAsync(AppDb db, Guid companyId, CancellationToken cancel)
    {
        var nodes = await db.Nodes.AsNoTracking().Where(node => node.CompanyId == companyId && node.ClosedOn == null).ToListAsync(cancel);
        var directory = new RosterDirectory(companyId, nodes)
        {
            People = await db.People.AsNoTracking().Where(person => person.CompanyId == companyId).ToDictionaryAsync(person => person.Number, cancel),
        };
        if (directory.People.Count == 0) return directory;
        directory.Memberships = (await db.Memberships.AsNoTracking().Where(m => m.CompanyId == companyId).ToListAsync(cancel)).ToLookup(m => m.PersonId);
        directory.Appointments = (await db.Appointments.AsNoTracking().Where(held => held.CompanyId == companyId).ToListAsync(cancel)).ToLookup(held => held.PersonId);
        return directory;
    }

    /// <summary>Units by this name that are no crews; several when the name is not unique.</summary>
    public IReadOnlyList<Unit> Departments(string name) => _departments.Find(name);

    /// <summary>What to write for one of several units of the same name.</summary>
    public string Label(Unit department) => _departments.Label(department.Id);

    public Unit? Crew(Guid department, string name) => _crews.GetValueOrDefault((department, Key(name)));
    public PartyOrganisation? Branch(string name) => _branches.GetValueOrDefault(Key(name));
    public PartyOrganisation? Group(Guid branch, string name) => _groups.GetValueOrDefault((branch, Key(name)));

    public IEnumerable<string> CrewNames(Guid department) => _crews.Where(pair => pair.Key.Item1 == department).Select(pair => pair.Value.Name);
    public IEnumerable<string> GroupNames(Guid branch) => _groups.Where(pair => pair.Key.Item1 == branch).Select(pair => pair.Value.Name);
    public IEnumerable<string> DepartmentNames => _units.Where(unit => unit.Kind == UnitKind.Department).Select(unit => unit.Name);
    public IEnumerable<string> BranchNames => _branches.Values.Select(branch => branch.Name);

    /// <summary>The plant or company that a unit belongs to.</summary>
    public Guid PlantOf(Unit unit)
    {
        OrganisationNode node = unit;
        while (node is Unit { Kind: UnitKind.Department or UnitKind.Crew, ParentId: { } above } && Nodes.TryGetValue(above, out var parent)) node = parent;
        return node.Id;
    }

    /// <summary>The committee above a branch.</summary>
    public PartyOrganisation? CommitteeOf(PartyOrganisation? branch)
    {
        OrganisationNode? node = branch;
        while (node is PartyOrganisation { Kind: not PartyOrganisationKind.Committee }) node = node.ParentId is { } above ? Nodes.GetValueOrDefault(above) : null;
        return node as PartyOrganisation;
    }

    static Dictionary<(Guid, string), T> ByParent<T>(IEnumerable<T> nodes) where T : OrganisationNode =>
        nodes.Where(node => node.ParentId is not null).GroupBy(node => (node.ParentId!.Value, Key(node.Name))).ToDictionary(same => same.Key, same => same.First());

    /// <summary>Brackets and blanks are typed in either width.</summary>
    static string Key(string name) => Platform.Spreadsheets.CellText.Code(name);
}
