using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ronghe.Bench;

/// <summary>From sending a statement until its last row has been read, summed over all statements of all contexts.</summary>
sealed class DatabaseTime : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    readonly List<IDisposable> _subscriptions = [];

    public DatabaseTime() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public double Milliseconds { get; set; }

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.EntityFrameworkCore") _subscriptions.Add(listener.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> happened) => Milliseconds += happened.Value switch
    {
        CommandExecutedEventData executed => executed.Duration.TotalMilliseconds,
        DataReaderDisposingEventData read => read.Duration.TotalMilliseconds,
        _ => 0,
    };

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
