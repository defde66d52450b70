using Npgsql;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Platform.Hosting;

/// <summary>Starts the embedded database again when it dies under a running product. Somebody else's server is theirs to mind.</summary>
sealed class ServerWatch(Database database, IServiceProvider services, ILogger<ServerWatch> log, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (database.Embedded is not { } server) return;
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await LookAfterAsync(server, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The product stops, perhaps before it has quite started.
        }
    }

    async Task LookAfterAsync(EmbeddedServer server, CancellationToken stop)
    {
        try
        {
            if (await server.ReviveAsync(stop)) ForgetBrokenConnections();
        }
        catch (Exception problem) when (problem is Refusal or NpgsqlException or IOException)
        {
            log.LogError(problem, "Database server could not be started again; next attempt in {Interval}", Interval);
        }
    }

    void ForgetBrokenConnections()
    {
        NpgsqlConnection.ClearAllPools();
        services.GetService<NpgsqlDataSource>()?.Clear();
    }
}
