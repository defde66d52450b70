using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Findings;

/// <summary>
/// Which findings hold certain words, among those that I may see. Words, days and reach are looked up together, in one index, block of
/// days by block of days in the order of the page; the database stops as soon as the page is full.
/// </summary>
public sealed class FindingSearch(AppDb db, Me me, RowDensity density, TimeProvider clock)
{
    /// <summary>As many as can be read and compared word by word in some ten milliseconds.</summary>
    const int Few = 4_000;

    /// <summary>A block of days with the words that all stand beside it; the database takes them in this order.</summary>
    sealed class Stretch
    {
        public long Place { get; init; }
        public required int[] Wanted { get; init; }
    }

    /// <summary>Of some findings those that hold the words.</summary>
    internal IQueryable<Finding> Among(IQueryable<Finding> findings, IReadOnlyList<int[]> words) => Among(findings, Of(words));

    /// <summary>What a page of so many rows needs of all findings that match the filter otherwise.</summary>
    internal async Task<IQueryable<Finding>> AllAsync(IQueryable<Finding> findings, IReadOnlyList<int[]> words, FindingFilter filter, int take, bool back, CancellationToken cancel)
    {
        var (all, found) = Of(words);
        var reach = ReachOf(filter);
        if (reach is not null) found = found.Where(w => w.Scope.Any(one => reach.Contains(one)));
        var unit = filter.Unit == me.CompanyId ? null : filter.Unit;
        if (unit is not null) found = found.Where(w => w.Scope.Contains(unit.Value));
        // Superiors supervise few: these have an index of their own, and the words only sift them.
        if (filter.Supervised) return Among(findings, (all, found));
        var (rows, level) = await density.OfAsync(unit is null ? reach : [unit.Value], words, cancel);
        // The limit that is never reached keeps the words, which may be common, out of the look-up by reach.
        var held = rows <= Few && (reach is not null || unit is not null)
            ? Among(findings, (all, found.Take(int.MaxValue))).Select(f => f.Id)
            : Held(findings, all, found, Blocks(filter, level, back), take, back);
        // Asked for once more by id: a row that came through a block without a key cannot bring its parts along.
        return db.Findings.AsNoTracking().Where(f => held.Contains(f.Id));
    }

    static IQueryable<Finding> Among(IQueryable<Finding> findings, (int[] All, IQueryable<FindingWords> Found) words)
    {
        var (all, found) = words;
        if (all.Length > 0) found = found.Where(w => all.All(word => w.Words.Contains(word)));
        return findings.Where(f => found.Any(w => w.FindingId == f.Id));
    }

    IQueryable<Guid> Held(IQueryable<Finding> findings, int[] all, IQueryable<FindingWords> found, int[] blocks, int take, bool back)
    {
        // The order of an unnested array is known to the database, so it need not finish all blocks to sort what they hold.
        var stretches = MayHold(all) is { Length: > 1 } told
            ? db.Database.SqlQuery<Stretch>($"""
                select block.place "Place", {all} || block.token "Wanted"
                from unnest({blocks}, {blocks.Select(block => DayBlocks.FoursOf(block).First).ToArray()}, {blocks.Select(block => DayBlocks.FoursOf(block).Last).ToArray()})
                    with ordinality as block(token, first, last, place)
                where exists (
                    select from generate_series(block.first, block.last) four
                    where (select case when bool_or(known.word = {WordBlock.Everything} and known.bits is not null) then count(*) = {told.Length} and bit_count(bit_and(known.bits)) > 0 else true end
                        from finding_word_blocks known where known.block = four and known.word = any({told})))
                """)
            : db.Database.SqlQuery<Stretch>($"""
                select block.place "Place", {all} || block.token "Wanted" from unnest({blocks}) with ordinality as block(token, place)
                """);
        return (back ? Forth(stretches, found, findings, take) : Back(stretches, found, findings, take)).Take(take).Select(f => f.Id);
    }

    /// <summary>The words of which <see cref="FindingBlocks"/> keeps account, with the mark of a block that it knows. What it does not know is looked up.</summary>
    static int[] MayHold(int[] all) => [WordBlock.Everything, .. all.Where(WordCodes.IsChinese)];

    /// <summary>The limit that is never reached makes the database look into the words first and into the findings then.</summary>
    static IQueryable<Finding> Back(IQueryable<Stretch> stretches, IQueryable<FindingWords> found, IQueryable<Finding> findings, int take) =>
        from stretch in stretches
        from f in (
            from w in found.Where(w => stretch.Wanted.All(word => w.Words.Contains(word))).Take(int.MaxValue)
            join f in findings on w.FindingId equals f.Id
            orderby f.ReportedAt descending, f.Id descending
            select f).Take(take)
        orderby stretch.Place, f.ReportedAt descending, f.Id descending
        select f;

    static IQueryable<Finding> Forth(IQueryable<Stretch> stretches, IQueryable<FindingWords> found, IQueryable<Finding> findings, int take) =>
        from stretch in stretches
        from f in (
            from w in found.Where(w => stretch.Wanted.All(word => w.Words.Contains(word))).Take(int.MaxValue)
            join f in findings on w.FindingId equals f.Id
            orderby f.ReportedAt, f.Id
            select f).Take(take)
        orderby stretch.Place, f.ReportedAt, f.Id
        select f;

    /// <summary>Words that all must be there; and rows that hold one of each set of words of which one must.</summary>
    (int[] All, IQueryable<FindingWords> Found) Of(IReadOnlyList<int[]> words)
    {
        var found = db.FindingWords.AsNoTracking();
        foreach (var set in words.Where(set => set.Length > 1)) found = found.Where(w => w.Words.Any(word => set.Contains(word)));
        return ([.. words.Where(set => set.Length == 1).Select(set => set[0]).Distinct()], found);
    }

    /// <summary>From where the page begins to where the filter ends.</summary>
    int[] Blocks(FindingFilter filter, Func<DateOnly, int, int> level, bool back)
    {
        var (oldest, newest) = (filter.From ?? DayBlocks.Beginning, clock.Today().AddDays(1));
        if (filter.To < newest) newest = filter.To.Value;
        if (back) return [.. DayBlocks.Forth(Later(Cursor.Parse(filter.Before)!.Value.At.PlantDate(), oldest), newest, level)];
        if (Cursor.Parse(filter.After)?.At.PlantDate() is { } cursor && cursor < newest) newest = cursor;
        return [.. DayBlocks.Back(newest, oldest, level)];
    }

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>Null for the whole company. Whoever may see a finding only because of a name on it finds it as well.</summary>
    Guid[]? ReachOf(FindingFilter filter)
    {
        var reach = me.ReachOf(filter.Right);
        if (reach.Contains(me.CompanyId)) return null;
        return filter is { Unit: null, Right: FindingPermissions.View } && me.PersonId is { } person ? [.. reach, person] : reach;
    }
}

/// <summary>The findings' section of the search page.</summary>
static class FindingHits
{
    public static async Task<IReadOnlyList<SearchHit>> FindAsync(HttpContext http, string q, int most, CancellationToken cancel)
    {
        var today = http.RequestServices.GetRequiredService<TimeProvider>().Today();
        var found = await http.RequestServices.GetRequiredService<FindingQueries>().ListAsync(new() { Text = q, Limit = most }, cancel);
        return [.. found.Rows.Select(row => new SearchHit($"/findings/{row.Id}", row.Description, $"{row.Number} · {row.PlaceText} · {row.UnitName}")
            { Status = FindingLook.Badge(row.Status, row.DueOn, today) is var (status, text) ? (status, text ?? "") : null })];
    }
}
