using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation;

public enum OrganisationTree { Units, Party }

/// <summary>A node in a tree or a list.</summary>
/// <param name="Kind">What it is, as people call it: 部门, 党支部.</param>
/// <param name="Headcount">People who work in it or below it; in the Party tree, members.</param>
/// <param name="Heads">Who leads it today.</param>
public sealed record NodeRow(
    Guid Id, Guid? ParentId, OrganisationTree Tree, string Kind, string Code, string Name, int Headcount, int Children, IReadOnlyList<string> Heads);

/// <summary>The nodes of a tree in the order they are shown; with <see cref="IsWhole"/> false the deepest levels are left out.</summary>
public sealed record TreeView(IReadOnlyList<NodeRow> Nodes, bool IsWhole);

/// <summary>Reads both trees.</summary>
public sealed class TreeQueries(AppDb db, Me me, TimeProvider clock)
{
    /// <summary>A tree with more nodes is shown without its deepest levels.</summary>
    const int MostNodesInOneView = 600;
    const int DepthOfLargeTrees = 2;
    const int MostLookedThrough = 300;

    static readonly string[] HeadPosts =
        [Posts.PlantHead, Posts.DepartmentHead, Posts.CrewLead, Posts.CommitteeSecretary, Posts.Secretary, Posts.GroupLead];

    public async Task<TreeView> TreeAsync(OrganisationTree tree, CancellationToken cancel = default)
    {
        var nodes = Open(tree);
        var isWhole = await nodes.CountAsync(cancel) <= MostNodesInOneView;
        if (!isWhole) nodes = nodes.Where(node => db.NodeClosure.Count(pair => pair.DescendantId == node.Id) <= DepthOfLargeTrees + 1);
        return new(await Project(nodes.OrderBy(node => node.Position).ThenBy(node => node.Code)).ToListAsync(cancel), isWhole);
    }

    /// <summary>Nodes by code, or the children of one node, page by page.</summary>
    /// <param name="after">Code of the last row of the page before.</param>
    public async Task<Paged<NodeRow>> ListAsync(
        OrganisationTree? tree, Guid? parentId, string? q, string? after, int limit, CancellationToken cancel = default)
    {
        limit = Math.Clamp(limit, 1, 200);
        var nodes = Open(tree);
        if (parentId is not null) nodes = nodes.Where(node => node.ParentId == parentId);
        if (SearchTokens.ForQuery(q) is { Length: > 0 } tokens) nodes = nodes.Where(node => tokens.All(token => node.SearchTokens.Contains(token)));
        else if (!string.IsNullOrWhiteSpace(q)) return new([]);
        if (!string.IsNullOrEmpty(after)) nodes = nodes.Where(node => string.Compare(node.Code, after) > 0);
        var rows = await Project(nodes.OrderBy(node => node.Code).Take(limit + 1)).ToListAsync(cancel);
        return rows.Count > limit ? new(rows[..limit], Next: rows[limit - 1].Code) : new(rows);
    }

    /// <summary>Nodes whose name, pinyin or code matches; the topmost first.</summary>
    public Task<List<NodeMatch>> FindAsync(OrganisationTree? tree, string? q, int limit, CancellationToken cancel = default)
    {
        var tokens = SearchTokens.ForQuery(q);
        var nodes = Open(tree);
        if (tokens.Length > 0) nodes = nodes.Where(node => tokens.All(token => node.SearchTokens.Contains(token)));
        else if (!string.IsNullOrWhiteSpace(q)) nodes = nodes.Where(node => false);
        // Counting what lies above each of 40,000 crews takes a fifth of a second; whoever types so common a word goes on typing.
        return nodes.OrderBy(node => node.Code).Take(MostLookedThrough)
            .OrderBy(node => db.NodeClosure.Count(pair => pair.DescendantId == node.Id)).ThenBy(node => node.Code).Take(limit)
            .Select(node => new NodeMatch(node.Id, node is Unit ? OrganisationTree.Units : OrganisationTree.Party, node.Name,
                db.Nodes.Where(parent => parent.Id == node.ParentId).Select(parent => parent.Name).FirstOrDefault(), node.Code))
            .ToListAsync(cancel);
    }

    /// <summary>Null for a node that does not exist or that I may not see.</summary>
    public Task<string?> NameAsync(Guid id, CancellationToken cancel = default) =>
        db.Nodes.VisibleTo(me).Where(node => node.Id == id).Select(node => node.Name).FirstOrDefaultAsync(cancel);

    IQueryable<OrganisationNode> Open(OrganisationTree? tree)
    {
        var nodes = db.Nodes.AsNoTracking().VisibleTo(me).Where(node => node.ClosedOn == null);
        return tree switch
        {
            OrganisationTree.Units => nodes.Where(node => node is Unit),
            OrganisationTree.Party => nodes.Where(node => node is PartyOrganisation),
            _ => nodes,
        };
    }

    IQueryable<NodeRow> Project(IQueryable<OrganisationNode> nodes)
    {
        var today = clock.Today();
        return nodes.Select(node => new NodeRow(
            node.Id, node.ParentId, node is Unit ? OrganisationTree.Units : OrganisationTree.Party,
            node is Unit ? UnitKinds.Title(((Unit)node).Kind) : PartyOrganisationKinds.Title(((PartyOrganisation)node).Kind),
            node.Code, node.Name,
            node is Unit
                ? db.NodeClosure.Where(pair => pair.AncestorId == node.Id)
                    .Join(db.People.Where(person => person.LeftOn == null), pair => pair.DescendantId, person => person.UnitId, (pair, person) => 1).Count()
                : db.NodeClosure.Where(pair => pair.AncestorId == node.Id)
                    .Join(db.Memberships.Where(m => (m.Kind == PoliticalStatus.Full || m.Kind == PoliticalStatus.Probationary)
                        && db.People.Any(person => person.Id == m.PersonId && person.LeftOn == null)),
                        pair => pair.DescendantId, m => m.PartyOrganisationId, (pair, m) => 1).Count(),
            db.Nodes.Count(child => child.ParentId == node.Id && child.ClosedOn == null),
            db.Appointments.CurrentOn(today).Where(held => held.NodeId == node.Id && HeadPosts.Contains(held.Post)).OrderBy(held => held.From)
                .Join(db.People, held => held.PersonId, person => person.Id, (held, person) => person.Name).ToList()));
    }
}

/// <summary>A node found by its name, with its superior's name, because 运行一值 exists in several departments.</summary>
public sealed record NodeMatch(Guid Id, OrganisationTree Tree, string Name, string? ParentName, string Code)
{
    public string Detail => ParentName is null ? Code : $"{ParentName} · {Code}";
}
