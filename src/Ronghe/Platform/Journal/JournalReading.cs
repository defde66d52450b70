using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Ronghe.Platform.Journal;

/// <summary>The whole journal, as of one moment, in the order of its seals.</summary>
public sealed class JournalReading(AppDb db)
{
    const string Columns = "xid, seq, at, actor_id, on_behalf_of_id, node_id, subject_kind, subject_id, subject_version, event, data::text, request_id, subject_digest";

    /// <summary>Holds the moment still until it is disposed.</summary>
    public async Task<IAsyncDisposable> FreezeAsync(CancellationToken cancel = default)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        return await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
    }

    /// <summary>About how many rows there are, for a progress bar.</summary>
    public Task<long> EstimateAsync(CancellationToken cancel = default) => db.Database.SqlQuery<long>(
        $"""select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as "Value" from pg_class join pg_inherits on inhrelid = oid where inhparent = 'journal'::regclass""").SingleAsync(cancel);

    public Task<List<JournalSeal>> SealsAsync(CancellationToken cancel = default) =>
        db.JournalSeals.AsNoTracking().OrderBy(seal => seal.Number).ToListAsync(cancel);

    public async IAsyncEnumerable<SealedRow> RowsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var rows = await connection.BeginBinaryExportAsync($"copy (select {Columns} from journal order by xid, seq) to stdout (format binary)", cancel);
        rows.Timeout = TimeSpan.FromHours(6);
        while (await rows.StartRowAsync(cancel) >= 0) yield return Read(rows);
    }

    /// <summary>Row by row the data is there already, so nothing is awaited.</summary>
    static SealedRow Read(NpgsqlBinaryExporter row) => new(
        row.Read<ulong>(NpgsqlDbType.Xid8), row.Read<long>(), SealedRow.Microseconds(row.Read<DateTime>(NpgsqlDbType.TimestampTz)),
        Optional<Guid>(row), Optional<Guid>(row), Optional<Guid>(row), row.Read<string>(), row.Read<Guid>(), row.Read<int>(),
        row.Read<string>(), row.Read<string>(), Text(row), Bytes(row));

    static T? Optional<T>(NpgsqlBinaryExporter row) where T : struct
    {
        if (!row.IsNull) return row.Read<T>();
        row.Skip();
        return null;
    }

    static string? Text(NpgsqlBinaryExporter row)
    {
        if (!row.IsNull) return row.Read<string>();
        row.Skip();
        return null;
    }

    static byte[]? Bytes(NpgsqlBinaryExporter row)
    {
        if (!row.IsNull) return row.Read<byte[]>();
        row.Skip();
        return null;
    }
}
