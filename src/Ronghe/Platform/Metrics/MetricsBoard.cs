using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Metrics;

/// <summary>
/// Listens to what the product, the web server, the database driver and the runtime measure, and keeps the sums. A capability adds
/// to it by measuring: <c>IMeterFactory.Create("Ronghe.Journal").CreateObservableGauge("ronghe.journal.lag", …)</c>.
/// </summary>
sealed class MetricsBoard : IDisposable
{
    public const string Own = "Ronghe";

    /// <summary>Measured by others; the product's own meters are named after it.</summary>
    public static readonly string[] Others = ["Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime"];

    /// <summary>Beyond it a label has values without end; what is over is left out instead of filling the memory.</summary>
    const int MostSeries = 2000;

    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<Instrument, Measured> measured = new();
    readonly IMeterFactory factory;

    public MetricsBoard(IMeterFactory factory)
    {
        this.factory = factory;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (IsOurs(instrument.Meter)) self.EnableMeasurementEvents(instrument, measured.GetOrAdd(instrument, i => new(i, MostSeries)));
        };
        listener.MeasurementsCompleted = (instrument, state) => measured.TryRemove(instrument, out _);
        Listen<byte>(n => n);
        Listen<short>(n => n);
        Listen<int>(n => n);
        Listen<long>(n => n);
        Listen<float>(n => n);
        Listen<double>(n => n);
        Listen<decimal>(n => (double)n);
        listener.Start();
    }

    /// <summary>Everything as of now, in the text format of Prometheus.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (var one in measured.Values) one.Forget();
        listener.RecordObservableInstruments();
        foreach (var family in measured.Values.GroupBy(one => one.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            PrometheusText.WriteHead(writer, family.Key, family.First());
            foreach (var one in family) one.WriteTo(writer);
        }
    }

    public void Dispose() => listener.Dispose();

    void Listen<T>(Func<T, double> number) where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((Measured)state!).Add(number(value), tags));

    /// <summary>Another product in the same process (a test) has a factory of its own.</summary>
    bool IsOurs(Meter meter) => (meter.Scope is null || meter.Scope == factory)
        && (meter.Name == Own || meter.Name.StartsWith(Own + ".", StringComparison.Ordinal) || Others.Contains(meter.Name));
}
