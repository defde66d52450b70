using Ronghe.Platform.Security;

namespace Ronghe.Safety.Checklists;

public static class ChecklistPermissions
{
    public const string View = "checklists.view", Manage = "checklists.manage";

    public static readonly Permission[] All = [new(View, "查看检查表"), new(Manage, "调整检查表")];
}
