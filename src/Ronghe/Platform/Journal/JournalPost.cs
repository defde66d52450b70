using System.Data;
using Npgsql;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Carries the bell between nodes by LISTEN and NOTIFY. A transaction that notifies makes every other one that does wait for its
/// commit, so no writer notifies: this does, after the fact, for all commits of a short while together. What is lost on the way
/// (a crash, a pooler that knows no LISTEN) costs a follower one sleep, nothing else.
/// </summary>
sealed class JournalPost(NpgsqlDataSource source, JournalBell bell, ILogger<JournalPost> log) : BackgroundService
{
    const string Channel = "ronghe_journal";
    static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100), Again = TimeSpan.FromSeconds(5);
    readonly string _node = Guid.CreateVersion7().ToString("n");

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(UntilStoppedAsync(ReceiveAsync, stop), UntilStoppedAsync(SendAsync, stop));

    async Task UntilStoppedAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await act(stop);
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("Between nodes the bell is silent, followers look by themselves: {Problem}", problem.Message);
                await Task.Delay(Again, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    async Task ReceiveAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += Hear;
        try
        {
            await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(stop);
            while (true) await connection.WaitAsync(stop);
        }
        finally
        {
            connection.Notification -= Hear;
            // The session goes back to the pool; whoever takes it next has not asked for letters.
            if (connection.State == ConnectionState.Open)
            {
                await using var deaf = new NpgsqlCommand("unlisten *", connection);
                await deaf.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    void Hear(object sender, NpgsqlNotificationEventArgs letter)
    {
        if (letter.Payload != _node) bell.RingFromAfar();
    }

    async Task SendAsync(CancellationToken stop)
    {
        using var ears = bell.Listen(onlyNear: true);
        while (true)
        {
            await ears.WaitAsync(Timeout.InfiniteTimeSpan, stop);
            await using (var notify = source.CreateCommand($"select pg_notify('{Channel}', '{_node}')")) await notify.ExecuteNonQueryAsync(stop);
            await Task.Delay(Together, stop);
        }
    }
}
