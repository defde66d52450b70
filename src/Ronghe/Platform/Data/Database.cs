using Npgsql;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Platform.Data;

/// <summary>
/// The database that this process uses, for as long as it uses it: the server named in the settings, or else the
/// private one of the data folder. Nothing else in the product asks which of the two it is.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>Settings key; as an environment variable <c>Ronghe__Database</c>.</summary>
    public const string SettingsKey = "Ronghe:Database";

    Database(DatabaseAddress address, EmbeddedServer? embedded) => (Address, Embedded) = (address, embedded);

    public DatabaseAddress Address { get; }

    /// <summary>Null when somebody else runs the server.</summary>
    public EmbeddedServer? Embedded { get; }

    /// <exception cref="Refusal">No server can be started or reached; the message says what to do.</exception>
    public static async Task<Database> OpenAsync(
        IConfiguration settings, string dataFolder, ILogger log, CancellationToken cancel = default)
    {
        if (settings[SettingsKey] is { Length: > 0 } connectionString)
        {
            var address = DatabaseAddress.External(connectionString);
            await GreetAsync(address, cancel);
            return new(address, null);
        }
        var server = await EmbeddedServer.StartAsync(dataFolder, log: log, cancel: cancel);
        return new(server.Address, server);
    }

    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    static async Task GreetAsync(DatabaseAddress address, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(address.Owner);
            await connection.OpenAsync(cancel);
        }
        catch (NpgsqlException problem)
        {
            throw new Refusal($"连不上数据库 {address}，没有做任何改动。请检查 Ronghe__Database 中的地址、账号、密码和网络。原因：{problem.Message}");
        }
    }
}
