using Ronghe.Platform.Journal;

namespace Ronghe.Platform.Robots;

/// <summary>Follows the journal and puts what concerns a group into its robot's outbox.</summary>
public sealed class RobotFeed(IEnumerable<RobotNewsSource> sources, RobotOutbox outbox, TimeProvider clock)
{
    /// <summary>What happened longer ago is no news: so it is after an upgrade, or once a follower that stood still goes on.</summary>
    static readonly TimeSpan Freshest = TimeSpan.FromDays(1);

    public static readonly Follower Follower = new("robots", "群机器人消息", (scope, rows, cancel) => scope.GetRequiredService<RobotFeed>().HandleAsync(scope, rows, cancel));

    async Task HandleAsync(IServiceProvider scope, IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - Freshest;
        var fresh = rows.Where(row => row.At >= since).ToList();
        if (fresh.Count == 0) return;
        foreach (var source in sources) await outbox.PutAsync(await source.Find(scope, fresh, cancel), cancel);
    }
}
