namespace Ronghe.Platform.Metrics;

public static class MetricsSetup
{
    /// <summary>What is measured can be read at <c>/metrics</c>, and is sent to a collector when one is named.</summary>
    public static IServiceCollection AddRongheMetrics(this IServiceCollection services) => services
        .AddSingleton<MetricsBoard>()
        .AddHostedService<EarlyBoard>()
        .AddHostedService<OtlpExport>();

    /// <summary>Counts from the start on, not from the first look on.</summary>
    sealed class EarlyBoard(MetricsBoard board) : IHostedService
    {
        public Task StartAsync(CancellationToken cancel)
        {
            _ = board;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    }
}
