using System.Diagnostics;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Keeps one follower going on this node: woken by every commit that the journal tells of, and now and then anyway. A batch that
/// fails is tried again, later and later; nothing is passed over.
/// </summary>
sealed class FollowerLoop(Follower follower, IServiceScopeFactory scopes, JournalBell bell, JournalMeter meter, ILogger log)
{
    /// <summary>Rows can wait for a transaction that still runs, and a bell can be lost; neither is waited for longer.</summary>
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    const int LongestRetrySeconds = 60;

    public async Task RunAsync(CancellationToken stop)
    {
        using var ears = bell.Listen();
        var failures = 0;
        var enrolled = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!enrolled) await InScopeAsync(following => following.EnrolAsync(follower, stop));
                enrolled = true;
                var handled = await StepAsync(stop);
                failures = 0;
                if (handled == 0) await ears.WaitAsync(LongestSleep, stop);
                else if (handled < follower.Most) await Task.Delay(follower.Pause, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception problem)
            {
                await NoteAsync(problem, ++failures);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(LongestRetrySeconds, 1 << Math.Min(failures - 1, 6))), stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<int> StepAsync(CancellationToken stop)
    {
        // Its own number in the log, as a request has one.
        using var activity = new Activity("follower " + follower.Name).Start();
        await using var scope = scopes.CreateAsyncScope();
        var handled = await scope.ServiceProvider.GetRequiredService<Following>().StepAsync(follower, stop);
        meter.Handled(follower, handled);
        return handled;
    }

    async Task NoteAsync(Exception problem, int failures)
    {
        log.LogError(problem, "Follower {Name} failed {Times} times in a row; its rows wait", follower.Name, failures);
        try
        {
            await InScopeAsync(following => following.NoteProblemAsync(follower, problem.Message));
        }
        catch (Exception worse)
        {
            log.LogDebug(worse, "The problem could not be noted");
        }
    }

    async Task InScopeAsync(Func<Following, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<Following>());
    }
}

/// <summary>All followers of this node, each at its own pace: one that fails holds up no other.</summary>
sealed class FollowerLoops(IEnumerable<Follower> followers, IServiceScopeFactory scopes, JournalBell bell, JournalMeter meter, ILogger<FollowerLoop> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stop) =>
        Task.WhenAll(followers.Select(follower => new FollowerLoop(follower, scopes, bell, meter, log).RunAsync(stop)));
}
