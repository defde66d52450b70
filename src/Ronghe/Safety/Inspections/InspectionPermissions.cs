using Ronghe.Platform.Security;

namespace Ronghe.Safety.Inspections;

public static class InspectionPermissions
{
    public const string View = "inspections.view", Plan = "inspections.plan", SpotCheck = "inspections.spot-check", Patrol = "inspections.patrol", Explain = "inspections.explain";

    public static readonly Permission[] All =
    [
        new(View, "查看本范围的检查，办理自己参加的检查"),
        new(Plan, "组织专项检查、啄木鸟检查、环保检查、监督检查"),
        new(SpotCheck, "安排四不两直抽查"),
        new(Patrol, "组织职工代表巡视"),
        new(Explain, "代表本单位说清楚"),
    ];
}
