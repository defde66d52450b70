using System.Collections.Frozen;
using Npgsql;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Search;

/// <summary>Which statistics to look at: how rows lie on days, and how many of them each reach holds.</summary>
public sealed record DensitySource(string Table, string Day, string ReachTable, string Reach);

/// <summary>
/// How many rows of a table lie on one day within somebody's reach, roughly, from the statistics that the database keeps anyway: so that a
/// search reads blocks of days that hold neither very many rows nor hardly any. Wrong or missing statistics cost time, never a hit.
/// </summary>
public sealed class RowDensity(NpgsqlDataSource source, DensitySource from, TimeProvider clock)
{
    /// <summary>Rows of a block. All of them being hits costs some forty milliseconds, a block without a hit a tenth of one.</summary>
    const int RowsOfBlock = 10_000;
    static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    sealed record Known(DateOnly[] Bounds, double RowsBetween, FrozenDictionary<Guid, double> Shares, double Rest, DateTimeOffset Until);

    Known? _known;

    /// <summary>The level of <see cref="DayBlocks"/> that suits a day.</summary>
    /// <param name="reach">Keys of which a row must hold one; null for all rows.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Func<DateOnly, int>> LevelsAsync(IReadOnlyCollection<Guid>? reach, CancellationToken cancel)
    {
        if (_known is not { } known || known.Until < clock.GetUtcNow()) _known = known = await ReadAsync(cancel);
        var share = reach is null ? 1 : Math.Clamp(reach.Sum(key => known.Shares.GetValueOrDefault(key, known.Rest)), 1e-9, 1);
        return day => Level(known, day, share);
    }

    static int Level(Known known, DateOnly day, double share)
    {
        if (known.Bounds.Length < 2) return DayBlocks.Highest;
        var found = Array.BinarySearch(known.Bounds, day);
        var at = Math.Clamp(found < 0 ? ~found : found + 1, 1, known.Bounds.Length - 1);
        // Several bounds on one day: that day holds many rows, whatever stands beside it.
        var days = Math.Max(known.Bounds[at].DayNumber - known.Bounds[at - 1].DayNumber, 1);
        return (int)Math.Clamp(Math.Floor(Math.Log(RowsOfBlock * days / (known.RowsBetween * share), 4)), 0, DayBlocks.Highest);
    }

    async Task<Known> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select c.reltuples::float8, d.histogram_bounds::text::timestamptz[], r.most_common_elems::text::uuid[], r.most_common_elem_freqs::float8[] from pg_class c
            left join pg_stats d on d.schemaname = current_schema() and d.tablename = $1 and d.attname = $2
            left join pg_stats r on r.schemaname = current_schema() and r.tablename = $3 and r.attname = $4
            where c.oid = $1::regclass
            """);
        foreach (var name in (string[])[from.Table, from.Day, from.ReachTable, from.Reach]) command.Parameters.Add(new() { Value = name });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var until = clock.GetUtcNow() + Keep;
        if (!await reader.ReadAsync(cancel) || await reader.IsDBNullAsync(1, cancel)) return new([], 1, FrozenDictionary<Guid, double>.Empty, 1, until);
        DateOnly[] bounds = [.. (await reader.GetFieldValueAsync<DateTimeOffset[]>(1, cancel)).Select(bound => bound.PlantDate())];
        var keys = await reader.IsDBNullAsync(2, cancel) ? [] : await reader.GetFieldValueAsync<Guid[]>(2, cancel);
        var shares = keys.Length == 0 ? [] : await reader.GetFieldValueAsync<double[]>(3, cancel);
        // Behind the shares of the keys stand the smallest and the largest of them; what is not listed is rarer than the smallest.
        return new(bounds, Math.Max(1, reader.GetDouble(0) / Math.Max(1, bounds.Length - 1)),
            keys.Zip(shares).ToFrozenDictionary(pair => pair.First, pair => pair.Second), shares.Length > keys.Length ? shares[keys.Length] : 1, until);
    }
}
