using System.Data;
using Npgsql;

namespace Ronghe.Platform.Backup;

/// <summary>How a database stands: rows by table, steps of its schema, and whether it holds the mark of a backup.</summary>
sealed record DatabaseCount(IReadOnlyDictionary<string, long> Rows, IReadOnlyList<string> Migrations, int PostgresMajor);

/// <summary>A row of the journal that says: a backup was taken here. Whoever restores it finds the row, and with it everything committed before.</summary>
static class BackupMark
{
    public const string Kind = "backup", Taken = "backup.taken";

    /// <summary>Writes the mark and counts what stands there at that very moment.</summary>
    public static async Task<DatabaseCount> WriteAsync(NpgsqlConnection session, Guid id, CancellationToken cancel)
    {
        await using var transaction = await session.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using var mark = new NpgsqlCommand("insert into journal (at, subject_kind, subject_id, subject_version, event) values (now(), $1, $2, 1, $3)", session)
        {
            Parameters = { new() { Value = Kind }, new() { Value = id }, new() { Value = Taken } },
        };
        await mark.ExecuteNonQueryAsync(cancel);
        var count = await CountAsync(session, cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }

    public static async Task<bool> IsThereAsync(NpgsqlConnection session, Guid id, CancellationToken cancel)
    {
        await using var find = new NpgsqlCommand("select exists (select from journal where subject_kind = $1 and subject_id = $2)", session)
        {
            Parameters = { new() { Value = Kind }, new() { Value = id } },
        };
        return await find.ExecuteScalarAsync(cancel) is true;
    }

    public static async Task<DatabaseCount> CountAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        var tables = await ListAsync(session, """
            select quote_ident(relname) from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname
            """, cancel);
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var count = new NpgsqlCommand($"select count(*) from {table}", session) { CommandTimeout = 0 };
            rows[table.Trim('"')] = (long)(await count.ExecuteScalarAsync(cancel))!;
        }
        return new(rows, await ListAsync(session, """select "MigrationId" from "__EFMigrationsHistory" order by 1""", cancel), session.PostgreSqlVersion.Major);
    }

    public static async Task<List<string>> ListAsync(NpgsqlConnection session, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, session) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        while (await reader.ReadAsync(cancel)) found.Add(reader.GetString(0));
        return found;
    }
}
