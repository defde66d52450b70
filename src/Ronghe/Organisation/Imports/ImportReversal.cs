using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// Where records are referred to without a foreign key, the capability that does so says which of them are in use: undoing an
/// import must not pull them away.
/// </summary>
public sealed record ImportUse(string SubjectKind, string What, Func<AppDb, IReadOnlyCollection<Guid>, CancellationToken, Task<List<Guid>>> FindAsync);

/// <summary>Puts back what an import did, from the last record to the first.</summary>
public sealed class ImportReversal(AppDb db, Me me, IEnumerable<ImportUse> uses, TimeProvider clock)
{
    const int MostNamed = 10;

    sealed record Stored(Guid Id, int Version);

    public async Task UndoAsync(ImportRun run, IImporter importer, CancellationToken cancel)
    {
        var records = await db.ImportedRecords.AsNoTracking().Where(record => record.RunId == run.Id).OrderByDescending(record => record.Position).ToListAsync(cancel);
        var subjects = importer.Subjects.ToDictionary(subject => subject.Kind);
        await RefuseChangedAsync(run, records, subjects, cancel);
        var restored = new Dictionary<Guid, byte[]>();
        foreach (var record in records.Where(record => record.Effect != ImportEffect.Created))
            restored[record.SubjectId] = db.DigestOf(await RestoreAsync(record, subjects[record.SubjectKind], cancel));
        await db.SaveChangesAsync(cancel);
        foreach (var (kind, ids) in InRuns(records.Where(record => record.Effect == ImportEffect.Created))) await DeleteAsync(subjects[kind].Type, ids, cancel);
        await importer.RestorePartsAsync(run, records, cancel);
        await db.CopyAsync(records.Select(record => new JournalRow
        {
            At = clock.GetUtcNow(), ActorId = me.PersonId, NodeId = run.CompanyId, SubjectKind = record.SubjectKind, SubjectId = record.SubjectId,
            SubjectVersion = record.VersionAfter + 1, Event = ImportEvents.Undo(record.SubjectKind), Data = $$"""{"run":"{{run.Id}}"}""",
            SubjectDigest = restored.GetValueOrDefault(record.SubjectId),
        }), cancel);
    }

    async Task RefuseChangedAsync(ImportRun run, List<ImportedRecord> records, Dictionary<string, ImportSubject> subjects, CancellationToken cancel)
    {
        var blocked = new List<string>();
        foreach (var same in records.GroupBy(record => record.SubjectKind))
        {
            var (subject, ids) = (subjects[same.Key], same.Select(record => record.SubjectId).ToArray());
            var stored = (await VersionsAsync(subject.Type, ids, cancel)).ToDictionary(record => record.Id, record => record.Version);
            foreach (var record in same)
                if (record.Effect == ImportEffect.Removed ? stored.ContainsKey(record.SubjectId) : stored.GetValueOrDefault(record.SubjectId) != record.VersionAfter)
                    blocked.Add($"{await LabelAsync(subject, record.SubjectId, cancel)}已改动");
            var created = same.Where(record => record.Effect == ImportEffect.Created).Select(record => record.SubjectId).ToArray();
            foreach (var id in await ReferredToAsync(run.Id, subject, created, cancel)) blocked.Add($"{await LabelAsync(subject, id, cancel)}已被别的记录用到");
        }
        if (blocked.Count == 0) return;
        throw new Refusal($"导入之后有 {blocked.Count} 条记录变动过，不能撤销，没有撤销任何内容：{string.Join("；", blocked.Distinct().Take(MostNamed))}{(blocked.Count > MostNamed ? " 等" : "")}。请先处理这些记录。");
    }

    async Task<List<Stored>> VersionsAsync(Type type, Guid[] ids, CancellationToken cancel) =>
        await db.Database.SqlQueryRaw<Stored>(ReversalSql.Versions(EntityOf(type)), new NpgsqlParameter("ids", ids)).ToListAsync(cancel);

    /// <summary>Created records that something outside of this import needs: by foreign key, or as a capability says.</summary>
    async Task<List<Guid>> ReferredToAsync(Guid runId, ImportSubject subject, Guid[] created, CancellationToken cancel)
    {
        var found = new List<Guid>();
        if (created.Length == 0) return found;
        foreach (var reference in EntityOf(subject.Type).GetAllBaseTypesInclusive().SelectMany(type => type.GetReferencingForeignKeys()).Distinct())
        {
            if (!typeof(Aggregate).IsAssignableFrom(reference.DeclaringEntityType.ClrType)) continue;
            found.AddRange(await db.Database.SqlQueryRaw<Guid>(
                ReversalSql.References(reference), new NpgsqlParameter("ids", created), new NpgsqlParameter("run", runId)).ToListAsync(cancel));
        }
        foreach (var use in uses.Where(use => use.SubjectKind == subject.Kind)) found.AddRange(await use.FindAsync(db, created, cancel));
        return [.. found.Distinct()];
    }

    async Task<Aggregate> RestoreAsync(ImportedRecord record, ImportSubject subject, CancellationToken cancel)
    {
        var again = record.Effect == ImportEffect.Removed ? MakeAgain(record, subject.Type) : (Aggregate)(await db.FindAsync(subject.Type, [record.SubjectId], cancel))!;
        if (record.Effect != ImportEffect.Removed) Snapshot.Restore(db.Entry(again), record.Before!);
        // An earlier import that is still to be undone must recognise the record as the one that it left.
        await db.ImportedRecords.Where(r => r.SubjectId == record.SubjectId && r.RunId != record.RunId && r.VersionAfter == record.VersionAfter - 1)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.VersionAfter, record.VersionAfter + 1), cancel);
        return again;
    }

    Aggregate MakeAgain(ImportedRecord record, Type type)
    {
        var again = (Aggregate)Activator.CreateInstance(type, nonPublic: true)!;
        again.Version = record.VersionAfter + 1;
        var entry = db.Entry(again);
        entry.Property(nameof(Aggregate.Id)).CurrentValue = record.SubjectId;
        Snapshot.Restore(entry, record.Before!);
        entry.State = EntityState.Added;
        return again;
    }

    async Task DeleteAsync(Type type, Guid[] ids, CancellationToken cancel) =>
        await db.Database.ExecuteSqlRawAsync(ReversalSql.Delete(EntityOf(type)), [new NpgsqlParameter("ids", ids)], cancel);

    /// <summary>Neighbours of one kind go together: a subtree can only be deleted in one statement.</summary>
    static IEnumerable<(string Kind, Guid[] Ids)> InRuns(IEnumerable<ImportedRecord> records)
    {
        var ids = new List<Guid>();
        string? kind = null;
        foreach (var record in records)
        {
            if (kind is not null && record.SubjectKind != kind)
            {
                yield return (kind, [.. ids]);
                ids.Clear();
            }
            kind = record.SubjectKind;
            ids.Add(record.SubjectId);
        }
        if (kind is not null) yield return (kind, [.. ids]);
    }

    async Task<string> LabelAsync(ImportSubject subject, Guid id, CancellationToken cancel) =>
        await db.FindAsync(subject.Type, [id], cancel) is Aggregate record ? subject.Label(record) : "已删除的记录";

    IEntityType EntityOf(Type type) => db.Model.FindEntityType(type)!;
}

/// <summary>Statements over any table of the model; every name in them is the model's own.</summary>
static class ReversalSql
{
    public static string Versions(IEntityType entity) => $"""select id "Id", version "Version" from {Table(entity)} where id = any(@ids)""";

    public static string Delete(IEntityType entity) => $"delete from {Table(entity)} where id = any(@ids)";

    /// <summary>Which of some records are referred to by others than those that the same run has created.</summary>
    public static string References(IForeignKey reference)
    {
        var from = reference.DeclaringEntityType;
        var column = reference.Properties[0].GetColumnName(StoreObjectIdentifier.Create(from, StoreObjectType.Table)!.Value);
        return $"""
            select distinct d.{column} "Value" from {Table(from)} d where d.{column} = any(@ids)
            and not exists (select from imported_records r where r.run_id = @run and r.effect = 'Created' and r.subject_id = d.id)
            """;
    }

    static string Table(IEntityType entity) => $"\"{entity.GetTableName()}\"";
}
