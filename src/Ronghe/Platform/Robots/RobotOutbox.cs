using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Robots;

/// <summary>Where news for groups wait: written for each robot that tells this kind, once for each key, on however many nodes.</summary>
public sealed class RobotOutbox(AppDb db, RobotNewsKinds kinds, TimeProvider clock)
{
    /// <summary>After that nobody in a group needs it any more.</summary>
    internal static readonly TimeSpan Oldest = TimeSpan.FromDays(1);
    static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    sealed record Draft(GroupRobot Robot, RobotNews News, bool IsGathered, DateTimeOffset DueAt);

    public async Task PutAsync(IReadOnlyList<RobotNews> news, CancellationToken cancel = default)
    {
        if (news.Count == 0) return;
        var nodes = news.Select(one => one.NodeId).Distinct().ToArray();
        await PutAsync(news, await db.GroupRobots.AsNoTracking().Where(robot => robot.IsOn && nodes.Contains(robot.NodeId)).ToListAsync(cancel), cancel);
    }

    /// <param name="news">For any nodes.</param>
    /// <param name="robots">Of which each takes what it wants.</param>
    /// <param name="cancel">Cancels the writing.</param>
    internal async Task PutAsync(IReadOnlyList<RobotNews> news, IReadOnlyList<GroupRobot> robots, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var drafts = (from one in news
                      from robot in robots
                      where robot.NodeId == one.NodeId && robot.Wants(one.Kind)
                      select new Draft(robot, one, robot.IsGathered || kinds.Find(one.Kind)?.IsDaily == true, robot.Quiet.NotBefore(now))).ToList();
        if (drafts.Count == 0) return;
        await db.Database.ExecuteSqlAsync($"""
            insert into robot_messages (id, robot_id, key, kind, count, place_code, href, state, at, due_at, next_try_at, tries, faults)
            select id, robot_id, key, kind, count, place_code, href, state, {now}, due_at, due_at, 0, 0 from unnest(
                {drafts.Select(_ => Guid.CreateVersion7()).ToArray()}, {drafts.Select(draft => draft.Robot.Id).ToArray()}, {drafts.Select(draft => draft.News.Key).ToArray()},
                {drafts.Select(draft => draft.News.Kind).ToArray()}, {drafts.Select(draft => draft.News.Count).ToArray()},
                {drafts.Select(draft => draft.Robot.ShowsPlaces ? draft.News.PlaceCode : null).ToArray()}, {drafts.Select(draft => draft.News.Href).ToArray()},
                {drafts.Select(draft => draft.IsGathered ? nameof(RobotMessageState.Gathered) : nameof(RobotMessageState.Waiting)).ToArray()},
                {drafts.Select(draft => draft.DueAt).ToArray()}) as told (id, robot_id, key, kind, count, place_code, href, state, due_at)
            on conflict do nothing
            """, cancel);
    }

    /// <summary>What nobody needs any more is said to be so; a quarter of a year later it is forgotten.</summary>
    public async Task TidyAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await db.RobotMessages.Where(message => message.State == RobotMessageState.Waiting && message.DueAt < now - Oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, RobotMessageState.Expired).SetProperty(message => message.TakenUntil, (DateTimeOffset?)null), cancel);
        await db.RobotMessages.Where(message => message.At < now - Kept).ExecuteDeleteAsync(cancel);
        await db.RobotPaces.Where(pace => !db.GroupRobots.Any(robot => robot.AddressHash == pace.AddressHash)).ExecuteDeleteAsync(cancel);
    }
}
