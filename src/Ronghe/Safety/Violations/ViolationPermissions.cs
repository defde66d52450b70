using Ronghe.Platform.Security;

namespace Ronghe.Safety.Violations;

public static class ViolationPermissions
{
    public const string View = "violations.view", Names = "violations.names", Note = "violations.note", Decide = "violations.decide", Configure = "violations.configure";

    public static readonly Permission[] All =
    [
        new(View, "查看本范围已认定的违章（不带姓名），说明自己的"),
        new(Names, "查看本范围违章的姓名、经过和说明"),
        new(Note, "记录违章、听取说明"),
        new(Decide, "认定或撤销违章"),
        new(Configure, "调整违章字典"),
    ];
}
