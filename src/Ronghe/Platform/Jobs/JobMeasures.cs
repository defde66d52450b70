using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Jobs;

/// <summary>How long runs take and how they end.</summary>
sealed class JobMeasures(IMeterFactory meters)
{
    readonly Histogram<double> duration = meters.Create("Ronghe.Jobs").CreateHistogram<double>("ronghe.job.duration", "s", "Runs of recurring jobs, by job and outcome.");

    public void Ended(string job, JobOutcome outcome, TimeSpan took) =>
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", job), new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
}
