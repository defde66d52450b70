using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ronghe.Platform.Data;

/// <summary>Brings a database to the tables that this version of the product expects.</summary>
/// <param name="open">Opens the product's context with the connection string it is given.</param>
public sealed class Schema(Func<string, DbContext> open)
{
    /// <summary>Any number of nodes may call this at once: one works, the others wait and find nothing left to do.</summary>
    /// <exception cref="Refusal">The login lacks a right; the message says which.</exception>
    public async Task MigrateAsync(DatabaseAddress address, CancellationToken cancel = default)
    {
        if ((await PendingAsync(address, cancel)).Count == 0) return;
        // EF Core's own lock is let go between two migrations.
        await using var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.Owner) { Pooling = false }.ConnectionString);
        await turn.OpenAsync(cancel);
        await RunAsync(turn, "select pg_advisory_lock(hashtext('ronghe.migrate'))", cancel);
        await EnsureAppRoleAsync(turn, cancel);
        await using var db = open(address.Owner);
        try
        {
            await db.Database.MigrateAsync(cancel);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new Refusal($"数据库账号权限不足，表结构没有升级，已有数据未改动。请让它成为数据库 {address} 的所有者后重试。原因：{problem.MessageText}");
        }
    }

    /// <summary>Builds the model, half a second of work that need not wait for the database.</summary>
    public void WarmUp()
    {
        using var db = open("Host=nowhere");
        _ = db.Model;
    }

    /// <summary>Every step that this version of the product understands.</summary>
    public IReadOnlySet<string> Known()
    {
        using var db = open("Host=nowhere");
        return db.Database.GetMigrations().ToHashSet();
    }

    /// <summary>Names of the migrations that this database still lacks; none when it is ready.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(DatabaseAddress address, CancellationToken cancel = default)
    {
        await using var db = open(address.Owner);
        return [.. await db.Database.GetPendingMigrationsAsync(cancel)];
    }

    static async Task EnsureAppRoleAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        const string sql = $"""
            do $$ begin
              if not exists (select from pg_roles where rolname = '{DatabaseAddress.AppRole}') then
                create role {DatabaseAddress.AppRole} nologin;
              end if;
              if not pg_has_role(current_user, '{DatabaseAddress.AppRole}', 'member') then
                execute format('grant {DatabaseAddress.AppRole} to %I', current_user);
              end if;
            exception when duplicate_object or unique_violation then
              null; -- Another database of this server made it just now.
            end $$;
            """;
        try
        {
            await RunAsync(connection, sql, cancel);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new Refusal(
                $"数据库账号无权创建应用角色 {DatabaseAddress.AppRole}，没有做任何改动。请由数据库管理员执行：create role {DatabaseAddress.AppRole} nologin; grant {DatabaseAddress.AppRole} to 本账号;");
        }
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
