using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>The three real workbooks, and the columns that an import would look for in them.</summary>
static class PlantFiles
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Content", "demo", name);

    public static Workbook Read(string name)
    {
        using var stream = File.OpenRead(PathOf(name));
        return Read(stream, name);
    }

    public static Workbook Read(Stream stream, string name, SheetLimits? limits = null) =>
        WorkbookReader.Read(stream, name, limits, TestContext.Current.CancellationToken);

    /// <summary>What the file format's own schema objects to.</summary>
    public static string[] SchemaErrors(Stream workbook)
    {
        workbook.Position = 0;
        using var document = SpreadsheetDocument.Open(workbook, false);
        return [.. new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Description} {error.Path?.XPath}")];
    }

    public static SheetReading Open(Workbook workbook, SheetSpec spec) => new(workbook, HeaderFinder.FindOne(workbook, spec), spec);

    public static SheetSpec Units { get; } = new("units", "行政组织",
    [
        new("code", "编码") { Required = true, Aliases = ["单位编码", "组织编码"] },
        new("name", "名称") { Required = true, Aliases = ["单位名称", "组织名称"] },
        new("parent", "上级编码") { Aliases = ["上级单位编码"] },
        new("kind", "类型"),
        new("head", "负责人"),
    ])
    { NameHints = ["行政"] };

    public static SheetSpec PartyUnits { get; } = new("party-units", "党组织",
    [
        new("code", "编码") { Required = true },
        new("name", "名称") { Required = true },
        new("parent", "上级编码"),
        new("kind", "类型"),
        new("head", "负责人") { Aliases = ["书记"] },
        new("founded", "成立日期"),
        new("term-from", "本届起始"),
        new("term", "届期"),
        new("covers", "覆盖部门"),
    ])
    { NameHints = ["党"] };

    public static SheetSpec Roster { get; } = new("people", "员工花名册",
    [
        new("number", "工号") { Required = true, Aliases = ["员工编号", "职工号", "人员编码", "员工号"], Kind = ColumnKind.Code },
        new("name", "姓名") { Required = true, Aliases = ["员工姓名", "职工姓名"] },
        new("sex", "性别"),
        new("born", "出生年月") { Aliases = ["出生日期", "出生时间"] },
        new("nation", "民族"),
        new("department", "部门") { Required = true, Aliases = ["所在部门", "单位"] },
        new("crew", "班组") { Aliases = ["所在班组", "值"] },
        new("post", "岗位") { Aliases = ["岗位名称"] },
        new("rank", "职务"),
        new("contract", "用工形式"),
        new("started", "参加工作时间"),
        new("schooling", "学历"),
        new("title", "职称/技能等级") { Aliases = ["职称", "技能等级"] },
        new("membership", "政治面貌"),
        new("branch", "所在党支部") { Aliases = ["党支部"] },
        new("group", "党小组"),
        new("party-post", "党内职务"),
        new("joined", "入党时间") { Aliases = ["加入党组织时间"] },
        new("confirmed", "转正时间"),
        new("phone", "手机号") { Aliases = ["联系电话", "手机", "电话"] },
    ]);

    public static SheetSpec Ledger { get; } = new("findings", "隐患台账",
    [
        new("code", "编号"),
        new("found", "排查日期") { Required = true, Kind = ColumnKind.Date },
        new("source", "排查类型"),
        new("place", "隐患地点"),
        new("equipment", "设备"),
        new("what", "隐患描述") { Required = true },
        new("category", "隐患类别"),
        new("grade", "等级"),
        new("finders", "发现人"),
        new("department", "责任部门"),
        new("rectifier", "整改责任人"),
        new("measure", "整改措施"),
        new("due", "整改期限"),
        new("done", "完成日期"),
        new("verifier", "复查人"),
        new("verified", "复查日期"),
        new("status", "状态"),
        new("note", "备注"),
    ]);
}
