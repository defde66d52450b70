using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ronghe.Platform.Data;

/// <summary>Brings a database to the tables that this version of the product expects.</summary>
/// <param name="open">Opens the product's context with the connection string it is given.</param>
public sealed class Schema(Func<string, DbContext> open)
{
    /// <summary>Any number of nodes may call this at once: EF Core lets one work and the others wait.</summary>
    /// <exception cref="Refusal">The login may not make the application role.</exception>
    public async Task MigrateAsync(DatabaseAddress address, CancellationToken cancel = default)
    {
        await using var db = open(address.Owner);
        if (!(await db.Database.GetPendingMigrationsAsync(cancel)).Any()) return;
        await EnsureAppRoleAsync(address.Owner, cancel);
        await db.Database.MigrateAsync(cancel);
    }

    /// <summary>Names of the migrations that this database still lacks; none when it is ready.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(DatabaseAddress address, CancellationToken cancel = default)
    {
        await using var db = open(address.Owner);
        return [.. await db.Database.GetPendingMigrationsAsync(cancel)];
    }

    static async Task EnsureAppRoleAsync(string owner, CancellationToken cancel)
    {
        const string sql = $"""
            select pg_advisory_xact_lock(hashtext('{DatabaseAddress.AppRole}'));
            do $$ begin
              if not exists (select from pg_roles where rolname = '{DatabaseAddress.AppRole}') then
                create role {DatabaseAddress.AppRole} nologin;
              end if;
              if not pg_has_role(current_user, '{DatabaseAddress.AppRole}', 'member') then
                execute format('grant {DatabaseAddress.AppRole} to %I', current_user);
              end if;
            end $$;
            """;
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new Refusal(
                $"数据库账号无权创建应用角色 {DatabaseAddress.AppRole}，没有做任何改动。请由数据库管理员执行：create role {DatabaseAddress.AppRole} nologin; grant {DatabaseAddress.AppRole} to 本账号;");
        }
    }
}
