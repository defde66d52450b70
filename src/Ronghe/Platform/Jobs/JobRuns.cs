using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Jobs;

/// <summary>Writes down each run while it goes on and when it ends, and forgets the old ones.</summary>
sealed class JobRuns(AppDb db, TimeProvider clock)
{
    public const int KeptDays = 90;

    /// <summary>The caller has the job's turn: a run that still stands as running belongs to a node that died.</summary>
    public async Task BeginAsync(JobRun run, CancellationToken cancel)
    {
        await db.JobRuns.Where(other => other.Job == run.Job && other.Outcome == JobOutcome.Running)
            .ExecuteUpdateAsync(other => other.SetProperty(r => r.Outcome, JobOutcome.Lost).SetProperty(r => r.EndedAt, run.StartedAt), cancel);
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(cancel);
    }

    public async Task EndAsync(JobRun run, JobOutcome outcome, string? error)
    {
        db.JobRuns.Attach(run);
        run.End(outcome, error, clock.GetUtcNow());
        await db.SaveChangesAsync();
    }

    /// <returns>How many were removed.</returns>
    public Task<int> RemoveOutdatedAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().AddDays(-KeptDays);
        return db.JobRuns.Where(run => run.StartedAt < before).ExecuteDeleteAsync(cancel);
    }
}
