namespace Ronghe.Platform.Journal;

/// <summary>A seal as it was kept somewhere else.</summary>
public sealed record KeptSeal(long Number, string Hash);

/// <summary>What walking along the seals found.</summary>
/// <param name="Sealed">Rows in batches whose hash was compared.</param>
/// <param name="Unsealed">Rows after the last seal: the newest, which the next seal will take.</param>
/// <param name="Problems">In words, the first ones; empty when the journal is as it was written.</param>
public sealed record SealVerdict(long Seals, long Sealed, long Unsealed, IReadOnlyList<string> Problems)
{
    public bool Holds => Problems.Count == 0;
}

/// <summary>Goes along the journal and its seals, wherever both come from, and makes every hash anew.</summary>
public sealed class SealWalk(IReadOnlyList<JournalSeal> seals, IReadOnlyList<KeptSeal> kept)
{
    const int MostProblems = 20;

    readonly List<string> _problems = [];
    long _sealed, _unsealed;

    /// <param name="rows">By (xid, seq).</param>
    /// <param name="progress">Told how many rows were read, now and then.</param>
    public async Task<SealVerdict> RunAsync(IAsyncEnumerable<SealedRow> rows, IProgress<long>? progress = null)
    {
        using var hash = new SealHash();
        var (at, open) = (-1, false);
        var (first, last, read) = (0L, 0L, 0L);
        CheckNumbers();
        await foreach (var row in rows)
        {
            if (++read % 50_000 == 0) progress?.Report(read);
            while (at < seals.Count && (at < 0 || IsBeyond(row, seals[at])))
            {
                if (open) Close(hash, seals[at], first, last);
                open = ++at < seals.Count;
                if (open) hash.Begin(at == 0 ? SealHash.Beginning : seals[at - 1].Hash, seals[at].Number);
                first = row.AtMicroseconds;
            }
            if (!open)
            {
                _unsealed++;
                continue;
            }
            hash.Add(row);
            _sealed++;
            last = row.AtMicroseconds;
        }
        CloseRest(hash, at, open, first, last);
        CompareKept();
        progress?.Report(read);
        return new(seals.Count, _sealed, _unsealed, [.. _problems.Take(MostProblems)]);
    }

    static bool IsBeyond(in SealedRow row, JournalSeal seal) => row.Xid > seal.ToXid || (row.Xid == seal.ToXid && row.Seq > seal.ToSeq);

    void Close(SealHash hash, JournalSeal seal, long first, long last)
    {
        var rows = hash.Rows;
        if (hash.End().AsSpan().SequenceEqual(seal.Hash) && rows == seal.Rows) return;
        _problems.Add($"第 {seal.Number} 封与封存时不一致：封存时 {seal.Rows} 行，现有 {rows} 行{(rows > 0 ? $"，时间在 {Say(first)} 到 {Say(last)} 之间" : "")}。");
    }

    void CloseRest(SealHash hash, int at, bool open, long first, long last)
    {
        if (open) Close(hash, seals[at++], first, last);
        for (at = Math.Max(at, 0); at < seals.Count; at++)
            if (seals[at].Rows > 0) _problems.Add($"第 {seals[at].Number} 封里的 {seals[at].Rows} 行一行也不在了。");
    }

    void CheckNumbers()
    {
        for (var at = 0; at < seals.Count; at++)
            if (seals[at].Number != at + 1)
            {
                _problems.Add($"封存编号不连续：第 {at + 1} 个位置上是第 {seals[at].Number} 封。");
                return;
            }
    }

    void CompareKept()
    {
        var here = seals.ToDictionary(seal => seal.Number);
        foreach (var other in kept)
        {
            if (!here.TryGetValue(other.Number, out var seal))
                _problems.Add($"留存在别处的第 {other.Number} 封，这里没有（这里到第 {seals.Count} 封为止）：后来的流水被删掉，或者库被退回到了从前。");
            else if (!other.Hash.Equals(Convert.ToHexStringLower(seal.Hash), StringComparison.OrdinalIgnoreCase))
                _problems.Add($"第 {other.Number} 封与留存在别处的不同：这里的封存被重新做过。");
        }
    }

    static string Say(long microseconds) => Calendar.PlantTime.ToPlant(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)).ToString("yyyy-MM-dd HH:mm:ss");
}
