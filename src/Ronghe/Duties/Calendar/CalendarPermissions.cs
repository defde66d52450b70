using Ronghe.Platform.Security;

namespace Ronghe.Duties.Calendar;

public static class CalendarPermissions
{
    public const string View = "calendar.view", Plan = "calendar.plan";

    public static readonly Permission[] All = [new(View, "查看本范围的日历，订阅自己的日历"), new(Plan, "把生产计划和党建活动排进日历")];
}
