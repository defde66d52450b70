using Ronghe.Platform.Security;

namespace Ronghe.Duties;

public static class DutyPermissions
{
    public const string View = "duties.view", Oversee = "duties.oversee", Configure = "duties.configure";

    public static readonly Permission[] All =
    [
        new(View, "查看自己的履职义务和义务规则"),
        new(Oversee, "查看履职覆盖和缺口、登记本期不适用"),
        new(Configure, "调整履职义务规则"),
    ];
}
