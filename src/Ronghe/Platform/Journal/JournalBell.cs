using System.Threading.Channels;

namespace Ronghe.Platform.Journal;

/// <summary>Rings when the journal has grown. Whoever listens wakes up; many rings while one is busy wake it once.</summary>
public sealed class JournalBell
{
    readonly List<Ears> _listeners = [];

    /// <summary>After a commit on this node.</summary>
    public void Ring() => Wake(_ => true);

    /// <summary>After a commit on another node, which has told the others itself.</summary>
    public void RingFromAfar() => Wake(ears => !ears.OnlyNear);

    /// <param name="onlyNear">Deaf to other nodes.</param>
    public Ears Listen(bool onlyNear = false)
    {
        var ears = new Ears(this, onlyNear);
        lock (_listeners) _listeners.Add(ears);
        return ears;
    }

    void Wake(Func<Ears, bool> who)
    {
        lock (_listeners)
            foreach (var ears in _listeners.Where(who)) ears.Wake();
    }

    public sealed class Ears(JournalBell bell, bool onlyNear) : IDisposable
    {
        readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public bool OnlyNear => onlyNear;

        internal void Wake() => _rings.Writer.TryWrite(true);

        /// <summary>Returns when it rings, or has rung since the last time, or the time is up.</summary>
        public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(longest);
            try
            {
                await _rings.Reader.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Time is up: look anyway.
            }
        }

        public void Dispose()
        {
            lock (bell._listeners) bell._listeners.Remove(this);
        }
    }
}

