using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Ledgers;

/// <summary>What a hazard ledger looks like.</summary>
static class LedgerSpec
{
    public const string
        Number = "number", Found = "found", Source = "source", Location = "location", Equipment = "equipment", Description = "description",
        Category = "category", Grade = "grade", Finders = "finders", Unit = "unit", Rectifier = "rectifier", Measure = "measure",
        Due = "due", Done = "done", Verifier = "verifier", Verified = "verified", Status = "status", Remark = "remark", Result = "result";

    public static readonly SheetSpec Findings = new("findings", "隐患台账",
    [
        new(Number, "编号") { Aliases = ["隐患编号", "台账编号", "问题编号"], Kind = ColumnKind.Code, Explanation = "唯一；没有这一列时自动编号", Example = "YH-2025-001" },
        new(Found, "排查日期") { Aliases = ["发现日期", "发现时间", "排查时间", "检查日期", "检查时间"], Required = true, Kind = ColumnKind.Date, Example = "2025-03-07" },
        new(Source, "排查类型") { Aliases = ["排查方式", "检查类型", "检查方式", "隐患来源", "来源"], Kind = ColumnKind.Choice, Options = LedgerWords.SourceOptions, Example = "日常排查" },
        new(Location, "隐患地点") { Aliases = ["地点", "隐患部位", "部位", "检查地点", "所在位置", "区域"], Explanation = "写地点表里的名称或惯用叫法；地点表里没有的写成 其他：…", Example = "#1炉0m" },
        new(Equipment, "设备") { Aliases = ["设备名称", "涉及设备", "设备设施"], Example = "#1炉给煤机" },
        new(Description, "隐患描述") { Aliases = ["隐患内容", "问题描述", "存在问题", "隐患情况", "隐患及问题", "问题及隐患"], Required = true, Example = "护栏缺失一段，长约 1.2m", Width = 40 },
        new(Category, "隐患类别") { Aliases = ["类别", "隐患分类", "问题类别", "专业类别"], Explanation = "写隐患分类字典里的名称或惯用叫法；字典里没有的写成 其他：…", Example = "作业环境" },
        new(Grade, "等级") { Aliases = ["隐患等级", "隐患级别", "级别"], Kind = ColumnKind.Choice, Options = LedgerWords.GradeOptions, Example = "一般" },
        new(Finders, "发现人") { Aliases = ["检查人", "排查人", "上报人", "检查人员"], Kind = ColumnKind.Person, Explanation = "重名的写上工号；多人用顿号隔开", Example = "张三（000123）" },
        new(Unit, "责任部门") { Aliases = ["责任单位", "整改部门", "整改单位", "整改责任部门", "责任班组"], Required = true, Explanation = "写组织机构表里的名称；几个部门都有的班组带上部门，例如 发电一部/运行一值", Example = "发电一部" },
        new(Rectifier, "整改责任人") { Aliases = ["责任人", "整改人", "整改负责人"], Kind = ColumnKind.Person, Example = "李四" },
        new(Measure, "整改措施") { Aliases = ["整改要求", "整改方案", "治理措施", "防范措施"], Example = "补装护栏", Width = 32 },
        new(Due, "整改期限") { Aliases = ["整改时限", "整改限期", "限期", "计划完成时间", "要求完成时间", "要求完成日期"], Kind = ColumnKind.Date, Example = "2025-03-14" },
        new(Done, "完成日期") { Aliases = ["完成时间", "整改完成时间", "整改完成日期", "实际完成时间", "实际完成日期"], Kind = ColumnKind.Date, Example = "2025-03-12" },
        new(Verifier, "复查人") { Aliases = ["复核人", "验收人", "验收负责人", "复查人员"], Kind = ColumnKind.Person, Explanation = "不能是整改责任人自己", Example = "王五" },
        new(Verified, "复查日期") { Aliases = ["复查时间", "复核日期", "复核时间", "验收日期", "验收时间"], Kind = ColumnKind.Date, Example = "2025-03-13" },
        new(Status, "状态") { Aliases = ["整改状态", "闭环状态", "目前状态", "闭环情况", "整改情况"], Kind = ColumnKind.Choice, Options = LedgerWords.StatusOptions, Example = "已闭环" },
        new(Remark, "备注") { Aliases = ["说明"], Explanation = "已合并的写“并入 编号”，不予受理的写理由" },
        new(Result, "整改结果") { Aliases = ["整改完成情况", "整改落实情况", "实际整改情况"], Exact = true, Explanation = "实际做了什么；不填就当作按整改措施办了" },
    ]) { NameHints = ["隐患", "台账"] };
}
