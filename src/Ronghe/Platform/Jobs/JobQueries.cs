using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Ronghe.Platform.Jobs;

public enum JobState
{
    /// <summary>Not on the schedule yet: no node that runs jobs has started with it.</summary>
    Unscheduled,
    Waiting,
    Running,
    Paused,
}

/// <summary>A job as its list shows it.</summary>
public sealed record JobRow(string Name, string Title, string What, string When, JobState State, DateTimeOffset? NextAt, JobRunRow? Last);

public sealed record JobRunRow(
    Guid Id, string Node, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JobOutcome Outcome, string? Error, string? RequestId, bool IsOutOfTurn)
{
    public TimeSpan? Duration => EndedAt - StartedAt;
}

/// <summary>What runs, what ran and what comes next, over all nodes.</summary>
public sealed class JobQueries(AppDb db, RecurringJobs jobs, [FromKeyedServices(JobsSetup.Cluster)] ISchedulerFactory factory)
{
    const int MostRuns = 50;

    public async Task<IReadOnlyList<JobRow>> ListAsync(CancellationToken cancel = default)
    {
        var names = jobs.All.Select(job => job.Name).ToArray();
        var last = await db.JobRuns.AsNoTracking().Where(run => names.Contains(run.Job))
            .GroupBy(run => run.Job).Select(runs => runs.OrderByDescending(run => run.StartedAt).First()).ToDictionaryAsync(run => run.Job, cancel);
        var scheduler = await factory.GetScheduler(cancel);
        var triggers = (await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(JobScheduler.Group) }, cancel)).Items
            .ToDictionary(trigger => trigger.Key.Name);
        return [.. jobs.All.Select(job => Row(job, triggers.GetValueOrDefault(job.Name), last.GetValueOrDefault(job.Name)))];
    }

    /// <exception cref="NotFound">No job has this name.</exception>
    public async Task<JobRow> FindAsync(string name, CancellationToken cancel = default)
    {
        _ = jobs.Get(name);
        return (await ListAsync(cancel)).Single(row => row.Name == name);
    }

    /// <summary>The latest runs, newest first.</summary>
    public async Task<IReadOnlyList<JobRunRow>> RunsAsync(string name, CancellationToken cancel = default) =>
        [.. (await db.JobRuns.AsNoTracking().Where(run => run.Job == name).OrderByDescending(run => run.StartedAt).Take(MostRuns).ToListAsync(cancel)).Select(Row)];

    static JobRow Row(RecurringJob job, TriggerHeader? trigger, JobRun? last) => new(
        job.Name, job.Title, job.What, job.When.Words, State(trigger, last), trigger?.State == TriggerState.Paused ? null : trigger?.NextFireTimeUtc, last is null ? null : Row(last));

    static JobState State(TriggerHeader? trigger, JobRun? last) => (trigger, last) switch
    {
        (null, _) => JobState.Unscheduled,
        ({ State: TriggerState.Paused }, _) => JobState.Paused,
        (_, { Outcome: JobOutcome.Running }) => JobState.Running,
        _ => JobState.Waiting,
    };

    static JobRunRow Row(JobRun run) => new(run.Id, run.Node, run.StartedAt, run.EndedAt, run.Outcome, run.Error, run.RequestId, run.RequestedById is not null);
}
