using Npgsql;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Search;

/// <summary>
/// How many rows of a table lie on one day, roughly, from the statistics that the database keeps anyway: so that a search reads blocks of
/// days that hold neither very many rows nor hardly any. Wrong or missing statistics cost time, never a hit.
/// </summary>
public sealed class RowDensity(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Rows of a block. Half of them being hits costs some ten milliseconds.</summary>
    const int RowsOfBlock = 6000;
    static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    sealed record Known(DateOnly[] Bounds, double RowsBetween, DateTimeOffset Until);

    Known? _known;

    /// <summary>For a table and its column of moments: the level of <see cref="DayBlocks"/> that suits a day.</summary>
    public async Task<Func<DateOnly, int>> LevelsAsync(string table, string column, CancellationToken cancel)
    {
        if (_known is not { } known || known.Until < clock.GetUtcNow()) _known = known = await ReadAsync(table, column, cancel);
        return day => Level(known, day);
    }

    static int Level(Known known, DateOnly day)
    {
        if (known.Bounds.Length < 2) return DayBlocks.Highest;
        var found = Array.BinarySearch(known.Bounds, day);
        var at = Math.Clamp(found < 0 ? ~found : found + 1, 1, known.Bounds.Length - 1);
        // Several bounds on one day: that day holds many rows, whatever stands beside it.
        var days = Math.Max(known.Bounds[at].DayNumber - known.Bounds[at - 1].DayNumber, 1);
        var level = (int)Math.Floor(Math.Log(RowsOfBlock * days / known.RowsBetween, 4));
        return Math.Clamp(level, 0, DayBlocks.Highest);
    }

    async Task<Known> ReadAsync(string table, string column, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select c.reltuples::float8, s.histogram_bounds::text::timestamptz[] from pg_class c
            left join pg_stats s on s.schemaname = current_schema() and s.tablename = $1 and s.attname = $2 where c.oid = $1::regclass
            """);
        command.Parameters.Add(new() { Value = table });
        command.Parameters.Add(new() { Value = column });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || await reader.IsDBNullAsync(1, cancel)) return new([], 1, clock.GetUtcNow() + Keep);
        DateOnly[] bounds = [.. (await reader.GetFieldValueAsync<DateTimeOffset[]>(1, cancel)).Select(bound => bound.PlantDate())];
        return new(bounds, Math.Max(1, reader.GetDouble(0) / Math.Max(1, bounds.Length - 1)), clock.GetUtcNow() + Keep);
    }
}
