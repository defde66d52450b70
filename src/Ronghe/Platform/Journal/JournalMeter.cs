using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Journal;

/// <summary>What the journal's followers show to whoever watches the product.</summary>
public sealed class JournalMeter
{
    public const string Name = "Ronghe.Journal";

    readonly Counter<long> _handled;

    public JournalMeter(IMeterFactory meters) =>
        _handled = meters.Create(Name).CreateCounter<long>("ronghe.journal.handled", "{row}", "Rows of the journal that a follower has handled");

    internal void Handled(Follower follower, int rows)
    {
        if (rows > 0) _handled.Add(rows, new KeyValuePair<string, object?>("follower", follower.Name));
    }
}
