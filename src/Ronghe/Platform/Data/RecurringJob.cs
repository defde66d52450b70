using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Data;

/// <summary>What a job does in a scope of its own.</summary>
public delegate Task JobRun(IServiceProvider scope, CancellationToken cancel);

/// <summary>Runs something again and again, on one node at a time. A failure is logged and does not stop the next run.</summary>
sealed class RecurringJob(string name, TimeSpan every, JobRun run, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecurringJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await RunOnceAsync(stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "Job {Name} failed; next run in {Every}", name, every);
            }
        } while (await timer.WaitForNextTickAsync(stop));
    }

    async Task RunOnceAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await db.Database.OpenConnectionAsync(stop);
        // Another node that is at it already leaves nothing to do; the lock goes with the connection.
        var mine = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_lock(hashtextextended({"job:" + name}, 0)) as "Value" """).ToListAsync(stop);
        if (!mine[0]) return;
        try
        {
            await run(scope.ServiceProvider, stop);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended({"job:" + name}, 0))", CancellationToken.None);
        }
    }
}
