using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using F = Ronghe.Organisation.Imports.Trees.OrganisationFaults;
using K = Ronghe.Organisation.Imports.Trees.OrganisationSpec;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>Checks what the rows of an organisation list mean together, and together with the nodes that are stored.</summary>
/// <param name="entries">Rows that can be read.</param>
/// <param name="faulty">Codes of rows that cannot: what stands below them waits for them.</param>
/// <param name="stored">Nodes of the company by code, closed ones too.</param>
/// <param name="root">The company's topmost unit; null when there is no company yet.</param>
sealed class TreeCheck(IReadOnlyList<NodeEntry> entries, IReadOnlySet<string> faulty, IReadOnlyDictionary<string, OrganisationNode> stored, OrganisationNode? root)
{
    readonly Dictionary<string, NodeEntry> _byCode = [];
    readonly Dictionary<Guid, string> _codes = stored.Values.ToDictionary(node => node.Id, node => node.Code);

    public List<NodeEntry> Good()
    {
        foreach (var entry in entries) CheckCode(entry);
        CheckRoots();
        CheckLoops();
        foreach (var entry in Rows) CheckParent(entry);
        CheckNames();
        foreach (var entry in Rows.Where(entry => entry.CoversText != "")) CheckCoverage(entry);
        DropOrphans();
        return [.. Rows];
    }

    IEnumerable<NodeEntry> Rows => entries.Where(entry => entry.IsGood);

    void CheckCode(NodeEntry entry)
    {
        if (!_byCode.TryAdd(entry.Code, entry))
            entry.Fail(K.Code, F.DuplicateCode, $"编码 {entry.Code} 已经用在 {_byCode[entry.Code].Place}。请改成不同的编码。");
        else if (stored.TryGetValue(entry.Code, out var node) && node is Unit != entry.IsUnit)
            entry.Fail(K.Code, F.DuplicateCode, $"编码 {entry.Code} 已经是{node.Word}“{node.Name}”的编码。请改成不同的编码。");
        else if (node is { IsOpen: false })
            entry.Fail(K.Code, F.ClosedUnit, $"编码 {entry.Code} 的“{node.Name}”已在 {node.ClosedOn:yyyy-MM-dd} 撤销。新设的{node.Word}请用新的编码。");
    }

    void CheckRoots()
    {
        NodeEntry? first = null;
        foreach (var entry in Rows.Where(entry => entry.IsUnit && entry.ParentCode == ""))
        {
            if (first is not null) entry.Fail(K.Parent, F.SeveralRoots, $"最上级单位只能有一个，已经是“{first.Name}”。请填写这一行的上级编码。");
            else if (root is not null && root.Code != entry.Code)
                entry.Fail(K.Code, F.OtherCompany, $"本公司最上级单位是“{root.Name}”（编码 {root.Code}）。请核对编码，或填写上级编码。");
            first ??= entry;
        }
        if (root is not null && _byCode.TryGetValue(root.Code, out var top) && top is { IsGood: true, ParentCode: not "" })
            top.Fail(K.Parent, F.OtherCompany, $"“{root.Name}”是本公司最上级单位，没有上级。请把上级编码留空。");
    }

    void CheckLoops()
    {
        foreach (var entry in Rows)
        {
            var steps = 0;
            for (var at = entry; at.ParentCode != "" && _byCode.TryGetValue(at.ParentCode, out var above); at = above)
                if (above == entry || ++steps > entries.Count)
                {
                    entry.Fail(K.Parent, F.ParentLoop, $"上级 {entry.ParentCode} 又在“{entry.Name}”的下面，绕成了圈。请核对上级编码。");
                    break;
                }
        }
    }

    void CheckParent(NodeEntry entry)
    {
        if (entry.ParentCode == "") return;
        var (found, isUnit, level, title) = Parent(entry.ParentCode);
        if (!found && faulty.Contains(entry.ParentCode)) entry.Wait();
        else if (!found)
            entry.Fail(K.Parent, F.UnknownParent, $"没有编码为 {entry.ParentCode} 的上级。请核对上级编码，上级要在同一个文件里或已经导入。");
        else if (isUnit != entry.IsUnit || !Fits(entry, level))
            entry.Fail(K.Parent, F.WrongParent, $"{Title(entry)}不能设在{title}下面。请核对类型和上级编码。");
    }

    (bool Found, bool IsUnit, int Level, string Title) Parent(string code)
    {
        if (_byCode.TryGetValue(code, out var row)) return (true, row.IsUnit, row.Level, $"{Title(row)}“{row.Name}”");
        return stored.TryGetValue(code, out var node) && node.IsOpen
            ? (true, node is Unit, node is Unit unit ? (int)unit.Kind : (int)((PartyOrganisation)node).Kind, $"{node.Title}“{node.Name}”") : default;
    }

    /// <summary>As <see cref="OrganisationNode.Fits"/> says of nodes that exist already.</summary>
    static bool Fits(NodeEntry entry, int above) => entry.Level > above || (entry.Level == above
        && (entry.UnitKind is UnitKind.Company or UnitKind.Department || entry.PartyKind == PartyOrganisationKind.Committee));

    static string Title(NodeEntry entry) => entry.UnitKind is { } kind ? kind.Title() : entry.PartyKind!.Value.Title();

    void CheckNames()
    {
        var seen = stored.Values.Where(node => node.IsOpen && !_byCode.ContainsKey(node.Code)).GroupBy(node => (CodeOf(node.ParentId), node.Name))
            .ToDictionary(same => same.Key, same => same.First().Code);
        foreach (var entry in Rows)
            if (!seen.TryAdd((entry.ParentCode, entry.Name), entry.Code))
                entry.Fail(K.Name, F.DuplicateName, $"同一上级下面已经有“{entry.Name}”（编码 {seen[(entry.ParentCode, entry.Name)]}）。请改成不同的名称，或删去重复的行。");
    }

    string CodeOf(Guid? id) => id is { } known ? _codes.GetValueOrDefault(known, "") : "";

    void CheckCoverage(NodeEntry entry)
    {
        if (CoverageText.IsEverything(entry.CoversText))
        {
            if ((Rows.FirstOrDefault(row => row is { IsUnit: true, ParentCode: "" })?.Code ?? root?.Code) is { } top) entry.Covers.Add(top);
            return;
        }
        foreach (var covered in CoverageText.Read(entry.CoversText))
        {
            var department = UnitNamed(covered.Name, within: null);
            if (department is null) Unknown(entry, covered.Name);
            else if (covered.Parts.Count == 0) entry.Covers.Add(department);
            else
                foreach (var part in covered.Parts.Where(part => !CoverageText.IsOwnStaff(part)))
                    if (UnitNamed(part, department) is { } crew) entry.Covers.Add(crew);
                    else Unknown(entry, $"{covered.Name}的{part}");
        }
    }

    static void Unknown(NodeEntry entry, string name) =>
        entry.Fail(K.Covers, F.UnknownUnit, $"覆盖部门里的“{name}”不在行政组织里。请按行政组织的名称填写，多个用顿号隔开。");

    /// <summary>Code of the unit by this name: below the given unit, or anywhere but among the crews.</summary>
    string? UnitNamed(string name, string? within)
    {
        var rows = _byCode.Values.Where(row => row.IsUnit && row.Name == name && (within is null ? row.UnitKind != UnitKind.Crew : row.ParentCode == within));
        var nodes = stored.Values.OfType<Unit>().Where(unit => unit.IsOpen && unit.Name == name && !_byCode.ContainsKey(unit.Code)
            && (within is null ? unit.Kind != UnitKind.Crew : CodeOf(unit.ParentId) == within));
        return rows.Select(row => row.Code).Concat(nodes.Select(unit => unit.Code)).FirstOrDefault();
    }

    /// <summary>A row below a faulty one waits for it.</summary>
    void DropOrphans()
    {
        while (Rows.FirstOrDefault(entry => _byCode.TryGetValue(entry.ParentCode, out var above) && !above.IsGood && !stored.ContainsKey(above.Code)) is { } orphan)
            orphan.Wait();
    }
}
