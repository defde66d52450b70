using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ronghe.Bench;

/// <summary>From sending a statement until its last row has been read, summed over all statements of whoever made this; what the product does beside it is left out.</summary>
sealed class DatabaseTime : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    readonly List<IDisposable> _subscriptions = [];
    readonly AsyncLocal<bool> _isMine = new();

    public DatabaseTime()
    {
        _isMine.Value = true;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public double Milliseconds { get; set; }

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.EntityFrameworkCore") _subscriptions.Add(listener.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> happened) => Milliseconds += !_isMine.Value ? 0 : happened.Value switch
    {
        CommandExecutedEventData executed => executed.Duration.TotalMilliseconds,
        DataReaderDisposingEventData read => read.Duration.TotalMilliseconds,
        _ => 0,
    };

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
