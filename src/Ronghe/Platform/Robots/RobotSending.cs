using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Outgoing;

namespace Ronghe.Platform.Robots;

/// <summary>
/// Sends what is due, on any number of nodes side by side: a message is taken up by one of them, its robot's limits are counted in the
/// database, and what the platform answers decides what comes next.
/// </summary>
public sealed class RobotSending(AppDb db, RobotSecrets secrets, RobotCards cards, OutgoingCalls calls, NoticeDelivery notices, TimeProvider clock, ILogger<RobotSending> log)
{
    const int MostAtOnce = 500;

    /// <summary>Far longer than a call may take: a node that has not answered by then is dead.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <returns>How many messages stand in their groups.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancel = default)
    {
        var sent = 0;
        for (var tried = 0; tried < MostAtOnce && await TakeAsync(cancel) is (var robot, var message); tried++)
            if ((await DeliverAsync(robot, message, cancel)).Outcome == RobotOutcome.Taken) sent++;
        return sent;
    }

    /// <summary>At once and in sight of whoever asked, also while the robot is switched off or stopped. Saves what else the caller has changed.</summary>
    public async Task<RobotAnswer> SendTestAsync(GroupRobot robot, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var message = RobotMessage.Due(robot.Id, $"test {Guid.CreateVersion7()}", RobotNewsKinds.Test, "/", now, now);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            var pace = await PaceAsync(robot, cancel);
            if (!pace.Reserve(robot.Format, now))
                throw new Refusal($"这个机器人刚发过太多消息，现在再发会被{robot.Format.Title}限流，没有发送。请 {Math.Ceiling((pace.FreeAt!.Value - now).TotalSeconds):0} 秒后再试。");
            message.Take(now + Lease);
            db.RobotMessages.Add(message);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        return await DeliverAsync(robot, message, cancel);
    }

    /// <summary>The next message that is due and whose robot may be called now; others wait without holding it up.</summary>
    async Task<(GroupRobot Robot, RobotMessage Message)?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var now = clock.GetUtcNow();
            if (await NextAsync(now, cancel) is not { } message) return null;
            var robot = await db.GroupRobots.AsNoTracking().SingleAsync(one => one.Id == message.RobotId, cancel);
            var isFree = (await PaceAsync(robot, cancel)).Reserve(robot.Format, now);
            if (isFree) message.Take(now + Lease);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            if (isFree) return (robot, message);
        }
    }

    /// <summary>Locked until the transaction ends; what another node has locked is passed over.</summary>
    async Task<RobotMessage?> NextAsync(DateTimeOffset now, CancellationToken cancel) => (await db.RobotMessages.FromSql($"""
        select m.* from robot_messages m
        join group_robots r on r.id = m.robot_id
        join robot_conditions c on c.robot_id = r.id
        left join robot_paces p on p.address_hash = r.address_hash
        where m.state = 'Waiting' and m.next_try_at <= {now} and m.due_at > {now - RobotOutbox.Oldest} and (m.taken_until is null or m.taken_until < {now})
            and r.is_on and r.removed_at is null and c.stopped_at is null and (p.free_at is null or p.free_at <= {now})
        order by m.next_try_at, m.id limit 1 for update of m skip locked
        """).ToListAsync(cancel)).FirstOrDefault();

    /// <summary>The calls of this address, locked until the transaction ends.</summary>
    async Task<RobotPace> PaceAsync(GroupRobot robot, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"insert into robot_paces (address_hash, recent) values ({robot.AddressHash}, array[]::timestamptz[]) on conflict do nothing", cancel);
        return (await db.RobotPaces.FromSql($"select * from robot_paces where address_hash = {robot.AddressHash} for update").ToListAsync(cancel))[0];
    }

    async Task<RobotAnswer> DeliverAsync(GroupRobot robot, RobotMessage message, CancellationToken cancel)
    {
        var answer = await CallAsync(robot, message, cancel);
        var now = clock.GetUtcNow();
        message.Hear(answer, robot.Format.Rest, now);
        var condition = await db.RobotConditions.SingleAsync(one => one.RobotId == robot.Id, cancel);
        if (answer.Outcome == RobotOutcome.Taken) condition.Sent(now);
        if (answer.Outcome == RobotOutcome.Stop) condition.Stop(answer.Full, now);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (StaleWrite)
        {
            log.LogWarning("Robot {Robot} was called for longer than its lease; another node has the say", robot.Id);
        }
        if (answer.Outcome == RobotOutcome.Slow) await RestAsync(robot, now, cancel);
        if (answer.Outcome != RobotOutcome.Taken) log.LogWarning("Robot {Robot} of {Platform}: {Outcome}, code {Code}", robot.Id, robot.Platform, answer.Outcome, answer.Code);
        if (message.Kind != RobotNewsKinds.Test) await TellAsync(robot, message, answer, now, cancel);
        return answer;
    }

    async Task<RobotAnswer> CallAsync(GroupRobot robot, RobotMessage message, CancellationToken cancel)
    {
        if (secrets.Open(robot) is not { } target) return new(RobotOutcome.Stop, null, "服务器的密钥换过，保存的地址打不开了。请重新填写 webhook 地址和密钥。");
        try
        {
            var (format, now) = (robot.Format, clock.GetUtcNow());
            var answer = await calls.PostJsonAsync(format.AddressOf(target, now), format.BodyOf(await cards.OfAsync(robot, message, cancel), target, now), cancel);
            return format.Read(answer.Status, answer.Text, target);
        }
        catch (NoAnswer none)
        {
            return new(none.IsForbidden ? RobotOutcome.Stop : RobotOutcome.Again, null, none.Message);
        }
    }

    Task<int> RestAsync(GroupRobot robot, DateTimeOffset now, CancellationToken cancel) => db.RobotPaces.Where(pace => pace.AddressHash == robot.AddressHash)
        .ExecuteUpdateAsync(set => set.SetProperty(pace => pace.FreeAt, now + robot.Format.Rest), cancel);

    /// <summary>Whoever arranged the robot hears that it stopped, and once a day that something could not be sent.</summary>
    Task TellAsync(GroupRobot robot, RobotMessage message, RobotAnswer answer, DateTimeOffset now, CancellationToken cancel)
    {
        NoticeDraft Draft(string cause, string text) => new(robot.OwnerId, RobotNotices.Stopped.Key, $"robot {robot.Id} {cause}", text, $"/robots/{robot.Id}");
        return answer.Outcome switch
        {
            RobotOutcome.Stop => notices.TellAsync([Draft($"stopped {now.UtcTicks}", $"群机器人“{robot.Title}”停发了：{answer.Words}")], cancel),
            _ when message.State == RobotMessageState.Failed => notices.TellAsync([Draft($"failed {now.PlantDate():yyyy-MM-dd}", $"群机器人“{robot.Title}”有消息没发成：{answer.Words}")], cancel),
            _ => Task.CompletedTask,
        };
    }
}

static class RobotNotices
{
    public static readonly NoticeKind Stopped = new("robot.stopped", "我配置的群机器人停发了", "您配置的群机器人需要检查，请登录平台查看。") { IsMandatory = true };
}
