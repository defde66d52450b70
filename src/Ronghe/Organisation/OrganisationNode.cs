using Ronghe.Platform.Data;

namespace Ronghe.Organisation;

/// <summary>A node of the administrative or the Party tree. Both have one shape and one closure table.</summary>
public abstract class OrganisationNode : Aggregate
{
    /// <summary>The root unit under which everything of one company stands; a root's own id.</summary>
    public Guid CompanyId { get; protected init; }
    public string Code { get; protected set; } = "";
    public string Name { get; protected set; } = "";
    public Guid? ParentId { get; protected set; }
    /// <summary>Place among its siblings.</summary>
    public int Position { get; protected set; }
    /// <summary>Set when the node was dissolved; it stays for the records that name it.</summary>
    public DateOnly? ClosedOn { get; protected set; }

    public bool IsOpen => ClosedOn is null;

    internal void Move(OrganisationNode parent) => ParentId = parent.Id;
}

/// <summary>“What lies below”: one row for each pair of a node and itself or one of its ancestors.</summary>
public sealed class NodeClosure
{
    public Guid AncestorId { get; init; }
    public Guid DescendantId { get; init; }
    public int Depth { get; init; }
}
