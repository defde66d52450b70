using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Outgoing;
using Ronghe.Platform.Robots;

namespace Ronghe.Organisation.Robots;

/// <summary>A robot's place as somebody types it; it is encrypted before it is stored, and told to nobody.</summary>
public sealed record TypedAddress(RobotPlatform Platform, string? Address, string? Secret)
{
    /// <summary>Whatever prints it by mistake prints nothing secret.</summary>
    public override string ToString() => Platform.ToString();
}

/// <summary>Every act on a group's robot: may I → do → journal → one save. The journal never learns its address.</summary>
public sealed class RobotActions(AppDb db, Me me, OrganisationAccess organisation, RobotAccess access, RobotSecrets secrets, RobotSending sending, RobotNewsKinds kinds, AllowedOrigins origins, TimeProvider clock)
{
    public const string Kind = "robot";

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    public async Task AddAsync(Guid id, Guid nodeId, TypedAddress typed, RobotChoice choice, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每个机器人生成一个 UUIDv7。", "id");
        if (!await db.Nodes.VisibleTo(me).AnyAsync(node => node.Id == nodeId && node.ClosedOn == null, cancel)) throw new NotFound("这个单位或党组织");
        await organisation.RequireAsync(RobotPermissions.Arrange, nodeId, cancel);
        if (await IsRepeatedAsync(id, nodeId, cancel)) return;
        if (await db.GroupRobots.CountAsync(one => one.NodeId == nodeId && one.RemovedAt == null, cancel) >= GroupRobot.MostPerNode)
            throw new Refusal($"一个单位或支部最多配 {GroupRobot.MostPerNode} 个群机器人，没有保存。请先移除不用的。", "NodeId");
        var address = RobotAddress.Parse(typed.Platform, typed.Address, typed.Secret, origins);
        var robot = GroupRobot.Add(id, me.CompanyId, nodeId, secrets.Seal(id, address), choice.Checked(kinds), me.Id);
        db.GroupRobots.Add(robot);
        db.RobotConditions.Add(new() { RobotId = id, LastDigestOn = IsPast(robot.DigestAt) ? clock.Today() : null });
        Record(robot, "added");
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, nodeId, cancel);
    }

    public async Task RestateAsync(Guid id, int version, RobotChoice choice, CancellationToken cancel = default)
    {
        var robot = await LoadAsync(id, version, cancel);
        robot.Restate(choice.Checked(kinds), me.Id);
        Record(robot, "restated");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A new address or a new secret; a robot that had stopped goes again.</summary>
    public async Task ReaddressAsync(Guid id, int version, TypedAddress typed, CancellationToken cancel = default)
    {
        var robot = await LoadAsync(id, version, cancel);
        robot.Readdress(secrets.Seal(id, RobotAddress.Parse(typed.Platform, typed.Address, typed.Secret, origins)), me.Id);
        (await db.RobotConditions.SingleAsync(condition => condition.RobotId == id, cancel)).Resume();
        Record(robot, "readdressed");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What the platform really says. When it takes the message, a robot that had stopped goes again.</summary>
    public async Task<RobotAnswer> TestAsync(Guid id, CancellationToken cancel = default)
    {
        var robot = await LoadAsync(id, null, cancel);
        Record(robot, "tested");
        return await sending.SendTestAsync(robot, cancel);
    }

    /// <summary>One message once more, now; it goes out with the next look.</summary>
    public async Task SendAgainAsync(Guid id, Guid messageId, CancellationToken cancel = default)
    {
        var robot = await LoadAsync(id, null, cancel);
        if (!robot.IsOn) throw new Refusal("这个机器人没有启用，没有再发。请先启用。");
        if (await db.RobotConditions.AnyAsync(condition => condition.RobotId == id && condition.StoppedAt != null, cancel)) throw new Refusal("这个机器人停发了，没有再发。请先按停发的原因改好，测试消息发通以后再发。");
        var message = await db.RobotMessages.SingleOrDefaultAsync(one => one.Id == messageId && one.RobotId == id, cancel) ?? throw new NotFound("这条消息");
        message.SendAgain(clock.GetUtcNow());
        Record(robot, "sent-again", new { messageId });
        await db.SaveChangesAsync(cancel);
    }

    public async Task RemoveAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var robot = await LoadAsync(id, version, cancel);
        robot.Remove(clock.GetUtcNow());
        Record(robot, "removed");
        await db.SaveChangesAsync(cancel);
    }

    bool IsPast(TimeOnly time) => TimeOnly.FromDateTime(clock.GetUtcNow().ToPlant().DateTime) >= time;

    async Task<bool> IsRepeatedAsync(Guid id, Guid nodeId, CancellationToken cancel)
    {
        var already = await db.GroupRobots.Where(robot => robot.Id == id).Select(robot => new { robot.NodeId, robot.CompanyId }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.NodeId == nodeId && already.CompanyId == me.CompanyId ? true : throw new Refusal("这个编号已经用过，没有保存。请刷新页面后再填。", "id");
    }

    /// <param name="version">The one that I saw; null where the act does not depend on the settings.</param>
    async Task<GroupRobot> LoadAsync(Guid id, int? version, CancellationToken cancel)
    {
        var robot = await access.Visible().SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这个群机器人");
        if (version is { } seen && robot.Version != seen) throw new StaleWrite("您打开以后，别人改了这个群机器人的设置。您的改动没有保存，填写的内容还在。请刷新看看最新的设置再改。");
        return robot;
    }

    void Record(GroupRobot robot, string what, object? data = null) => db.Record(robot, Kind, $"{Kind}.{what}", me.PersonId, clock.GetUtcNow(), robot.NodeId,
        data ?? new { robot.Platform, robot.Kinds, robot.IsGathered, robot.ShowsPlaces, robot.QuietFrom, robot.QuietTo, robot.DigestAt, robot.IsOn });
}
