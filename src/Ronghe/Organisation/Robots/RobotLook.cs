using Ronghe.Platform.Robots;

namespace Ronghe.Organisation.Robots;

/// <summary>How pages speak of a robot and its messages.</summary>
public static class RobotLook
{
    const int LongestLine = 40;

    public static (string Status, string? Text) Badge(RobotRow robot) => Badge(robot.IsOn, robot.StoppedAt);

    public static (string Status, string? Text) Badge(RobotDetail robot) => Badge(robot.IsOn, robot.StoppedAt);

    public static (string Status, string? Text) Badge(RobotMessageState state) => (state switch
    {
        RobotMessageState.Waiting or RobotMessageState.Gathered => "waiting",
        RobotMessageState.Sent or RobotMessageState.Merged => "good",
        RobotMessageState.Failed => "bad",
        _ => "neutral",
    }, state.Title());

    /// <summary>What the platform said, for a line of the list; what to do about it stands at the top of the page, once.</summary>
    public static string? Short(string? answer) => answer is { Length: > LongestLine } && answer.IndexOf('。') is > 0 and var end ? answer[..(end + 1)] : answer;

    /// <summary>Where a message leads; a test or digest leads to no record.</summary>
    public static string? HrefOf(RobotMessageRow message) => message.Href == "/" ? null : message.Href;

    static (string, string?) Badge(bool isOn, DateTimeOffset? stoppedAt) => stoppedAt is not null ? ("bad", "停发") : isOn ? ("good", "正常") : ("neutral", "没有启用");
}
