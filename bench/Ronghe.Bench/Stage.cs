using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Bench;

/// <summary>A data folder and a database server of its own, thrown away at the end.</summary>
sealed class Stage : IAsyncDisposable
{
    readonly EmbeddedServer _server;
    int _count;
    (DatabaseAddress Address, Region Region)? _region;

    Stage(EmbeddedServer server, string folder) => (_server, Folder) = (server, folder);

    public string Folder { get; }

    public static async Task<Stage> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ronghe-bench-").FullName;
        return new(await EmbeddedServer.StartAsync(folder), folder);
    }

    /// <summary>The big company, filled once for all who do not alter what others measure.</summary>
    public async Task<(DatabaseAddress Address, Region Region)> RegionAsync()
    {
        if (_region is { } known) return known;
        var address = await DatabaseAsync();
        var region = new Region(address.Owner);
        await region.FillAsync();
        _region = (address, region);
        return (address, region);
    }

    /// <summary>An empty, migrated database.</summary>
    public async Task<DatabaseAddress> DatabaseAsync()
    {
        var name = $"bench{++_count}";
        await Sql.RunAsync(_server.Address.Owner, $"create database {name}");
        var address = _server.Address.WithDatabase(name);
        await new Schema(AppDb.Open).MigrateAsync(address);
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

static class Sql
{
    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
