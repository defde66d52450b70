namespace Ronghe.Findings.Ledgers;

/// <summary>
/// Rows that were merged into another one: the other must be a good row of the same file that has a course of its own. One that was itself
/// merged further leads to where it went.
/// </summary>
sealed class LedgerMerges
{
    readonly List<(LedgerEntry Entry, Action<string> Fail)> _merged = [];

    public void Note(LedgerEntry entry, Action<string> fail) => _merged.Add((entry, fail));

    /// <summary>Takes the rows out whose other row is not there; each keeps the final number.</summary>
    public void Resolve(List<LedgerEntry> entries)
    {
        if (_merged.Count == 0) return;
        var byNumber = entries.Where(entry => entry.FileNumber is not null).ToDictionary(entry => entry.FileNumber!);
        var targets = _merged.ConvertAll(row => Target(row.Entry, byNumber));
        foreach (var (row, target) in _merged.Zip(targets))
            if (target is { FileNumber: { } number }) row.Entry.MergedInto = number;
            else
            {
                row.Fail($"并入的“{row.Entry.MergedInto}”不在这份台账里，或者那一行有错误、不予受理。请核对备注里的编号，或把那一条也放进来。");
                entries.Remove(row.Entry);
            }
    }

    static LedgerEntry? Target(LedgerEntry entry, Dictionary<string, LedgerEntry> byNumber)
    {
        var at = entry;
        for (var steps = 0; at?.MergedInto is { } next && steps <= byNumber.Count; steps++) at = byNumber.GetValueOrDefault(next);
        return at is { MergedInto: null, Status: not FindingStatus.Rejected } ? at : null;
    }
}
