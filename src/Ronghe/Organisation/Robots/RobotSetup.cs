using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Robots;

public static class RobotSetup
{
    public static IServiceCollection AddRobots(this IServiceCollection services) => services
        .AddScoped<RobotAccess>().AddScoped<RobotActions>().AddScoped<RobotQueries>()
        .AddRobotExamples()
        .AddSingleton(new MenuEntry("系统", "群机器人", "message-chatbot", "/robots", RobotPermissions.Arrange))
        .AddJournalSubjects(
        [
            new(RobotActions.Kind, "群机器人", new Dictionary<string, string>
            {
                [RobotActions.Kind + ".added"] = "添加", [RobotActions.Kind + ".restated"] = "改设置", [RobotActions.Kind + ".readdressed"] = "换地址",
                [RobotActions.Kind + ".tested"] = "发测试消息", [RobotActions.Kind + ".sent-again"] = "再发一条", [RobotActions.Kind + ".removed"] = "移除",
            }) { Record = typeof(GroupRobot), Href = id => $"/robots/{id}" },
        ]);

    /// <summary>A right over the units that the node stands for: the secretary's own branch, the safety officer's plant.</summary>
    public static void GrantRobots(this PostRights rights)
    {
        rights.Define(RobotPermissions.All);
        foreach (var post in (string[])[Posts.SafetyOfficer, Posts.PartyAffairs, Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary]) rights.Grant(post, RobotPermissions.Arrange);
    }
}
