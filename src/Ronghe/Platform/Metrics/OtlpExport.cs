using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Metrics;

/// <summary>Sends metrics and traces to a collector, only when the operator names one. No other host is ever asked.</summary>
sealed class OtlpExport(IConfiguration settings) : IHostedService, IDisposable
{
    public const string SettingsKey = "Ronghe:Otlp", StandardKey = "OTEL_EXPORTER_OTLP_ENDPOINT", ProtocolKey = "OTEL_EXPORTER_OTLP_PROTOCOL";
    /// <summary>By custom the port of OTLP over HTTP; all others speak gRPC unless told otherwise.</summary>
    const int HttpPort = 4318;

    readonly List<IDisposable> senders = [];

    /// <exception cref="Refusal">What is configured is no address.</exception>
    public Task StartAsync(CancellationToken cancel)
    {
        if (EndpointOf(settings) is not { } endpoint) return Task.CompletedTask;
        var who = ResourceBuilder.CreateDefault().AddService("ronghe", serviceVersion: Deployment.Version, serviceInstanceId: Environment.MachineName);
        senders.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(who)
            .AddMeter(MetricsBoard.Own, MetricsBoard.Own + ".*").AddMeter(MetricsBoard.Others)
            .AddOtlpExporter(options => Point(options, endpoint, "v1/metrics")).Build());
        senders.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(who)
            .AddSource("Microsoft.AspNetCore", "Npgsql", Tracing.Name)
            .AddOtlpExporter(options => Point(options, endpoint, "v1/traces")).Build());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What has not been sent yet is sent now.</summary>
    public void Dispose()
    {
        foreach (var sender in senders) sender.Dispose();
        senders.Clear();
    }

    public static Uri? EndpointOf(IConfiguration settings)
    {
        if ((settings[SettingsKey] ?? settings[StandardKey]) is not { Length: > 0 } written) return null;
        return Uri.TryCreate(written, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new Refusal($"{SettingsKey} 写的是 {written}，不是 http 或 https 地址，没有启动。写法示例：http://10.0.0.9:4317");
    }

    void Point(OtlpExporterOptions options, Uri endpoint, string path)
    {
        var overHttp = settings[ProtocolKey] is { Length: > 0 } told ? told.StartsWith("http", StringComparison.OrdinalIgnoreCase) : endpoint.Port == HttpPort;
        options.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = overHttp ? new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path) : endpoint;
    }
}
