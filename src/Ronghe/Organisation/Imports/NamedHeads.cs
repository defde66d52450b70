using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;

namespace Ronghe.Organisation.Imports;

/// <summary>Somebody whom an organisation list may name as a head.</summary>
readonly record struct Nameable(Guid Id, string Name, Guid UnitId, Guid? PartyOrganisationId);

/// <summary>
/// Heads that the organisation list names by name only. They get their post once the people are known, where nobody has ever held
/// it: a head who was changed by hand does not come back with an old list.
/// </summary>
sealed class NamedHeads(IReadOnlyDictionary<Guid, OrganisationNode> nodes, DateOnly asOf)
{
    public IEnumerable<Appointment> Appointments(IEnumerable<Nameable> people, IReadOnlySet<(Guid Node, string Post)> everHeld, Guid? except)
    {
        var open = nodes.Values.Where(node => node.HeadText != "" && !everHeld.Contains((node.Id, PostOf(node)))).ToList();
        if (open.Count == 0) yield break;
        var wanted = open.Select(node => node.HeadText).ToHashSet();
        var byName = people.Where(person => wanted.Contains(person.Name) && person.Id != except).ToLookup(person => person.Name);
        foreach (var node in open)
            if (Head(node, [.. byName[node.HeadText]]) is { } head)
                yield return new(node.CompanyId, head, node.Id, PostOf(node), TermStart(node));
    }

    public bool IsNamed(Appointment held) => nodes.TryGetValue(held.NodeId, out var node) && node.HeadText != "" && PostOf(node) == held.Post;

    /// <summary>The only one of this name who belongs there, or else the only one of this name at all.</summary>
    Guid? Head(OrganisationNode node, List<Nameable> namesakes)
    {
        var near = namesakes.Where(person => IsWithin(node is Unit ? person.UnitId : person.PartyOrganisationId, node.Id)).ToList();
        return near.Count == 1 ? near[0].Id : namesakes.Count == 1 ? namesakes[0].Id : null;
    }

    DateOnly TermStart(OrganisationNode node)
    {
        for (var at = node; at is PartyOrganisation party; at = at.ParentId is { } above ? nodes.GetValueOrDefault(above) : null)
            if (party.TermStartedOn is { } start) return start < asOf ? start : asOf;
        return asOf;
    }

    bool IsWithin(Guid? inner, Guid outer)
    {
        for (var at = inner; at is { } id; at = nodes.GetValueOrDefault(id)?.ParentId)
            if (id == outer) return true;
        return false;
    }

    public static string PostOf(OrganisationNode node) => node switch
    {
        Unit { Kind: UnitKind.Company or UnitKind.Plant } => Posts.PlantHead,
        Unit { Kind: UnitKind.Department } => Posts.DepartmentHead,
        Unit => Posts.CrewLead,
        PartyOrganisation { Kind: PartyOrganisationKind.Committee } => Posts.CommitteeSecretary,
        PartyOrganisation { Kind: PartyOrganisationKind.Group } => Posts.GroupLead,
        _ => Posts.Secretary,
    };
}
