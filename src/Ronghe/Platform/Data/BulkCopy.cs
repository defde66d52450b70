using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Ronghe.Platform.Data;

/// <summary>
/// Writes many new records of one mapped type with PostgreSQL's binary COPY, inside the current transaction. The change tracker is
/// not involved: nothing is checked, nothing is journalled, generated columns are left to the database.
/// </summary>
public static class BulkCopy
{
    static readonly ConcurrentDictionary<IEntityType, Plan> Plans = new();

    /// <summary>Rows are taken one by one while the server is already writing, so that making them and storing them overlap.</summary>
    /// <returns>How many were written.</returns>
    public static async Task<int> CopyAsync<T>(this DbContext db, IEnumerable<T> rows, CancellationToken cancel = default) where T : class
    {
        var plan = Plans.GetOrAdd(db.Model.FindEntityType(typeof(T))!, Plan.Of);
        var written = 0;
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var import = await connection.BeginBinaryImportAsync(plan.Command, cancel);
            foreach (var row in rows)
            {
                await import.StartRowAsync(cancel);
                foreach (var column in plan.Columns) await column.WriteAsync(import, row, cancel);
                written++;
            }
            await import.CompleteAsync(cancel);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
        return written;
    }

    sealed record Plan(string Command, Column[] Columns)
    {
        public static Plan Of(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var columns = entity.GetProperties()
                .Where(property => property.GetValueGenerationStrategy(table) == NpgsqlValueGenerationStrategy.None)
                .Select(property => new Column(property, table, entity)).ToArray();
            var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
            return new($"copy \"{table.Name}\" ({names}) from stdin (format binary)", columns);
        }
    }

    sealed class Column(IProperty property, StoreObjectIdentifier table, IEntityType entity)
    {
        readonly string _type = property.GetColumnType(table)!;
        readonly ValueConverter? _converter = property.GetTypeMapping().Converter;
        readonly object? _constant = property == entity.FindDiscriminatorProperty() ? entity.GetDiscriminatorValue() : null;

        public string Name { get; } = property.GetColumnName(table)!;

        public Task WriteAsync(NpgsqlBinaryImporter import, object row, CancellationToken cancel)
        {
            var value = _constant ?? property.GetGetter().GetClrValue(row);
            if (_converter is not null) value = _converter.ConvertToProvider(value);
            return value is null ? import.WriteNullAsync(cancel) : import.WriteAsync(value, _type, cancel);
        }
    }
}
