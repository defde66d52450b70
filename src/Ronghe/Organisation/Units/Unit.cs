using Ronghe.Platform;

namespace Ronghe.Organisation.Units;

/// <summary>A node of the administrative tree: company → plant → department → crew.</summary>
public sealed class Unit : OrganisationNode
{
    Unit() { }

    public Unit(UnitKind kind, string code, string name, Unit? parent, int position = 0, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("单位名称没有填写。", nameof(Name));
        Id = id ?? Id;
        CompanyId = parent?.CompanyId ?? Id;
        ParentId = parent?.Id;
        (Kind, Code, Name, Position) = (kind, code.Trim(), name.Trim(), position);
    }

    public UnitKind Kind { get; private set; }

    public override string Word => "单位";
    public override string Title => Kind.Title();

    /// <summary>A lower kind under a higher one; companies and departments may also hold their own kind.</summary>
    public override bool Fits(OrganisationNode parent) =>
        parent is Unit unit && (Kind > unit.Kind || (Kind == unit.Kind && Kind is (UnitKind.Company or UnitKind.Department)));

    /// <summary>Goes up in another unit of its kind and stands below it from then on, dissolved.</summary>
    public void MergeInto(Unit into, DateOnly on)
    {
        if (into.Id == Id) throw new Refusal("不能并入自己，请另选单位。", nameof(ParentId));
        if (into.CompanyId != CompanyId || into.Kind != Kind) throw new Refusal($"{Title}只能并入另一个{Title}，请另选。", nameof(ParentId));
        if (!into.IsOpen) throw new Refusal($"“{into.Name}”已撤销，不能并入，请另选。", nameof(ParentId));
        Close(on);
        ParentId = into.Id;
    }

    /// <summary>The facts that a list from the office may change: everything but the place in the tree.</summary>
    public void Restate(UnitKind kind, string name, int position)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("单位名称没有填写。", nameof(Name));
        (Kind, Name, Position) = (kind, name.Trim(), position);
    }
}

public enum UnitKind { Company, Plant, Department, Crew }

public static class UnitKinds
{
    public static string Title(this UnitKind kind) => kind switch
    {
        UnitKind.Company => "公司", UnitKind.Plant => "厂", UnitKind.Department => "部门", _ => "班组",
    };
}
