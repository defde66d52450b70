using Ronghe.Platform.Security;

namespace Ronghe.Tasks;

public static class TaskPermissions
{
    public const string Use = "tasks.use", View = "tasks.view", Give = "tasks.give";

    public static readonly Permission[] All =
    [
        new(Use, "办理交给自己的事，看与自己有关的交办"),
        new(View, "查看本范围的交办事项"),
        new(Give, "交办、延期、转办、撤销、确认办结"),
    ];
}
