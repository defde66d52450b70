using System.Net.Sockets;
using Npgsql;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>The two logins and the one database of an embedded server.</summary>
static class ServerLogins
{
    public const string OwnerRole = "ronghe_owner";
    const string DatabaseName = "ronghe";
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static DatabaseAddress Address(ServerState state, ServerSecrets secrets) => new(
        ConnectionString(state, OwnerRole, secrets.Owner, connections: 20),
        ConnectionString(state, DatabaseAddress.AppRole, secrets.App, connections: 100));

    public static async Task<bool> AnswersAsync(DatabaseAddress address, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled(address.Owner));
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Waits out a recovery, then makes what is missing.</summary>
    public static async Task PrepareAsync(DatabaseAddress address, ServerSecrets secrets, Func<bool> isRunning, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Unpooled(address.App));
                await connection.OpenAsync(cancel);
                return;
            }
            catch (PostgresException problem) when (problem.SqlState is PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                await MakeAsync(Unpooled(address.WithDatabase("postgres").Owner), secrets, cancel);
            }
            catch (NpgsqlException problem) when (isRunning() && IsStartingUp(problem))
            {
                await Task.Delay(Pause, cancel);
            }
            catch (NpgsqlException problem)
            {
                throw new Refusal($"内置数据库在运行，但连不上（{address}），数据未改动。请运行 ronghe doctor 检查。原因：{problem.Message}");
            }
        }
    }

    /// <summary>Pooled connections would be cut by the shutdown and fail their next user.</summary>
    public static async Task ForgetConnectionsAsync(DatabaseAddress address)
    {
        foreach (var connectionString in new[] { address.Owner, address.App })
        {
            await using var connection = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    static bool IsStartingUp(NpgsqlException problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } || problem.InnerException is SocketException;

    static async Task MakeAsync(string connectionString, ServerSecrets secrets, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await RunAsync($"create role {DatabaseAddress.AppRole}", PostgresErrorCodes.DuplicateObject);
        await RunAsync($"alter role {DatabaseAddress.AppRole} login nosuperuser password '{secrets.App}'");
        await RunAsync($"create database {DatabaseName}", PostgresErrorCodes.DuplicateDatabase);

        async Task RunAsync(string sql, string? alreadyThere = null)
        {
            try
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancel);
            }
            catch (PostgresException problem) when (problem.SqlState == alreadyThere)
            {
                // A crash came between this and the next.
            }
        }
    }

    static string ConnectionString(ServerState state, string user, string password, int connections) => new NpgsqlConnectionStringBuilder
    {
        Host = state.Host,
        Port = state.Port,
        Username = user,
        Password = password,
        Database = DatabaseName,
        SslMode = SslMode.Disable,
        MaxPoolSize = connections,
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 3,
        ApplicationName = "ronghe",
    }.ConnectionString;
}
