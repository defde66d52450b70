namespace Ronghe.Platform.Jobs;

/// <summary>What a job does, in a scope of its own. Whatever it throws is written down, and the next run comes all the same.</summary>
public delegate Task JobWork(IServiceProvider scope, CancellationToken cancel);

/// <summary>Something that the product does again and again by itself, on one node at a time.</summary>
/// <param name="Name">Never changed: the stored schedule and the runs go by it.</param>
/// <param name="Title">As administrators read it.</param>
/// <param name="What">One sentence on what it is good for.</param>
/// <param name="When">At which times it runs.</param>
/// <param name="Work">What it does.</param>
public sealed record RecurringJob(string Name, string Title, string What, JobTime When, JobWork Work);

/// <summary>Every job of the product, in the order of the schedule.</summary>
public sealed class RecurringJobs(IEnumerable<RecurringJob> jobs)
{
    public IReadOnlyList<RecurringJob> All { get; } = [.. jobs];

    public RecurringJob? Find(string name) => All.FirstOrDefault(job => job.Name == name);

    /// <exception cref="NotFound">No job has this name.</exception>
    public RecurringJob Get(string name) => Find(name) ?? throw new NotFound("这项定时任务");
}
