using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Compares the parts of one kind of record (steps, photos) with what the journal tells of each. Range by range of the records, so that
/// the memory it takes does not grow with their history.
/// </summary>
sealed class PartCheck(AppDb db, JournalSubject subject, IReadOnlyList<PartKind> kinds, Action<Guid, string> note)
{
    const int Range = 20_000;

    sealed record Told(Guid Owner, string Part, string? Digest);

    /// <summary>Parts of records from before the journal told of parts.</summary>
    public long Uncovered { get; private set; }

    /// <param name="records">In the order of their ids.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task RunAsync(IReadOnlyList<Guid> records, CancellationToken cancel)
    {
        for (var at = 0; at == 0 || at < records.Count; at += Range)
            await RunAsync([.. records.Skip(at).Take(Range)], at == 0 ? null : records[at - 1], at + Range < records.Count ? records[at + Range - 1] : null, cancel);
    }

    async Task RunAsync(HashSet<Guid> records, Guid? after, Guid? last, CancellationToken cancel)
    {
        var told = await ToldAsync(after, last, cancel);
        var covered = await CoveredAsync(after, last, cancel);
        foreach (var kind in kinds)
            await foreach (var part in PartsOf(kind, after, last).WithCancellation(cancel))
            {
                var owner = kind.OwnerOf(part);
                if (!records.Contains(owner)) note(owner, $"记录不在，{kind.Title}却还在");
                else if (told.Remove((owner, kind.KeyOf(part)), out var digest))
                {
                    if (digest is null) note(owner, $"流水里已经去掉的一条{kind.Title}又出现了");
                    else if (digest != kind.DigestOf(part)) note(owner, $"一条{kind.Title}被平台以外的手改动过");
                }
                else if (covered.Contains(owner)) note(owner, $"一条{kind.Title}没有流水，不是经由平台写入的");
                else Uncovered++;
            }
        foreach (var ((owner, _), digest) in told)
            if (digest is not null && records.Contains(owner)) note(owner, $"流水里有的一条{string.Join("或", kinds.Select(kind => kind.Title))}不见了");
    }

    /// <summary>The last word on each part.</summary>
    async Task<Dictionary<(Guid, string), string?>> ToldAsync(Guid? after, Guid? last, CancellationToken cancel) => (await db.Database.SqlQuery<Told>($"""
        select distinct on (j.subject_id, p.key) j.subject_id "Owner", p.key "Part", p.value "Digest"
        from journal j cross join lateral jsonb_each_text(j.data -> {RecordParts.Name}) p
        where j.subject_kind = {subject.Kind} and j.subject_id > {after ?? Guid.Empty} and j.subject_id <= {last ?? Guid.AllBitsSet}
        order by j.subject_id, p.key, j.seq desc
        """).ToListAsync(cancel)).ToDictionary(one => (one.Owner, one.Part), one => one.Digest);

    /// <summary>Records of whose parts the journal tells since their first row.</summary>
    async Task<HashSet<Guid>> CoveredAsync(Guid? after, Guid? last, CancellationToken cancel) => await db.Database.SqlQuery<Guid>($"""
        select subject_id "Value" from (
            select distinct on (subject_id) subject_id, jsonb_exists(data, {RecordParts.Name}) tells
            from journal where subject_kind = {subject.Kind} and subject_id > {after ?? Guid.Empty} and subject_id <= {last ?? Guid.AllBitsSet}
            order by subject_id, subject_version, seq) first
        where tells
        """).ToHashSetAsync(cancel);

    IAsyncEnumerable<object> PartsOf(PartKind kind, Guid? after, Guid? last) =>
        (IAsyncEnumerable<object>)typeof(PartCheck).GetMethod(nameof(PartsIn), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(kind.Type.ClrType).Invoke(this, [kind.Owner.Name, after ?? Guid.Empty, last ?? Guid.AllBitsSet])!;

    IAsyncEnumerable<T> PartsIn<T>(string owner, Guid after, Guid last) where T : class =>
        db.Set<T>().AsNoTracking().Where(part => EF.Property<Guid>(part, owner) > after && EF.Property<Guid>(part, owner) <= last).AsAsyncEnumerable();
}
