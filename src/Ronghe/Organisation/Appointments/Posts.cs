namespace Ronghe.Organisation.Appointments;

/// <summary>A post that a person can hold. What it allows is said by each capability in its setup.</summary>
public sealed record Post(string Key, string Title, PostTree Tree);

public enum PostTree { Administrative, Party }

public static class Posts
{
    public const string
        PlantHead = "plant-head", DeputyHead = "deputy-head", DepartmentHead = "department-head", DepartmentDeputy = "department-deputy",
        CrewLead = "crew-lead", SafetyOfficer = "safety-officer", UnionRepresentative = "union-representative",
        PartyAffairs = "party-affairs", Discipline = "discipline",
        CommitteeSecretary = "committee-secretary", Secretary = "secretary", DeputySecretary = "deputy-secretary",
        CommitteeMember = "committee-member", GroupLead = "group-lead",
        SystemAdministrator = "system-administrator", SecurityAdministrator = "security-administrator", AuditAdministrator = "audit-administrator";

    public static readonly Post[] All =
    [
        new(PlantHead, "厂长", PostTree.Administrative),
        new(DeputyHead, "副厂级领导", PostTree.Administrative),
        new(DepartmentHead, "部门负责人", PostTree.Administrative),
        new(DepartmentDeputy, "部门副职", PostTree.Administrative),
        new(CrewLead, "班组长", PostTree.Administrative),
        new(SafetyOfficer, "安全专责", PostTree.Administrative),
        new(UnionRepresentative, "职工代表", PostTree.Administrative),
        new(PartyAffairs, "党务专责", PostTree.Administrative),
        new(Discipline, "纪检专责", PostTree.Administrative),
        new(SystemAdministrator, "系统管理员", PostTree.Administrative),
        new(SecurityAdministrator, "安全保密管理员", PostTree.Administrative),
        new(AuditAdministrator, "安全审计员", PostTree.Administrative),
        new(CommitteeSecretary, "党委书记", PostTree.Party),
        new(Secretary, "书记", PostTree.Party),
        new(DeputySecretary, "副书记", PostTree.Party),
        new(CommitteeMember, "委员", PostTree.Party),
        new(GroupLead, "党小组长", PostTree.Party),
    ];

    static readonly Dictionary<string, Post> ByKey = All.ToDictionary(post => post.Key);

    public static Post Of(string key) => ByKey[key];
    public static bool Exists(string key) => ByKey.ContainsKey(key);

    /// <summary>系统管理员, 安全保密管理员, 安全审计员: always three different persons.</summary>
    public static bool IsAdministrator(string key) => Administrators.Contains(key);
    public static readonly string[] Administrators = [SystemAdministrator, SecurityAdministrator, AuditAdministrator];

    /// <summary>Order in which posts are shown: as in <see cref="All"/>.</summary>
    public static int RankOf(string key) => Array.FindIndex(All, post => post.Key == key);

    public static string Title(string key) => ByKey.TryGetValue(key, out var post) ? post.Title : key;
}
