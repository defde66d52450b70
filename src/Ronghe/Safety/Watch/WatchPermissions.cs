using Ronghe.Platform.Security;

namespace Ronghe.Safety.Watch;

public static class WatchPermissions
{
    public const string View = "watch.view", Arrange = "watch.arrange";

    public static readonly Permission[] All = [new(View, "查看党员监督台值守安排"), new(Arrange, "安排监督台值守")];
}
