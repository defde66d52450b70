using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.Duties;

/// <summary>Who or what a duty lies on; one row for each person who has to see to it.</summary>
public sealed class DutySubject
{
    /// <summary>The branch, unit, zone or person that owes.</summary>
    public Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>The node of either tree under which it is counted.</summary>
    public Guid NodeId { get; init; }
    /// <summary>Null when nobody is there to see to it: that is a gap of its own.</summary>
    public Guid? PersonId { get; init; }
}

/// <param name="Key">As the rules name it.</param>
/// <param name="Title">As people say it.</param>
/// <param name="Find">All of one company on one day.</param>
public sealed record DutySubjectKind(string Key, string Title, Func<AppDb, Guid, DateOnly, IQueryable<DutySubject>> Find);

/// <summary>The subjects that the organisation itself knows; wings add their own, such as zone leads.</summary>
static class OrganisationSubjects
{
    public static readonly DutySubjectKind[] All =
    [
        Party("branch", "党支部", [PartyOrganisationKind.Branch], Posts.Secretary, Posts.DeputySecretary),
        Party("branch_committee", "支部委员会", [PartyOrganisationKind.Branch], Posts.Secretary, Posts.DeputySecretary),
        Party("group", "党小组", [PartyOrganisationKind.Group], Posts.GroupLead),
        Party("committee", "党委", [PartyOrganisationKind.Committee], Posts.CommitteeSecretary),
        new("production_branch", "生产党支部", (db, company, day) => OfParty(db, company, day, [PartyOrganisationKind.Branch], [Posts.Secretary, Posts.DeputySecretary])
            .Where(branch => db.PartyCoverage.Any(c => c.PartyOrganisationId == branch.Id
                && db.NodeClosure.Any(below => below.AncestorId == c.UnitId && db.Units.Any(unit => unit.Id == below.DescendantId && unit.Kind == UnitKind.Crew && unit.ClosedOn == null))))),
        Holders("secretary", "党支部书记", Posts.Secretary),
        Holders("committee_secretary", "党委书记", Posts.CommitteeSecretary),
        // A branch has members of a committee too; they are not meant.
        new("committee_member", "党委委员", (db, company, day) => Held(db, company, day, Posts.CommitteeSecretary, Posts.CommitteeMember)
            .Where(member => db.PartyOrganisations.Any(node => node.Id == member.NodeId && node.Kind == PartyOrganisationKind.Committee))),
        Holders("department_head", "部门负责人", Posts.DepartmentHead),
        Offices("safety_department", "安全监察部", Posts.SafetyOfficer),
        Offices("party_office", "党建工作部", Posts.PartyAffairs),
        Offices("union", "工会", Posts.UnionRepresentative),
        Offices("supervision_group", "监督小组", Posts.Discipline),
        new("member", "党员", (db, company, day) =>
            from membership in db.Memberships
            where membership.CompanyId == company && (membership.Kind == PoliticalStatus.Full || membership.Kind == PoliticalStatus.Probationary)
            join person in db.People on membership.PersonId equals person.Id
            where person.LeftOn == null
            select new DutySubject { Id = person.Id, Name = person.Name, NodeId = person.UnitId, PersonId = person.Id }),
    ];

    static DutySubjectKind Party(string key, string title, PartyOrganisationKind[] kinds, params string[] posts) =>
        new(key, title, (db, company, day) => OfParty(db, company, day, kinds, posts));

    static IQueryable<DutySubject> OfParty(AppDb db, Guid company, DateOnly day, PartyOrganisationKind[] kinds, string[] posts) =>
        from node in db.PartyOrganisations
        where node.CompanyId == company && kinds.Contains(node.Kind) && node.ClosedOn == null
        from held in Held(db, day, posts).Where(held => held.NodeId == node.Id).DefaultIfEmpty()
        select new DutySubject { Id = node.Id, Name = node.Name, NodeId = node.Id, PersonId = held!.PersonId };

    static DutySubjectKind Holders(string key, string title, params string[] posts) => new(key, title, (db, company, day) => Held(db, company, day, posts));

    /// <summary>The people themselves who hold one of the posts.</summary>
    static IQueryable<DutySubject> Held(AppDb db, Guid company, DateOnly day, params string[] posts) =>
        from held in Held(db, day, posts)
        where held.CompanyId == company
        join person in db.People on held.PersonId equals person.Id
        where person.LeftOn == null
        select new DutySubject { Id = person.Id, Name = person.Name, NodeId = held.NodeId, PersonId = person.Id };

    /// <summary>Units where somebody holds the post.</summary>
    static DutySubjectKind Offices(string key, string title, params string[] posts) => new(key, title, (db, company, day) =>
        from held in Held(db, day, posts)
        where held.CompanyId == company
        join node in db.Nodes on held.NodeId equals node.Id
        where node.ClosedOn == null
        select new DutySubject { Id = node.Id, Name = node.Name, NodeId = node.Id, PersonId = held.PersonId });

    static IQueryable<Appointment> Held(AppDb db, DateOnly day, string[] posts) =>
        db.Appointments.Where(held => posts.Contains(held.Post) && held.From <= day && (held.To == null || held.To >= day));
}
