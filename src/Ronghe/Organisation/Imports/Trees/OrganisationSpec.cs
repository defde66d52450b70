using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>What the office's lists of units and of Party organisations look like.</summary>
static class OrganisationSpec
{
    public const string Code = "code", Name = "name", Parent = "parent", Kind = "kind", Head = "head",
        Founded = "founded", TermStarted = "termStarted", TermYears = "termYears", Covers = "covers";

    static readonly ColumnSpec CodeColumn = new(Code, "编码")
    {
        Aliases = ["代码", "单位编码", "机构编码", "组织编码", "部门编码", "党组织编码", "编号"], Required = true, Kind = ColumnKind.Code, Explanation = "全公司唯一", Example = "1001",
    };

    static readonly ColumnSpec ParentColumn = new(Parent, "上级编码")
    {
        Aliases = ["上级代码", "上级单位编码", "上级机构编码", "上级组织编码", "父级编码", "上级编号"], Required = true, Kind = ColumnKind.Code, Explanation = "最上级留空", Example = "10",
    };

    static readonly ColumnSpec HeadColumn = new(Head, "负责人")
    {
        Aliases = ["主要负责人", "单位负责人", "部门负责人", "党组织负责人", "书记"], Kind = ColumnKind.Person, Explanation = "写姓名；导入花名册后自动办理任职", Example = "张三",
    };

    public static readonly SheetSpec Units = new("units", "行政组织",
    [
        CodeColumn,
        new(Name, "名称") { Aliases = ["单位名称", "机构名称", "部门名称", "组织名称"], Required = true, Explanation = "同一上级下面不重名", Example = "发电一部" },
        ParentColumn,
        new(Kind, "类型") { Aliases = ["类别", "单位类型", "机构类型", "组织类型", "层级"], Required = true, Kind = ColumnKind.Choice, Options = OrganisationWords.UnitKindOptions, Example = "部门" },
        HeadColumn,
    ]) { NameHints = ["行政", "机构", "单位", "部门"] };

    public static readonly SheetSpec Parties = new("parties", "党组织",
    [
        CodeColumn with { Example = "DZ01" },
        new(Name, "名称") { Aliases = ["党组织名称", "组织名称", "支部名称"], Required = true, Explanation = "同一上级下面不重名", Example = "发电一部党支部" },
        ParentColumn with { Example = "DW" },
        new(Kind, "类型") { Aliases = ["类别", "党组织类型", "组织类型", "党组织类别"], Required = true, Kind = ColumnKind.Choice, Options = OrganisationWords.PartyKindOptions, Example = "党支部" },
        HeadColumn,
        new(Founded, "成立日期") { Aliases = ["成立时间", "组建日期", "批准成立日期"], Kind = ColumnKind.Date, Example = "1997-04-10" },
        new(TermStarted, "本届起始") { Aliases = ["本届起始日期", "本届开始日期", "换届日期", "换届时间", "本届选举日期"], Kind = ColumnKind.Date, Example = "2024-03-11" },
        new(TermYears, "届期") { Aliases = ["任期", "任期年限", "届期年限"], Kind = ColumnKind.Number, Explanation = "按年", Example = "3年" },
        new(Covers, "覆盖部门") { Aliases = ["覆盖单位", "覆盖范围", "涵盖部门"], Explanation = "用顿号隔开；只覆盖部分班组的写在括号里，例如 设备管理部（锅炉班、汽机班）", Example = "发电一部" },
    ]) { NameHints = ["党"] };
}
