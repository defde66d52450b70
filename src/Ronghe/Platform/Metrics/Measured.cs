using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Metrics;

enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One instrument with a series for each combination of its labels.</summary>
sealed class Measured(Instrument instrument, int mostSeries)
{
    static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    static readonly double[] Sizes = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    readonly ConcurrentDictionary<string, Series> series = new();
    readonly double[] bounds = BoundsOf(instrument);

    public MetricKind Kind { get; } = KindOf(instrument);
    public string Name { get; } = PrometheusText.NameOf(instrument.Name, instrument.Unit, KindOf(instrument));
    public string? Description => instrument.Description;

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            if (series.Count >= mostSeries) return;
            one = series.GetOrAdd(labels, _ => new(Kind == MetricKind.Histogram ? bounds.Length : 0));
        }
        one.Add(value, instrument.IsObservable, bounds);
    }

    /// <summary>What is asked for at each look is told anew then; a series that is told no more is gone.</summary>
    public void Forget()
    {
        if (instrument.IsObservable) series.Clear();
    }

    public void WriteTo(TextWriter writer)
    {
        // A copy of its own: sorting would ask for the size first and meet more than that.
        foreach (var (labels, one) in series.ToArray().OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (Kind == MetricKind.Histogram) one.WriteHistogram(writer, Name, labels, bounds);
            else PrometheusText.WriteLine(writer, Name, labels, one.Sum);
    }

    static MetricKind KindOf(Instrument instrument) => instrument.GetType() is { IsGenericType: true } type ? type.GetGenericTypeDefinition() switch
    {
        var kind when kind == typeof(Histogram<>) => MetricKind.Histogram,
        var kind when kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) => MetricKind.Counter,
        _ => MetricKind.Gauge,
    } : MetricKind.Gauge;

    static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } => [.. advised],
        { Unit: "s" } => Seconds,
        _ => Sizes,
    };

    sealed class Series(int buckets)
    {
        readonly Lock gate = new();
        readonly long[] counts = new long[buckets];
        long count;

        public double Sum { get; private set; }

        public void Add(double value, bool isWhole, double[] bounds)
        {
            lock (gate)
            {
                Sum = isWhole ? value : Sum + value;
                count++;
                for (var i = 0; i < counts.Length; i++)
                    if (value <= bounds[i]) counts[i]++;
            }
        }

        public void WriteHistogram(TextWriter writer, string name, string labels, double[] bounds)
        {
            lock (gate)
            {
                for (var i = 0; i < counts.Length; i++)
                    PrometheusText.WriteLine(writer, name + "_bucket", PrometheusText.With(labels, "le", PrometheusText.Number(bounds[i])), counts[i]);
                PrometheusText.WriteLine(writer, name + "_bucket", PrometheusText.With(labels, "le", "+Inf"), count);
                PrometheusText.WriteLine(writer, name + "_sum", labels, Sum);
                PrometheusText.WriteLine(writer, name + "_count", labels, count);
            }
        }
    }
}
