using System.Globalization;
using System.Text;

namespace Ronghe.Platform.Metrics;

/// <summary>The text format that Prometheus reads, version 0.0.4.</summary>
static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    static readonly Dictionary<string, string> Units = new() { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["%"] = "percent", ["1"] = "ratio" };

    /// <summary>http.server.request.duration in s becomes http_server_request_duration_seconds.</summary>
    public static string NameOf(string name, string? unit, MetricKind kind)
    {
        var text = new StringBuilder(Tidy(name));
        if (unit is not null && Units.TryGetValue(unit, out var word) && !text.ToString().EndsWith("_" + word, StringComparison.Ordinal)) text.Append('_').Append(word);
        if (kind == MetricKind.Counter && !text.ToString().EndsWith("_total", StringComparison.Ordinal)) text.Append("_total");
        return text.ToString();
    }

    public static void WriteHead(TextWriter writer, string name, Measured one)
    {
        if (one.Description is { Length: > 0 } words) writer.Write($"# HELP {name} {words.Replace("\\", "\\\\").Replace("\n", "\\n")}\n");
        writer.Write($"# TYPE {name} {one.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" }}\n");
    }

    public static void WriteLine(TextWriter writer, string name, string labels, double value) =>
        writer.Write(labels.Length == 0 ? $"{name} {Number(value)}\n" : $"{name}{{{labels}}} {Number(value)}\n");

    /// <summary>method="GET",route="findings": in the order of their names, so that the same labels are the same series.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var sorted = tags.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var text = new StringBuilder();
        foreach (var (key, value) in sorted)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(Tidy(key)).Append("=\"").Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return text.ToString();
    }

    public static string With(string labels, string name, string value) => labels.Length == 0 ? $"{name}=\"{value}\"" : $"{labels},{name}=\"{value}\"";

    public static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    static string Tidy(string name) => string.Concat(name.Select((letter, at) => char.IsAsciiLetter(letter) || letter == '_' || at > 0 && char.IsAsciiDigit(letter) ? letter : '_'));
}
