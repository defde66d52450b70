using System.Collections;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Findings;

/// <summary>
/// That a Chinese word occurs in the findings of four days, and where it is common, in which of them: the n-th bit is the n-th finding.
/// Words that are common and never meet, or that nobody has written for long, are so passed over without looking at what was found.
/// </summary>
public sealed class WordBlock
{
    /// <summary>No word: every finding of the block. Its row says that the block is known; without bits, that the block is small and better looked up.</summary>
    public const int Everything = 0;

    /// <summary>As many findings are looked up in a tenth of a millisecond.</summary>
    public const int Worthwhile = 1_000;
    /// <summary>Bits are kept of a word that stands in every so many-th finding; a rarer one is quickly looked up.</summary>
    const int Common = 64;

    public int Block { get; init; }
    public int Word { get; init; }
    public BitArray? Bits { get; init; }

    /// <param name="block">Of four days, as <see cref="DayBlocks"/> number it.</param>
    /// <param name="findings">The words of each.</param>
    internal static IEnumerable<WordBlock> Of(int block, IReadOnlyList<int[]> findings)
    {
        var isKnown = findings.Count is 0 or >= Worthwhile;
        yield return new() { Block = block, Word = Everything, Bits = isKnown ? new(findings.Count, true) : null };
        if (!isKnown) yield break;
        foreach (var (word, places) in PlacesIn(findings))
            yield return new() { Block = block, Word = word, Bits = places.Count * Common >= findings.Count ? BitsAt(places, findings.Count) : null };
    }

    static SortedDictionary<int, List<int>> PlacesIn(IReadOnlyList<int[]> findings)
    {
        var all = new SortedDictionary<int, List<int>>();
        for (var place = 0; place < findings.Count; place++)
            foreach (var word in findings[place].Where(WordCodes.IsChinese))
            {
                if (!all.TryGetValue(word, out var places)) all[word] = places = [];
                places.Add(place);
            }
        return all;
    }

    static BitArray BitsAt(List<int> places, int length)
    {
        var bits = new BitArray(length);
        foreach (var place in places) bits[place] = true;
        return bits;
    }
}

/// <summary>
/// Keeps account of the words of days that are over. A finding that comes later for such a day (an old ledger) takes the mark off its
/// block, by a trigger: the block is looked up again until the next night. So an account may be missing, but never wrong.
/// </summary>
public sealed class FindingBlocks(AppDb db, TimeProvider clock)
{
    /// <summary>How many blocks were read.</summary>
    public async Task<int> SettleAsync(CancellationToken cancel = default)
    {
        if (await db.Findings.MinAsync(finding => (DateTimeOffset?)finding.ReportedAt, cancel) is not { } oldest) return 0;
        var known = await db.WordBlocks.Where(block => block.Word == WordBlock.Everything).Select(block => block.Block).ToHashSetAsync(cancel);
        var settled = 0;
        foreach (var block in DayBlocks.Fours(oldest.PlantDate(), clock.Today()).Where(block => !known.Contains(block)))
        {
            if (!await SettleAsync(block, cancel)) break;
            settled++;
        }
        return settled;
    }

    /// <summary>False when somebody stores findings for longer than others should be kept waiting: the next night will do.</summary>
    async Task<bool> SettleAsync(int block, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            // Whoever has stored words and not committed yet holds this lock, by the trigger; so nothing can be missed.
            await db.Database.ExecuteSqlAsync($"set local lock_timeout = '1s'", cancel);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('finding word blocks', 0))", cancel);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        var findings = await db.FindingWords.Where(words => words.Words.Contains(block)).Select(words => words.Words).ToListAsync(cancel);
        await db.WordBlocks.Where(known => known.Block == block).ExecuteDeleteAsync(cancel);
        await db.CopyAsync(WordBlock.Of(block, findings), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
