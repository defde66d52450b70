using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// Carries out one import: new records by bulk copy, changed ones through the change tracker; for each a row in the journal and a
/// record of what was done, so that it can be undone.
/// </summary>
public sealed class ImportWriter(AppDb db, ImportRun run, IEnumerable<ImportSubject> subjects, Me me, DateTimeOffset at)
{
    readonly Dictionary<Type, ImportSubject> _subjects = subjects.ToDictionary(subject => subject.Type);
    readonly List<ImportedRecord> _records = [];
    readonly List<JournalRow> _journal = [];
    readonly Dictionary<Guid, object> _parts = [];
    readonly string _data = $$"""{"run":"{{run.Id}}"}""";

    public AppDb Db => db;
    public Me Me => me;
    public DateTimeOffset At => at;
    public int Created { get; private set; }
    public int Changed { get; private set; }

    /// <summary>New records of one type. They may be made while they are taken.</summary>
    public Task CreateAsync<T>(IEnumerable<T> records, CancellationToken cancel) where T : Aggregate
    {
        var subject = _subjects[typeof(T)];
        return db.CopyAsync(records.Select(record =>
        {
            NoteCreated(subject, record);
            return record;
        }), cancel);
    }

    /// <summary>Parts of new records, which come and go with them.</summary>
    public Task CreatePartsAsync<T>(IEnumerable<T> parts, CancellationToken cancel) where T : class => db.CopyAsync(parts, cancel);

    /// <summary>Saves what verbs did to tracked records. New ones among them were journalled by the act that made them.</summary>
    public async Task SaveChangesAsync(CancellationToken cancel)
    {
        db.ChangeTracker.DetectChanges();
        foreach (var entry in db.ChangeTracker.Entries<Aggregate>())
        {
            if (!_subjects.TryGetValue(entry.Entity.GetType(), out var subject)) continue;
            if (entry.State == EntityState.Modified) Note(subject, entry.Entity, ImportEffect.Changed, Snapshot.Of(entry, whole: false, _parts.GetValueOrDefault(entry.Entity.Id)), entry.Entity.Version + 1);
            else if (entry.State == EntityState.Deleted) Note(subject, entry.Entity, ImportEffect.Removed, Snapshot.Of(entry, whole: true), entry.Entity.Version + 1);
            else continue;
            Changed++;
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Parts of a changed record that no column holds; its importer puts them back when the import is undone.</summary>
    public void KeepParts(Guid id, object parts) => _parts[id] = parts;

    /// <summary>Takes charge of records that another act has made within this import, so that undoing removes them too.</summary>
    public void Adopt<T>(IEnumerable<T> records) where T : Aggregate
    {
        foreach (var record in records) AddRecord(_subjects[typeof(T)], record, ImportEffect.Created, null, record.Version);
    }

    public async Task FinishAsync(CancellationToken cancel)
    {
        await db.CopyAsync(_records, cancel);
        await db.CopyAsync(_journal, cancel);
    }

    void NoteCreated(ImportSubject subject, Aggregate record)
    {
        Created++;
        Note(subject, record, ImportEffect.Created, null, record.Version);
    }

    void Note(ImportSubject subject, Aggregate record, ImportEffect effect, string? before, int versionAfter)
    {
        AddRecord(subject, record, effect, before, versionAfter);
        var row = new JournalRow
        {
            At = at, ActorId = me.PersonId, NodeId = subject.Node(record), SubjectKind = subject.Kind, SubjectId = record.Id, SubjectVersion = versionAfter,
            Event = ImportEvents.Of(subject.Kind, effect), Data = _data, SubjectDigest = effect == ImportEffect.Removed ? null : db.DigestOf(record),
        };
        if (effect == ImportEffect.Created) db.AttestNew(record, row);
        _journal.Add(row);
    }

    void AddRecord(ImportSubject subject, Aggregate record, ImportEffect effect, string? before, int versionAfter) =>
        _records.Add(new ImportedRecord
        {
            RunId = run.Id, Position = _records.Count, SubjectKind = subject.Kind, SubjectId = record.Id,
            Effect = effect, Before = before, VersionAfter = versionAfter,
        });
}

/// <summary>What the journal says of records that a file made or changed.</summary>
static class ImportEvents
{
    public const string Imported = "import.applied", Undone = "import.undone", Checked = "import.checked", MappingSaved = "import-mapping.saved";

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(ImportActions.Kind, "表格导入", new Dictionary<string, string> { [Checked] = "核对", [Imported] = "导入", [Undone] = "撤销" }) { Href = id => $"/imports/{id}" },
        new("import-mapping", "导入的列对应", new Dictionary<string, string> { [MappingSaved] = "保存" }),
    ];

    public static string Of(string kind, ImportEffect effect) => effect switch
    {
        ImportEffect.Created => kind + ".imported", ImportEffect.Changed => kind + ".changed-by-import", _ => kind + ".removed-by-import",
    };

    public static string Undo(string kind) => kind + ".import-undone";
}
