namespace Ronghe.Platform.Robots;

/// <summary>Looks every few seconds for what is due. A fault costs one look, never the loop.</summary>
sealed class RobotLoop(IServiceScopeFactory scopes, ILogger<RobotLoop> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3), AfterFault = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await Task.Delay(await LookAsync(stop) ? Pause : AfterFault, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<bool> LookAsync(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RobotSending>().SendDueAsync(stop);
            return true;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Robots could not be served; the next look comes soon");
            return false;
        }
    }
}
