using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Journal;

/// <summary>What comparing the records with the journal found.</summary>
/// <param name="Compared">Records whose digest was compared.</param>
/// <param name="Uncovered">Records that were last changed before digests were kept, and parts of records from before the journal told of parts.</param>
/// <param name="Problems">In words, the first ones.</param>
public sealed record RecordVerdict(long Compared, long Uncovered, long Wrong, IReadOnlyList<string> Problems)
{
    public bool Holds => Wrong == 0;
}

/// <summary>Compares every record with what the journal says it held after its last change: what was altered, added or removed beside the product shows.</summary>
public sealed class RecordCheck(AppDb db, JournalCatalogue catalogue)
{
    /// <summary>Named of each kind; the rest is only counted.</summary>
    const int MostProblems = 20;

    readonly List<string> _problems = [];
    long _compared, _uncovered, _wrong, _wrongOfKind;

    sealed record Last(Guid Id, int Version, byte[]? Digest, bool EverHad);

    public async Task<RecordVerdict> RunAsync(IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        foreach (var kinds in catalogue.Subjects.Where(subject => subject.Record is not null).GroupBy(subject => subject.Record!))
        {
            progress?.Report(kinds.First().Title);
            await CheckAsync(kinds.First(), db.Model.FindEntityType(kinds.Key)!, cancel);
        }
        return new(_compared, _uncovered, _wrong, _problems);
    }

    async Task CheckAsync(JournalSubject subject, IEntityType type, CancellationToken cancel)
    {
        _wrongOfKind = 0;
        var told = await LastAsync(subject, cancel);
        var seen = new List<Guid>();
        await foreach (var record in Records(type).WithCancellation(cancel))
        {
            seen.Add(record.Id);
            if (!told.Remove(record.Id, out var last)) Note(subject, record.Id, "没有任何流水，不是经由平台写入的");
            else if (last.Digest is null && !last.EverHad) _uncovered++;
            else if (last.Digest is null) Note(subject, record.Id, "流水里已经删除，却又出现了");
            else if (last.Version != record.Version || !last.Digest.AsSpan().SequenceEqual(RecordDigest.Of(type, record))) Note(subject, record.Id, "内容与最后一次办理后的不同，被平台以外的手改动过");
            else _compared++;
        }
        foreach (var gone in told.Values.Where(last => last.Digest is not null)) Note(subject, gone.Id, "流水里还在，记录却不见了");
        if (RecordParts.Of(type) is { Count: > 0 } kinds) await CheckPartsAsync(subject, kinds, seen, cancel);
    }

    async Task CheckPartsAsync(JournalSubject subject, IReadOnlyList<PartKind> kinds, List<Guid> records, CancellationToken cancel)
    {
        records.Sort();
        var parts = new PartCheck(db, subject, kinds, (owner, what) => Note(subject, owner, what));
        await parts.RunAsync(records, cancel);
        _uncovered += parts.Uncovered;
    }

    /// <summary>The last row of each record; several of one transaction say the same.</summary>
    async Task<Dictionary<Guid, Last>> LastAsync(JournalSubject subject, CancellationToken cancel) => await db.Database.SqlQuery<Last>($"""
        select distinct on (subject_id) subject_id "Id", subject_version "Version", subject_digest "Digest",
            bool_or(subject_digest is not null) over (partition by subject_id) "EverHad"
        from journal where subject_kind = {subject.Kind} order by subject_id, subject_version desc, seq desc
        """).ToDictionaryAsync(last => last.Id, cancel);

    IAsyncEnumerable<Aggregate> Records(IEntityType type) =>
        (IAsyncEnumerable<Aggregate>)typeof(RecordCheck).GetMethod(nameof(RecordsOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .MakeGenericMethod(type.ClrType).Invoke(this, null)!;

    IAsyncEnumerable<T> RecordsOf<T>() where T : Aggregate => db.Set<T>().AsNoTracking().AsAsyncEnumerable();

    void Note(JournalSubject subject, Guid id, string what)
    {
        _wrong++;
        if (++_wrongOfKind <= MostProblems) _problems.Add($"{subject.Title} {id}：{what}。");
    }
}
