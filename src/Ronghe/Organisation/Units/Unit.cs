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

    public void Rename(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("单位名称没有填写。", nameof(Name));
        Name = name.Trim();
    }

    /// <summary>The facts that a list from the office may change: everything but the place in the tree.</summary>
    public void Restate(UnitKind kind, string name, int position)
    {
        Rename(name);
        (Kind, Position) = (kind, position);
    }

    public void Close(DateOnly on)
    {
        if (!IsOpen) throw new Refusal($"“{Name}”已在 {ClosedOn:yyyy-MM-dd} 撤销。");
        ClosedOn = on;
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
