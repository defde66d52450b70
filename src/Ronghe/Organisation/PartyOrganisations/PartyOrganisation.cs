using Ronghe.Platform;

namespace Ronghe.Organisation.PartyOrganisations;

/// <summary>A node of the Party tree: committee → general branch → branch → group; it covers administrative units.</summary>
public sealed class PartyOrganisation : OrganisationNode
{
    PartyOrganisation() { }

    public PartyOrganisation(PartyOrganisationKind kind, string code, string name, Guid companyId, PartyOrganisation? parent, int position = 0, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("党组织名称没有填写。", nameof(Name));
        Id = id ?? Id;
        CompanyId = companyId;
        ParentId = parent?.Id;
        (Kind, Code, Name, Position) = (kind, code.Trim(), name.Trim(), position);
    }

    public PartyOrganisationKind Kind { get; private set; }
    public DateOnly? FoundedOn { get; private set; }
    public DateOnly? TermStartedOn { get; private set; }
    /// <summary>Length of the committee's term in years (3 or 5).</summary>
    public int? TermYears { get; private set; }
    /// <summary>The covered units as the office wrote them; the exact units are in <see cref="PartyCoverage"/>.</summary>
    public string CoversText { get; private set; } = "";

    public override string Word => "党组织";
    public override string Title => Kind.Title();

    public DateOnly? TermEndsOn => TermYears is { } years ? TermStartedOn?.AddYears(years) : null;

    /// <summary>A lower kind under a higher one; a committee may also stand under a committee.</summary>
    public override bool Fits(OrganisationNode parent) =>
        parent is PartyOrganisation other && (Kind > other.Kind || (Kind == other.Kind && Kind == PartyOrganisationKind.Committee));

    /// <summary>The covered units in words; the exact units are changed by the same act.</summary>
    public void Cover(string coversText)
    {
        if (!IsOpen) throw new Refusal($"“{Name}”已在 {ClosedOn:yyyy-MM-dd} 撤销，不能再改覆盖单位。");
        CoversText = coversText;
    }

    public void Restate(PartyOrganisationKind kind, string name, int position, DateOnly? foundedOn, DateOnly? termStartedOn, int? termYears, string coversText)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("党组织名称没有填写。", nameof(Name));
        (Kind, Name, Position, CoversText) = (kind, name.Trim(), position, coversText.Trim());
        (FoundedOn, TermStartedOn, TermYears) = (foundedOn, termStartedOn, termYears);
    }
}

/// <summary>A Party organisation covers a unit and everything below it.</summary>
public sealed class PartyCoverage
{
    public Guid PartyOrganisationId { get; init; }
    public Guid UnitId { get; init; }
}

public enum PartyOrganisationKind { Committee, GeneralBranch, Branch, Group }

public static class PartyOrganisationKinds
{
    public static string Title(this PartyOrganisationKind kind) => kind switch
    {
        PartyOrganisationKind.Committee => "党委", PartyOrganisationKind.GeneralBranch => "党总支", PartyOrganisationKind.Branch => "党支部", _ => "党小组",
    };
}
