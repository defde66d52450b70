using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation;

/// <summary>A node of the administrative or the Party tree. Both have one shape and one closure table.</summary>
public abstract class OrganisationNode : Aggregate
{
    /// <summary>The root unit under which everything of one company stands; a root's own id.</summary>
    public Guid CompanyId { get; protected init; }
    public string Code { get; protected set; } = "";
    public string Name
    {
        get;
        protected set
        {
            field = value;
            SearchTokens = Platform.Search.SearchTokens.ForName(value, Code);
        }
    } = "";
    public Guid? ParentId { get; protected set; }
    /// <summary>Place among its siblings.</summary>
    public int Position { get; protected set; }
    /// <summary>Set when the node was dissolved; it stays for the records that name it.</summary>
    public DateOnly? ClosedOn { get; protected set; }

    /// <summary>Who leads it, as the office's list names them; becomes an appointment once the people are known.</summary>
    public string HeadText { get; private set; } = "";

    /// <summary>Name, pinyin, initials and code: what the search looks in.</summary>
    [Derived]
    public string[] SearchTokens { get; private set; } = [];

    public bool IsOpen => ClosedOn is null;

    /// <summary>What it is, as people call it: 部门, 党支部.</summary>
    public abstract string Title { get; }

    /// <summary>Word for this kind of node in messages: 单位 or 党组织.</summary>
    public abstract string Word { get; }

    /// <summary>Whether a node of this kind may stand under that one: a crew under a department, never the other way round.</summary>
    public abstract bool Fits(OrganisationNode parent);

    public void Rename(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal($"{Word}名称没有填写。", nameof(Name));
        if (!IsOpen) throw new Refusal($"“{Name}”已在 {ClosedOn:yyyy-MM-dd} 撤销，不能再改名。");
        Name = name.Trim();
    }

    /// <summary>Notes whom the office's list names as head.</summary>
    public void NameHead(string name) => HeadText = name.Trim();

    /// <summary>Takes another superior. That the superior does not stand below this node is the closure's business.</summary>
    public void Move(OrganisationNode parent)
    {
        if (!IsOpen) throw new Refusal($"“{Name}”已在 {ClosedOn:yyyy-MM-dd} 撤销，不能再调整上级。");
        RefuseMisplaced(parent);
        if (ParentId == parent.Id) throw new Refusal($"“{Name}”的上级已经是“{parent.Name}”，没有改动。", nameof(ParentId));
        ParentId = parent.Id;
    }

    /// <summary>A new or moved node stands under an open superior of the same tree and company that ranks above it.</summary>
    public void RefuseMisplaced(OrganisationNode parent)
    {
        if (parent.CompanyId != CompanyId || parent.GetType() != GetType() || !Fits(parent))
            throw new Refusal($"{Title}不能设在{parent.Title}“{parent.Name}”下面，请另选上级。", nameof(ParentId));
        if (!parent.IsOpen) throw new Refusal($"“{parent.Name}”已撤销，不能作上级，请另选。", nameof(ParentId));
    }

    /// <summary>Dissolves the node. That nobody is left in it is checked by the act, which knows the others.</summary>
    public void Close(DateOnly on)
    {
        if (!IsOpen) throw new Refusal($"“{Name}”已在 {ClosedOn:yyyy-MM-dd} 撤销。");
        if (ParentId is null) throw new Refusal($"“{Name}”是最上级，不能撤销。");
        ClosedOn = on;
    }
}

/// <summary>“What lies below”: one row for each pair of a node and itself or one of its ancestors.</summary>
public sealed class NodeClosure
{
    public Guid AncestorId { get; init; }
    public Guid DescendantId { get; init; }
    public int Depth { get; init; }
}
