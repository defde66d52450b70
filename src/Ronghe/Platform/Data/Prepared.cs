using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Ronghe.Platform.Data;

public static class Prepared
{
    /// <summary>
    /// Reads by a statement that each session plans once. For the few that run all the time and whose planning costs more than
    /// their reading; in the transaction that is open, counted as one round trip.
    /// </summary>
    /// <param name="db">Whose connection is used.</param>
    /// <param name="sql">With $1, $2 … for the values. One text for all calls: each other text is another plan kept in the session.</param>
    /// <param name="values">In the order of their numbers.</param>
    /// <param name="read">Makes a result of a row.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public static async Task<List<T>> PreparedAsync<T>(this AppDb db, string sql, object[] values, Func<DbDataReader, T> read, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
            command.CommandText = sql;
            command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            await command.PrepareAsync(cancel);
            db.Trips.Add();
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
