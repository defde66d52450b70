using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Journal;

/// <summary>What the journal's followers show to whoever watches the product.</summary>
public sealed class JournalMeter
{
    public const string Name = "Ronghe.Journal";

    readonly Counter<long> _handled;
    IReadOnlyList<FollowerLag> _lags = [];

    public JournalMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _handled = meter.CreateCounter<long>("ronghe.journal.handled", "{row}", "Rows of the journal that a follower has handled");
        meter.CreateObservableGauge<double>("ronghe.journal.waiting", () => Each(lag => lag.Rows), "{row}", $"Rows of the journal that a follower has not handled yet, counted up to {FollowerRow.MostWaiting}");
        meter.CreateObservableGauge<double>("ronghe.journal.lag", () => Each(lag => lag.Behind.TotalSeconds), "s", "How old the oldest row is that a follower has not handled yet; 0 when none waits");
    }

    internal void Handled(Follower follower, int rows)
    {
        if (rows > 0) _handled.Add(rows, Of(follower.Name));
    }

    /// <summary>Stands until the next look; nothing at all when nobody can say.</summary>
    internal void Show(IReadOnlyList<FollowerLag> lags) => _lags = lags;

    IEnumerable<Measurement<double>> Each(Func<FollowerLag, double> value) => _lags.Select(lag => new Measurement<double>(value(lag), Of(lag.Name)));

    static KeyValuePair<string, object?> Of(string follower) => new("follower", follower);
}
