using System.Diagnostics;
using Npgsql;
using Quartz;
using Ronghe.Platform.Metrics;

namespace Ronghe.Platform.Jobs;

/// <summary>What Quartz calls when a job's time has come: takes the job's turn, does its work in a scope of its own, writes down how it went.</summary>
sealed class ScheduledRun(RecurringJobs jobs, NpgsqlDataSource database, IServiceScopeFactory scopes, JobMeasures measures, TimeProvider clock, ILogger<ScheduledRun> log) : IJob
{
    /// <summary>Keys of what "run now" hands over.</summary>
    internal const string RunKey = "run", RequestedByKey = "by";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel = default)
    {
        if (jobs.Find(context.JobDetail.Key.Name) is not { } job) return;
        using var activity = Tracing.Start(JobActivity.Name).AddTag("job", job.Name);
        await using var turn = await JobTurn.TakeAsync(database, job.Name, cancel);
        if (turn is null)
        {
            log.LogWarning("Job {Job} is still running elsewhere; this run is left out", job.Name);
            return;
        }
        var run = await BeginAsync(job, context, cancel);
        var watch = Stopwatch.StartNew();
        var (outcome, error) = await WorkAsync(job, cancel);
        measures.Ended(job.Name, outcome, watch.Elapsed);
        await InScopeAsync(scope => scope.GetRequiredService<JobRuns>().EndAsync(run, outcome, error));
        // Quartz then hands it to another node, or to this one at its next start.
        if (outcome == JobOutcome.Interrupted) cancel.ThrowIfCancellationRequested();
    }

    async Task<JobRun> BeginAsync(RecurringJob job, IJobExecutionContext context, CancellationToken cancel)
    {
        var asked = context.MergedJobDataMap;
        var run = new JobRun(Id(asked, RunKey) is { } wished && !context.Recovering ? wished : Guid.CreateVersion7(), job.Name,
            context.Scheduler.SchedulerInstanceId, clock.GetUtcNow(), Activity.Current?.TraceId.ToString(), Id(asked, RequestedByKey));
        await InScopeAsync(scope => scope.GetRequiredService<JobRuns>().BeginAsync(run, cancel));
        return run;
    }

    async Task<(JobOutcome, string?)> WorkAsync(RecurringJob job, CancellationToken cancel)
    {
        try
        {
            await InScopeAsync(scope => job.Work(scope, cancel));
            return (JobOutcome.Good, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (JobOutcome.Interrupted, null);
        }
        catch (Refusal refusal)
        {
            log.LogWarning("Job {Job} could not do its work: {Reason}", job.Name, refusal.Message);
            return (JobOutcome.Failed, refusal.Message);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Job {Job} failed", job.Name);
            return (JobOutcome.Failed, $"{fault.GetType().Name}：{fault.Message}");
        }
    }

    async Task InScopeAsync(Func<IServiceProvider, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }

    static Guid? Id(JobDataMap asked, string key) => asked.TryGetValue(key, out var value) && Guid.TryParse(value as string, out var id) ? id : null;
}

/// <summary>A run has a number like a request has: its log lines and journal rows carry it.</summary>
static class JobActivity
{
    public const string Name = "job";

    public static bool IsCurrent => Activity.Current is { OperationName: Name };
}
