using System.Collections.Frozen;
using Npgsql;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Search;

/// <summary>Which statistics to look at: how rows lie on days; and in a table beside them, how many of them hold a word and lie within a reach.</summary>
public sealed record DensitySource(string Table, string Day, string WordTable, string Words, string Reach);

/// <summary>
/// How many rows with certain words lie on one day within somebody's reach, roughly, from the statistics that the database keeps anyway: so
/// that a search reads blocks of days that hold neither very many hits nor hardly any. Wrong or missing statistics cost time, never a hit.
/// </summary>
public sealed class RowDensity(NpgsqlDataSource source, DensitySource from, TimeProvider clock)
{
    /// <summary>Hits expected in the first block, which should fill a page, and in the later ones: a hit costs some ten microseconds, a block without any a tenth of a millisecond.</summary>
    const int FirstHits = 150, MostHits = 2_400;
    /// <summary>Of fewer it does not matter how they are read.</summary>
    const int Many = 20_000;
    static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    /// <summary>Shares of all rows. Most of what is not listed does not occur at all; together it counts as the rarest of the list.</summary>
    sealed record Shares<T>(FrozenDictionary<T, double> Listed, double Rest) where T : notnull
    {
        public double Of(IEnumerable<T> keys) => Math.Min(keys.Sum(key => Listed.GetValueOrDefault(key)) + Rest, 1);
    }

    sealed record Known(double Rows, DateOnly[] Bounds, Shares<Guid> Reach, Shares<int> Words, DateTimeOffset Until);

    Known? _known;

    /// <param name="reach">Keys of which a row must hold one; null for all rows.</param>
    /// <param name="words">Sets of words; a row must hold one of each.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>How many rows lie within the reach, whatever they say; and the level of <see cref="DayBlocks"/> that suits a day when so many blocks came before it.</returns>
    public async Task<(double Rows, Func<DateOnly, int, int> Level)> OfAsync(IReadOnlyCollection<Guid>? reach, IReadOnlyList<int[]> words, CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        var rows = known.Rows * (reach is null ? 1 : known.Reach.Of(reach));
        // As if none stood beside another more often than the rarest does at all.
        var hits = rows * words.Min(known.Words.Of);
        return (rows, (day, before) => Level(known.Bounds, day, hits / Math.Max(1, known.Bounds.Length - 1), before));
    }

    /// <summary>Which share of all rows lies within the reach, roughly; null where there are few rows, or nothing is known of them.</summary>
    public async Task<double?> ShareAsync(IReadOnlyCollection<Guid> reach, CancellationToken cancel)
    {
        var known = await KnownAsync(cancel);
        return known.Rows >= Many && known.Reach.Listed.Count > 0 ? known.Reach.Of(reach) : null;
    }

    /// <param name="hits">Between two bounds.</param>
    static int Level(DateOnly[] bounds, DateOnly day, double hits, int before)
    {
        if (bounds.Length < 2) return Math.Min(before, DayBlocks.Highest);
        if (day < bounds[0]) return DayBlocks.Highest;
        var found = Array.BinarySearch(bounds, day);
        var at = Math.Clamp(found < 0 ? ~found : found + 1, 1, bounds.Length - 1);
        // Several bounds on one day: that day holds many rows, whatever stands beside it.
        var days = Math.Max(bounds[at].DayNumber - bounds[at - 1].DayNumber, 1);
        var wanted = Math.Min(FirstHits * Math.Pow(4, before), MostHits);
        return (int)Math.Clamp(Math.Floor(Math.Log(wanted * days / hits, 4)), 0, DayBlocks.Highest);
    }

    async Task<Known> KnownAsync(CancellationToken cancel) => _known is { } known && known.Until >= clock.GetUtcNow() ? known : _known = await ReadAsync(cancel);

    async Task<Known> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select c.reltuples::float8, d.histogram_bounds::text::timestamptz[],
                r.most_common_elems::text::uuid[], r.most_common_elem_freqs::float8[], w.most_common_elems::text::int[], w.most_common_elem_freqs::float8[] from pg_class c
            left join pg_stats d on d.schemaname = current_schema() and d.tablename = $1 and d.attname = $2
            left join pg_stats w on w.schemaname = current_schema() and w.tablename = $3 and w.attname = $4
            left join pg_stats r on r.schemaname = current_schema() and r.tablename = $3 and r.attname = $5
            where c.oid = $1::regclass
            """);
        foreach (var name in (string[])[from.Table, from.Day, from.WordTable, from.Words, from.Reach]) command.Parameters.Add(new() { Value = name });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var until = clock.GetUtcNow() + Keep;
        if (!await reader.ReadAsync(cancel) || await reader.IsDBNullAsync(1, cancel)) return new(double.MaxValue, [], SharesOf<Guid>([], []), SharesOf<int>([], []), until);
        async Task<T[]> ListAsync<T>(int column) => await reader.IsDBNullAsync(column, cancel) ? [] : await reader.GetFieldValueAsync<T[]>(column, cancel);
        DateOnly[] bounds = [.. (await ListAsync<DateTimeOffset>(1)).Select(bound => bound.PlantDate())];
        return new(Math.Max(1, reader.GetDouble(0)), bounds,
            SharesOf(await ListAsync<Guid>(2), await ListAsync<double>(3)), SharesOf(await ListAsync<int>(4), await ListAsync<double>(5)), until);
    }

    /// <summary>Behind the shares of the keys stand the smallest and the largest of them.</summary>
    static Shares<T> SharesOf<T>(T[] keys, double[] shares) where T : notnull =>
        new(keys.Zip(shares).ToFrozenDictionary(pair => pair.First, pair => pair.Second), shares.Length > keys.Length ? shares[keys.Length] : 1);
}
