using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>Whether the database is to be had, and whether its tables are those of this version.</summary>
static class DatabaseCheckups
{
    public static async Task<IReadOnlyList<Checkup>> AllAsync(Product product, string dataFolder, CancellationToken cancel)
    {
        var settings = Product.Builder(new(dataFolder, IsDemo: false)).Configuration;
        var programs = Programs(settings);
        try
        {
            await using var database = await Database.OpenAsync(settings, dataFolder, NullLogger.Instance, cancel);
            return [programs, await ServerAsync(database, cancel), await TablesAsync(product.Schema, database.Address, cancel)];
        }
        catch (Refusal refusal)
        {
            return [programs, new("数据库", Verdict.Bad, refusal.Message)];
        }
    }

    static Checkup Programs(IConfiguration settings)
    {
        const string name = "数据库程序";
        if (settings[Database.SettingsKey] is { Length: > 0 }) return new(name, Verdict.Good, "使用外部 PostgreSQL");
        return ServerBinaries.Find() is { } folder
            ? new(name, Verdict.Good, $"内置，{folder}")
            : new(name, Verdict.Bad, "没有找到内置 PostgreSQL", "请重新编译或重新解包，或用 Ronghe__Database 指定外部 PostgreSQL");
    }

    static async Task<Checkup> ServerAsync(Database database, CancellationToken cancel)
    {
        const int oldest = 15;
        await using var connection = new NpgsqlConnection(database.Address.Owner);
        await connection.OpenAsync(cancel);
        var found = $"PostgreSQL {connection.PostgreSqlVersion}，{database.Address}";
        return connection.PostgreSqlVersion.Major >= oldest
            ? new("数据库", Verdict.Good, found)
            : new("数据库", Verdict.Bad, found, $"请使用 PostgreSQL {oldest} 或更新的版本");
    }

    static async Task<Checkup> TablesAsync(Schema schema, DatabaseAddress address, CancellationToken cancel)
    {
        var pending = await schema.PendingAsync(address, cancel);
        return pending.Count == 0
            ? new("表结构", Verdict.Good, "最新")
            : new("表结构", Verdict.Poor, $"有 {pending.Count} 步升级未做", "启动平台时会自动升级，也可运行 ronghe migrate");
    }
}
