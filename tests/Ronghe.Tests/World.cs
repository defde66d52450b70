using Ronghe.Organisation;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Search;
using Ronghe.Platform.Security;

namespace Ronghe.Tests;

/// <summary>
/// A small named plant that every test can lean on. Each person has an account without a password.
/// <code>
/// 清河能源公司
///   清河热电厂                 赵国强 plant head · 孙丽 safety officer · 马倩 Party affairs · 郭永胜 union · 冯凯 许宁 郑毅 the three administrators
///     发电一部                 吴敏 head
///       运行一值               王磊 lead · 陈晓燕
///       运行二值               张海
///     设备部                   李建国 head
///       锅炉班                 何静 lead · 刘洋
///     安全监察部               (孙丽 belongs here)
/// 清河热电厂党委 covers the plant     钱建华 secretary
///   发电一部党支部 covers 发电一部    周志远 secretary · 陈晓燕 member of the committee
///   设备部党支部 covers 设备部        李建国 secretary
/// </code>
/// </summary>
public sealed class World
{
    public static readonly DateOnly Began = new(2025, 1, 1);

    readonly List<object> _rows = [];
    readonly List<OrganisationNode> _nodes = [];
    readonly List<Person> _people = [];

    World()
    {
        Company = Node(new Unit(UnitKind.Company, "10", "清河能源公司", null));
        Plant = Node(new Unit(UnitKind.Plant, "1001", "清河热电厂", Company));
        Operations = Node(new Unit(UnitKind.Department, "100101", "发电一部", Plant, 1));
        ShiftOne = Node(new Unit(UnitKind.Crew, "10010101", "运行一值", Operations, 1));
        ShiftTwo = Node(new Unit(UnitKind.Crew, "10010102", "运行二值", Operations, 2));
        Equipment = Node(new Unit(UnitKind.Department, "100102", "设备部", Plant, 2));
        BoilerCrew = Node(new Unit(UnitKind.Crew, "10010201", "锅炉班", Equipment, 1));
        Safety = Node(new Unit(UnitKind.Department, "100103", "安全监察部", Plant, 3));

        Committee = Node(new PartyOrganisation(PartyOrganisationKind.Committee, "P1", "清河热电厂党委", Company.Id, null));
        OperationsBranch = Node(new PartyOrganisation(PartyOrganisationKind.Branch, "P101", "发电一部党支部", Company.Id, Committee, 1));
        EquipmentBranch = Node(new PartyOrganisation(PartyOrganisationKind.Branch, "P102", "设备部党支部", Company.Id, Committee, 2));
        Cover(Committee, Plant);
        Cover(OperationsBranch, Operations);
        Cover(EquipmentBranch, Equipment);

        Site = Place(PlaceLevel.Site, "厂区", "A", null);
        BoilerHouse = Place(PlaceLevel.Area, "锅炉房", "A01", Site);
        CoalFeeder = Place(PlaceLevel.Equipment, "1号炉给煤机", "A01-01", BoilerHouse, Equipment);
        TurbineHall = Place(PlaceLevel.Area, "汽机房", "A02", Site);
        FeedPump = Place(PlaceLevel.Equipment, "3号给水泵", "A02-01", TurbineHall, Operations);

        Zhao = Person("0001", "赵国强", Plant, Posts.PlantHead, Plant);
        Qian = Person("0002", "钱建华", Plant, Posts.CommitteeSecretary, Committee);
        Sun = Person("0101", "孙丽", Safety, Posts.SafetyOfficer, Plant);
        Ma = Person("0102", "马倩", Plant, Posts.PartyAffairs, Plant);
        Guo = Person("0103", "郭永胜", Plant, Posts.UnionRepresentative, Plant);
        Feng = Person("0104", "冯凯", Plant, Posts.SystemAdministrator, Company);
        Xu = Person("0105", "许宁", Plant, Posts.SecurityAdministrator, Company);
        Zheng = Person("0106", "郑毅", Plant, Posts.AuditAdministrator, Company);
        Wu = Person("0201", "吴敏", Operations, Posts.DepartmentHead, Operations);
        Zhou = Person("0202", "周志远", Operations, Posts.Secretary, OperationsBranch);
        Wang = Person("0203", "王磊", ShiftOne, Posts.CrewLead, ShiftOne);
        Chen = Person("0204", "陈晓燕", ShiftOne, Posts.CommitteeMember, OperationsBranch);
        Zhang = Person("0205", "张海", ShiftTwo);
        Li = Person("0301", "李建国", Equipment, Posts.DepartmentHead, Equipment);
        Appoint(Li, Posts.Secretary, EquipmentBranch);
        He = Person("0302", "何静", BoilerCrew, Posts.CrewLead, BoilerCrew);
        Liu = Person("0303", "刘洋", BoilerCrew);
    }

    public Unit Company { get; }
    public Unit Plant { get; }
    public Unit Operations { get; }
    public Unit ShiftOne { get; }
    public Unit ShiftTwo { get; }
    public Unit Equipment { get; }
    public Unit BoilerCrew { get; }
    public Unit Safety { get; }

    public PartyOrganisation Committee { get; }
    public PartyOrganisation OperationsBranch { get; }
    public PartyOrganisation EquipmentBranch { get; }

    public Place Site { get; }
    public Place BoilerHouse { get; }
    public Place CoalFeeder { get; }
    public Place TurbineHall { get; }
    public Place FeedPump { get; }

    /// <summary>赵国强, plant head.</summary>
    public Person Zhao { get; }
    /// <summary>钱建华, secretary of the Party committee.</summary>
    public Person Qian { get; }
    /// <summary>孙丽, safety officer of the plant.</summary>
    public Person Sun { get; }
    /// <summary>马倩, Party affairs of the plant.</summary>
    public Person Ma { get; }
    /// <summary>郭永胜, union representative.</summary>
    public Person Guo { get; }
    /// <summary>冯凯, system administrator.</summary>
    public Person Feng { get; }
    /// <summary>许宁, security administrator.</summary>
    public Person Xu { get; }
    /// <summary>郑毅, audit administrator.</summary>
    public Person Zheng { get; }
    /// <summary>吴敏, head of 发电一部.</summary>
    public Person Wu { get; }
    /// <summary>周志远, secretary of 发电一部党支部.</summary>
    public Person Zhou { get; }
    /// <summary>王磊, lead of 运行一值.</summary>
    public Person Wang { get; }
    /// <summary>陈晓燕, 运行一值, on the committee of 发电一部党支部.</summary>
    public Person Chen { get; }
    /// <summary>张海, a worker of 运行二值 without any post.</summary>
    public Person Zhang { get; }
    /// <summary>李建国, head of 设备部 and secretary of its branch.</summary>
    public Person Li { get; }
    /// <summary>何静, lead of 锅炉班.</summary>
    public Person He { get; }
    /// <summary>刘洋, a worker of 锅炉班 without any post.</summary>
    public Person Liu { get; }

    public IReadOnlyList<Person> People => _people;
    public IReadOnlyDictionary<Guid, Guid> AccountIds => _rows.OfType<Account>().ToDictionary(account => account.PersonId, account => account.Id);

    public static async Task<World> BuildAsync(AppDb db)
    {
        var world = new World();
        foreach (var node in world._nodes) world.Enclose(node);
        foreach (var person in world._people) world.OpenAccount(person);
        db.AddRange(world._rows);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return world;
    }

    T Node<T>(T node) where T : OrganisationNode
    {
        _nodes.Add(node);
        return Add(node);
    }

    void Cover(PartyOrganisation organisation, Unit unit) => Add(new PartyCoverage { PartyOrganisationId = organisation.Id, UnitId = unit.Id });

    Place Place(PlaceLevel level, string name, string code, Place? parent, Unit? unit = null)
    {
        var place = Add(new Place(Company.Id, level, name, code, parent));
        place.Describe("", unit?.Id, []);
        return place;
    }

    Person Person(string number, string name, Unit unit, string? post = null, OrganisationNode? node = null)
    {
        var person = Add(new Person(Company.Id, number, name, unit.Id));
        person.Restate(new PersonFacts(name, unit.Id) { Position = "职工" }, SearchTokens.ForName(name, number));
        _people.Add(person);
        if (post is not null && node is not null) Appoint(person, post, node);
        return person;
    }

    void Appoint(Person person, string post, OrganisationNode node) => Add(new Appointment(Company.Id, person.Id, node.Id, post, Began));

    void OpenAccount(Person person) =>
        Add(new Account { PersonId = person.Id, UserName = person.Number, NormalizedUserName = person.Number.ToUpperInvariant(), CreatedAt = TestClock.Start });

    void Enclose(OrganisationNode node)
    {
        var (above, depth) = ((OrganisationNode?)node, 0);
        while (above is not null)
        {
            Add(new NodeClosure { AncestorId = above.Id, DescendantId = node.Id, Depth = depth++ });
            above = _nodes.FirstOrDefault(other => other.Id == above.ParentId);
        }
    }

    T Add<T>(T row) where T : notnull
    {
        _rows.Add(row);
        return row;
    }
}
