using Ronghe.Platform.Security;

namespace Ronghe.Findings;

public static class FindingPermissions
{
    public const string
        Report = "findings.report", View = "findings.view", Assign = "findings.assign", Verify = "findings.verify", Close = "findings.close",
        Supervise = "findings.supervise", Export = "findings.export", Configure = "findings.configure", Import = "findings.import";

    public static readonly Permission[] All =
    [
        new(Report, "上报隐患，办理自己名下的事"),
        new(View, "查看本范围的隐患"),
        new(Assign, "定级、派发、延期、不予受理、合并"),
        new(Verify, "复核整改"),
        new(Close, "关闭、回头看"),
        new(Supervise, "升级、挂牌督办"),
        new(Export, "导出隐患台账"),
        new(Import, "导入隐患台账"),
        new(Configure, "调整期限规则和分类字典"),
    ];
}
