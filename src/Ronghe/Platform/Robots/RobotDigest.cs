using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Robots;

/// <summary>Once a workday, at each robot's own time: what was counted and what was gathered, in one message.</summary>
public sealed class RobotDigest(AppDb db, IEnumerable<RobotDailySource> sources, RobotOutbox outbox, IServiceProvider scope, TimeProvider clock)
{
    const int MostAtOnce = 500;

    public async Task SendAsync(CancellationToken cancel = default)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (!WorkCalendar.China.IsWorkday(today)) return;
        var due = await DueAsync(TimeOnly.FromDateTime(now.ToPlant().DateTime), today, cancel);
        if (due.Count == 0) return;
        var nodes = due.Select(robot => robot.NodeId).Distinct().ToArray();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var source in sources) await outbox.PutAsync(await source.Find(scope, nodes, today, cancel), due, cancel);
        var ids = due.Select(robot => robot.Id).ToArray();
        var gathered = (await db.RobotMessages.Where(message => ids.Contains(message.RobotId) && message.State == RobotMessageState.Gathered).ToListAsync(cancel)).ToLookup(message => message.RobotId);
        foreach (var robot in due.Where(robot => gathered.Contains(robot.Id))) Merge(robot, [.. gathered[robot.Id]], today, now);
        await db.SaveChangesAsync(cancel);
        await db.RobotConditions.Where(condition => ids.Contains(condition.RobotId)).ExecuteUpdateAsync(set => set.SetProperty(condition => condition.LastDigestOn, today), cancel);
        await transaction.CommitAsync(cancel);
    }

    async Task<List<GroupRobot>> DueAsync(TimeOnly time, DateOnly today, CancellationToken cancel) => await (
        from robot in db.GroupRobots.AsNoTracking()
        join condition in db.RobotConditions on robot.Id equals condition.RobotId
        where robot.IsOn && robot.DigestAt <= time && (condition.LastDigestOn == null || condition.LastDigestOn < today)
        orderby robot.Id
        select robot).Take(MostAtOnce).ToListAsync(cancel);

    void Merge(GroupRobot robot, IReadOnlyList<RobotMessage> messages, DateOnly today, DateTimeOffset now)
    {
        var only = messages.Select(message => message.Href).Distinct().ToList() is [var href] ? href : "/";
        var digest = RobotMessage.Due(robot.Id, $"digest {today:yyyy-MM-dd}", RobotNewsKinds.Digest, only, now, robot.Quiet.NotBefore(now));
        db.RobotMessages.Add(digest);
        foreach (var message in messages) message.Merge(digest.Id);
    }
}
