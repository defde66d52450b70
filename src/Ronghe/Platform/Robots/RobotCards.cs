using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Robots;

/// <summary>Makes of a message the card that a group sees.</summary>
public sealed class RobotCards(AppDb db, RobotNewsKinds kinds)
{
    const string Follow = "登录平台查看", Home = "/";
    const int MostPlaces = 5;

    public async Task<RobotCard> OfAsync(GroupRobot robot, RobotMessage message, CancellationToken cancel = default) => message.Kind switch
    {
        RobotNewsKinds.Test => Card(robot, message, [new("看到这条，说明群机器人已经连通。"), .. robot.Kinds.Select(kind => new RobotLine("会发：" + kinds.TitleOf(kind)))]),
        RobotNewsKinds.Digest => Card(robot, message, await ToldAsync(message, cancel)),
        _ => Card(robot, message, [new(Say(message.Kind, [message]))]),
    };

    RobotCard Card(GroupRobot robot, RobotMessage message, IReadOnlyList<RobotLine> lines) =>
        new($"{RobotCard.Name} · {kinds.TitleOf(message.Kind)}", lines, Follow, new Uri(new Uri(robot.Home), message.Href));

    async Task<IReadOnlyList<RobotLine>> ToldAsync(RobotMessage digest, CancellationToken cancel)
    {
        var told = await db.RobotMessages.AsNoTracking().Where(message => message.RobotId == digest.RobotId && message.DigestId == digest.Id).OrderBy(message => message.At).ThenBy(message => message.Id).ToListAsync(cancel);
        return [.. told.GroupBy(message => message.Kind).Select(kind => new RobotLine(Say(kind.Key, [.. kind]), kind.Select(message => message.Href).Distinct().ToList() is [var only] ? only : Home))];
    }

    string Say(string kind, IReadOnlyList<RobotMessage> messages)
    {
        var places = messages.Select(message => message.PlaceCode).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var words = kinds.Say(kind, messages.Sum(message => message.Count));
        return places.Count == 0 ? words : $"{words}（地点编号 {string.Join('、', places.Take(MostPlaces))}{(places.Count > MostPlaces ? " 等" : "")}）";
    }
}
