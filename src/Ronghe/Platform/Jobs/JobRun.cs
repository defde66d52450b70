using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Jobs;

public enum JobOutcome
{
    Running,
    Good,
    Failed,
    /// <summary>The product was stopped meanwhile; it runs again at the next start, or at once on another node.</summary>
    Interrupted,
    /// <summary>The node died.</summary>
    Lost,
}

/// <summary>One run of a job: where, from when to when, and how it ended.</summary>
public sealed class JobRun
{
    public const int LongestError = 2000;

    JobRun() { }

    public JobRun(Guid id, string job, string node, DateTimeOffset startedAt, string? requestId, Guid? requestedById) =>
        (Id, Job, Node, StartedAt, RequestId, RequestedById) = (id, job, node, startedAt, requestId, requestedById);

    public Guid Id { get; private init; }
    public string Job { get; private init; } = "";
    public string Node { get; private init; } = "";
    public DateTimeOffset StartedAt { get; private init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public JobOutcome Outcome { get; private set; } = JobOutcome.Running;
    /// <summary>What went wrong, for the administrator.</summary>
    public string? Error { get; private set; }
    /// <summary>The number under which log lines and journal rows of this run are found.</summary>
    public string? RequestId { get; private init; }
    /// <summary>Who asked for it out of turn; null when its time had come.</summary>
    public Guid? RequestedById { get; private init; }

    public TimeSpan? Duration => EndedAt - StartedAt;

    public void End(JobOutcome outcome, string? error, DateTimeOffset now) =>
        (Outcome, Error, EndedAt) = (outcome, error is { Length: > LongestError } ? error[..LongestError] : error, now);
}

public sealed class JobRunTables : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> table)
    {
        table.ToTable("job_runs");
        table.Property(run => run.Id).ValueGeneratedNever();
        table.Ignore(run => run.Duration);
        table.HasIndex(run => new { run.Job, run.StartedAt }).IsDescending(false, true);
        table.HasIndex(run => run.StartedAt);
    }
}
