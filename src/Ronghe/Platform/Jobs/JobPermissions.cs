using Ronghe.Platform.Security;

namespace Ronghe.Platform.Jobs;

public static class JobPermissions
{
    public const string Manage = "jobs.manage";

    public static readonly Permission[] All = [new(Manage, "查看定时任务，立即运行、暂停和恢复")];
}
