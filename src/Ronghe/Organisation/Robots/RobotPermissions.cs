using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Robots;

public static class RobotPermissions
{
    public const string Arrange = "robots.arrange";

    public static readonly Permission[] All = [new(Arrange, "配置本单位、本支部的群机器人，查看发送情况")];
}
