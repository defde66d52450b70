using Npgsql;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;
using Ronghe.Tests;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Ronghe.Tests;

/// <summary>
/// One embedded server for the whole test run, started by the first test that asks and stopped at the end. Each test gets a
/// database of its own, copied from a migrated template, so test classes may run side by side.
/// </summary>
public sealed class TestServer : IAsyncLifetime
{
    const string Template = "migrated_template";
    static readonly SemaphoreSlim OneAtATime = new(1);
    static TestServer current = null!;
    static int count;

    readonly TestFolder folder = new();
    EmbeddedServer? server;
    bool hasTemplate;

    /// <summary>A new database with every table and nothing in them.</summary>
    public static Task<DatabaseAddress> FreshDatabaseAsync() => MakeAsync(Template);

    /// <summary>A new database without any table, for tests of the migrations themselves.</summary>
    public static Task<DatabaseAddress> EmptyDatabaseAsync() => MakeAsync("template0");

    public ValueTask InitializeAsync()
    {
        current = this;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }

    static async Task<DatabaseAddress> MakeAsync(string template)
    {
        await OneAtATime.WaitAsync();
        try
        {
            var server = await current.StartedAsync();
            var name = $"t{++count}";
            await RunAsync(server.Address, $"create database {name} template {template} strategy file_copy");
            var address = server.Address.WithDatabase(name);
            return new(Frugal(address.Owner), Frugal(address.App));
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Hundreds of databases share one server: what a finished test leaves idle in its pools must not take up its connections.</summary>
    static string Frugal(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { ConnectionIdleLifetime = 3, ConnectionPruningInterval = 1 }.ConnectionString;

    async Task<EmbeddedServer> StartedAsync()
    {
        server ??= await EmbeddedServer.StartAsync(folder.Path, durable: false);
        if (hasTemplate) return server;
        await RunAsync(server.Address, $"drop database if exists {Template}");
        await RunAsync(server.Address, $"create database {Template}");
        await new Schema(AppDb.Open).MigrateAsync(server.Address.WithDatabase(Template));
        // A template must have no connections when it is copied.
        NpgsqlConnection.ClearAllPools();
        hasTemplate = true;
        return server;
    }

    static async Task RunAsync(DatabaseAddress address, string sql)
    {
        await using var connection = new NpgsqlConnection(address.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
