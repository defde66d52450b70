using Npgsql;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Hosting;

/// <summary>For load balancers and service managers: is the process alive, and can it serve?</summary>
static class Health
{
    const int PatienceSeconds = 2;

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live", version = Deployment.Version })).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    static async Task<IResult> ReadyAsync(Database database, Schema schema, ILogger<Database> log, CancellationToken cancel)
    {
        try
        {
            await AskAsync(database.Address.App, cancel);
            var pending = await schema.PendingAsync(database.Address, cancel);
            return pending.Count == 0 ? Results.Json(new { status = "ready" }) : NotReady("migrations pending");
        }
        catch (NpgsqlException problem)
        {
            log.LogWarning("Not ready: {Reason}", problem.Message);
            return NotReady("database unreachable");
        }
    }

    static IResult NotReady(string reason) => Results.Json(new { status = "not ready", reason }, statusCode: StatusCodes.Status503ServiceUnavailable);

    static async Task AskAsync(string connectionString, CancellationToken cancel)
    {
        var quick = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timeout = PatienceSeconds,
            CommandTimeout = PatienceSeconds,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(quick.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteScalarAsync(cancel);
    }
}
