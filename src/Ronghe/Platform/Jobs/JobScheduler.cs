using Quartz;

namespace Ronghe.Platform.Jobs;

/// <summary>Brings the stored schedule in line with the code's when the product starts, runs it, and stops it in order.</summary>
sealed class JobScheduler([FromKeyedServices(JobsSetup.Cluster)] ISchedulerFactory factory, RecurringJobs jobs, JobNode node, IHostApplicationLifetime life, ILogger<JobScheduler> log) : BackgroundService
{
    /// <summary>Triggers of the schedule itself; those of "run now" have a group of their own.</summary>
    internal const string Group = "schedule";

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    IScheduler? scheduler;

    internal static JobKey JobOf(string name) => new(name, Group);
    internal static TriggerKey TriggerOf(string name) => new(name, Group);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!node.RunsJobs) return;
        await StartedAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                scheduler = await factory.GetScheduler(stop);
                await SettleAsync(scheduler, stop);
                await scheduler.Start(stop);
                return;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "The schedule of jobs could not be started; next attempt in {Pause}", Pause);
                await Task.Delay(Pause, stop);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancel)
    {
        await base.StopAsync(cancel);
        if (scheduler is not null) await scheduler.Shutdown(waitForJobsToComplete: true, cancel);
    }

    /// <summary>Nobody waits at the door for jobs.</summary>
    async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource();
        await using var ready = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stop);
    }

    /// <summary>What stands there with the same times is left alone, so that a run that was missed is made up for.</summary>
    internal async Task SettleAsync(IScheduler scheduler, CancellationToken cancel)
    {
        var stored = (await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group) }, cancel)).Items
            .ToDictionary(trigger => trigger.Key.Name);
        foreach (var job in jobs.All)
        {
            var held = stored.GetValueOrDefault(job.Name);
            if (held?.State == TriggerState.Error) await scheduler.ResetTriggerFromErrorState(held.Key, cancel);
            if (held?.Description == job.When.Key) continue;
            var detail = JobBuilder.Create<ScheduledRun>().WithIdentity(JobOf(job.Name)).StoreDurably().RequestRecovery().DisallowConcurrentExecution().Build();
            await scheduler.ScheduleJob(detail, [job.When.ToTrigger(TriggerOf(job.Name), detail.Key)],
                new ScheduleJobOptions { Replace = true, Paused = held?.State == TriggerState.Paused }, cancel);
        }
        foreach (var name in stored.Keys.Where(name => jobs.Find(name) is null)) await scheduler.DeleteJob(JobOf(name), cancel);
    }
}

/// <summary>This process among the nodes of the product.</summary>
/// <param name="RunsJobs">Setting <c>Ronghe:Jobs</c>; a node that is told <c>off</c> leaves them to the others.</param>
public sealed record JobNode(string Name, bool RunsJobs)
{
    public const string SettingsKey = "Ronghe:Jobs";

    /// <exception cref="Refusal">The setting is neither on nor off.</exception>
    public static JobNode Of(IConfiguration settings) => new(
        $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7().ToString("N")[^6..]}",
        settings[SettingsKey]?.ToLowerInvariant() switch
        {
            null or "" or "on" => true,
            "off" => false,
            var other => throw new Refusal($"{SettingsKey} 写的是 {other}，应是 on 或 off，没有启动。"),
        });
}
