namespace Ronghe.Platform.Journal;

/// <summary>
/// Looks every few seconds how far the followers are behind, for <c>/metrics</c>. On every node, also one that follows nothing: a
/// follower that hangs or a node that is gone cannot say so itself.
/// </summary>
public sealed class FollowerWatch(IServiceScopeFactory scopes, JournalMeter meter, ILogger<FollowerWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LookAsync(stop);
            await Task.Delay(Every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task LookAsync(CancellationToken stop = default)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            meter.Show(await scope.ServiceProvider.GetRequiredService<FollowerQueries>().LagsAsync(stop));
        }
        catch (Exception problem)
        {
            // An old number would say that all is well.
            meter.Show([]);
            if (!stop.IsCancellationRequested) log.LogWarning("How far the followers are behind is not known: {Problem}", problem.Message);
        }
    }
}
