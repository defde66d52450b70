using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Organisation;

public sealed record NodeLink(Guid Id, string Name, string Kind);

/// <summary>A post that somebody holds at a node today.</summary>
public sealed record HolderRow(Guid AppointmentId, Guid PersonId, string Name, string Post, DateOnly From, DateOnly? To)
{
    public string PostTitle => Posts.Title(Post);
}

/// <summary>Founding and term of a Party organisation.</summary>
public sealed record PartyTerm(DateOnly? FoundedOn, DateOnly? TermStartedOn, int? TermYears, DateOnly? TermEndsOn);

/// <summary>One node of either tree with everything that its page and its API answer show.</summary>
/// <param name="Path">The nodes above, topmost first.</param>
/// <param name="Covers">For a Party organisation: the units it covers.</param>
/// <param name="CoveredBy">For a unit: the Party organisations that cover it, the nearest first.</param>
public sealed record NodeDetail(
    Guid Id, int Version, OrganisationTree Tree, string Kind, string Code, string Name, Guid CompanyId, Guid? ParentId, DateOnly? ClosedOn,
    IReadOnlyList<NodeLink> Path, NodeLoad Load, PartyTerm? Term, IReadOnlyList<NodeLink> Covers, IReadOnlyList<NodeLink> CoveredBy,
    IReadOnlyList<HolderRow> Holders, ActOffers Acts);

/// <summary>Reads one node.</summary>
public sealed class NodeDetails(AppDb db, Me me, OrganisationAccess access, TimeProvider clock)
{
    public async Task<NodeDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await Sights(db.Nodes.AsNoTracking().VisibleTo(me).Where(node => node.Id == id)).FirstOrDefaultAsync(cancel) ?? throw new NotFound("这个单位或党组织");
        var node = found.Node;
        var here = node is Unit ? access.Within([id, .. found.Path.Select(above => above.Id)]) : await access.AtAsync(id, cancel);
        return new(
            node.Id, node.Version, node is Unit ? OrganisationTree.Units : OrganisationTree.Party, node.Title, node.Code, node.Name,
            node.CompanyId, node.ParentId, node.ClosedOn, found.Path, found.Load, TermOf(node), found.Covers, found.CoveredBy,
            await HoldersAsync(id, cancel), Offers(node, found.Load, here));
    }

    /// <summary>A node with what is told of it on the same trip.</summary>
    sealed record Sight
    {
        public required OrganisationNode Node { get; init; }
        public required NodeLoad Load { get; init; }
        public required List<NodeLink> Path { get; init; }
        public required List<NodeLink> Covers { get; init; }
        public required List<NodeLink> CoveredBy { get; init; }
    }

    IQueryable<Sight> Sights(IQueryable<OrganisationNode> nodes)
    {
        var today = clock.Today();
        return nodes.Select(node => new Sight
        {
            Node = node,
            Load = new NodeLoad(
                db.Nodes.Count(child => child.ParentId == node.Id && child.ClosedOn == null),
                db.People.Count(person => person.UnitId == node.Id && person.LeftOn == null),
                db.Memberships.Count(m => m.PartyOrganisationId == node.Id && db.People.Any(person => person.Id == m.PersonId && person.LeftOn == null)),
                db.Appointments.Count(held => held.NodeId == node.Id && (held.To == null || held.To > today))),
            Path = db.NodeClosure.Where(pair => pair.DescendantId == node.Id && pair.Depth > 0)
                .Join(db.Nodes, pair => pair.AncestorId, above => above.Id, (pair, above) => new { pair.Depth, Node = above }).OrderByDescending(row => row.Depth)
                .Select(row => new NodeLink(row.Node.Id, row.Node.Name,
                    row.Node is Unit ? UnitKinds.Title(((Unit)row.Node).Kind) : PartyOrganisationKinds.Title(((PartyOrganisation)row.Node).Kind))).ToList(),
            Covers = db.PartyCoverage.Where(pair => pair.PartyOrganisationId == node.Id)
                .Join(db.Units, pair => pair.UnitId, unit => unit.Id, (pair, unit) => unit).OrderBy(unit => unit.Code)
                .Select(unit => new NodeLink(unit.Id, unit.Name, UnitKinds.Title(unit.Kind))).ToList(),
            CoveredBy = (
                from above in db.NodeClosure
                where above.DescendantId == node.Id
                join pair in db.PartyCoverage on above.AncestorId equals pair.UnitId
                join party in db.PartyOrganisations on pair.PartyOrganisationId equals party.Id
                where party.ClosedOn == null
                orderby above.Depth, party.Code
                select new NodeLink(party.Id, party.Name, PartyOrganisationKinds.Title(party.Kind))).ToList(),
        });
    }

    static PartyTerm? TermOf(OrganisationNode node) =>
        node is PartyOrganisation party ? new(party.FoundedOn, party.TermStartedOn, party.TermYears, party.TermEndsOn) : null;

    static ActOffers Offers(OrganisationNode node, NodeLoad load, RightsHere here)
    {
        var closed = node.IsOpen ? null : $"已在 {node.ClosedOn:yyyy-MM-dd} 撤销。";
        var isTop = node.ParentId is null;
        List<ActOffer> offers = [];
        if (here.May(OrganisationPermissions.ManageUnits))
        {
            offers.Add(new("add", closed));
            offers.Add(new("rename", closed));
            offers.Add(new("move", closed ?? (isTop ? "最上级没有上级可调。" : null)));
            if (node is Unit) offers.Add(new("merge", closed ?? (isTop ? "最上级不能并入别的单位。" : null)));
            if (node is PartyOrganisation) offers.AddRange([new("cover", closed), new("restate", closed)]);
            offers.Add(new("close", closed ?? (isTop ? "最上级不能撤销。" : load.WhyNotClosed is { } why ? $"{why}，处理后才能撤销。" : null)));
        }
        if (here.May(OrganisationPermissions.ManageAppointments)) offers.Add(new("appoint", closed));
        if (node is Unit && here.May(OrganisationPermissions.ManagePeople)) offers.Add(new("add-person", closed));
        return new(offers);
    }

    internal Task<NodeLoad> LoadOfAsync(Guid id, CancellationToken cancel) => Sights(db.Nodes.Where(node => node.Id == id)).Select(sight => sight.Load).SingleAsync(cancel);

    async Task<IReadOnlyList<HolderRow>> HoldersAsync(Guid id, CancellationToken cancel)
    {
        var held = await (
            from appointment in db.Appointments.CurrentOn(clock.Today())
            where appointment.NodeId == id
            join person in db.People on appointment.PersonId equals person.Id
            select new HolderRow(appointment.Id, person.Id, person.Name, appointment.Post, appointment.From, appointment.To)).ToListAsync(cancel);
        return [.. held.OrderBy(row => Posts.RankOf(row.Post)).ThenBy(row => row.From)];
    }
}
