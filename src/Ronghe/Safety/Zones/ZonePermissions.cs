using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones;

public static class ZonePermissions
{
    public const string View = "zones.view", Manage = "zones.manage", Plan = "zones.plan";

    public static readonly Permission[] All =
    [
        new(View, "查看党员安全责任区"),
        new(Manage, "划分责任区、指定责任区长和副区长"),
        new(Plan, "更换厂区平面图、载入建议划分"),
    ];
}
