using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Safety.Checklists;

public sealed record ChecklistRow(Guid Id, string Code, string Name, string Scope, string Cadence, string Source, int Number, bool IsActive, bool IsEdited);

/// <summary>A checklist in one of its versions.</summary>
public sealed record ChecklistDetail(Guid Id, int Version, string Code, ChecklistFacts Facts, int Number, bool IsActive, bool IsEdited, IReadOnlyList<ChecklistEdition> Editions);

public sealed record ChecklistEdition(int Number, DateTimeOffset At, string? By);

/// <summary>The checklists as the plant keeps them: every change makes a version, is told to the journal and survives later content.</summary>
public sealed class ChecklistBook(AppDb db, Me me, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "checklist";

    /// <summary>The rule's citation when the source is one of the book, else the words as they are.</summary>
    public string CitationOf(string source) => rules.Find(source)?.Citation ?? source;

    public async Task<IReadOnlyList<ChecklistRow>> AllAsync(CancellationToken cancel = default) => await db.Checklists.AsNoTracking().OrderBy(list => list.Code)
        .Select(list => new ChecklistRow(list.Id, list.Code, list.Name, list.Scope, list.Cadence, list.Source, list.Number, list.IsActive, list.EditedAt != null)).ToListAsync(cancel);

    /// <param name="code">Of the list.</param>
    /// <param name="number">Of the version; the one in use when null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ChecklistDetail> FindAsync(string code, int? number, CancellationToken cancel = default)
    {
        var list = await db.Checklists.AsNoTracking().SingleOrDefaultAsync(list => list.Code == code, cancel) ?? throw new NotFound("这张检查表");
        var wanted = number ?? list.Number;
        var editions = await db.ChecklistVersions.AsNoTracking().Where(version => version.ChecklistId == list.Id).OrderByDescending(version => version.Number)
            .Select(version => new { version.Number, version.At, By = db.People.Where(p => p.Id == version.ById).Select(p => p.Name).FirstOrDefault() }).ToListAsync(cancel);
        var shown = await db.ChecklistVersions.AsNoTracking().SingleOrDefaultAsync(version => version.ChecklistId == list.Id && version.Number == wanted, cancel) ?? throw new NotFound("检查表的这个版本");
        return new(list.Id, list.Version, list.Code, new(shown.Name, list.Scope, list.Cadence, list.Source, ChecklistItem.Read(shown.Items)), shown.Number, list.IsActive, list.EditedAt is not null,
            editions.ConvertAll(edition => new ChecklistEdition(edition.Number, edition.At, edition.By)));
    }

    public async Task<string> CreateAsync(ChecklistFacts facts, CancellationToken cancel = default)
    {
        RequireRight();
        var own = await db.Checklists.CountAsync(list => list.Code.StartsWith("CK-P"), cancel);
        var created = new Checklist($"CK-P{own + 1:00}", facts);
        db.Checklists.Add(created);
        db.ChecklistVersions.Add(created.VersionOf(facts, me.PersonId, clock.GetUtcNow()));
        Record(created, "created");
        await db.SaveChangesAsync(cancel);
        return created.Code;
    }

    public async Task RestateAsync(string code, int version, Func<ChecklistFacts, ChecklistFacts> change, CancellationToken cancel = default)
    {
        var list = await LoadAsync(code, version, cancel);
        var facts = change((await FindAsync(code, null, cancel)).Facts);
        db.ChecklistVersions.Add(list.Restate(facts, me.PersonId, clock.GetUtcNow()));
        Record(list, "restated");
        await db.SaveChangesAsync(cancel);
    }

    public async Task RetireAsync(string code, int version, CancellationToken cancel = default)
    {
        var list = await LoadAsync(code, version, cancel);
        list.Retire(clock.GetUtcNow());
        Record(list, "retired");
        await db.SaveChangesAsync(cancel);
    }

    public async Task RestoreAsync(string code, int version, CancellationToken cancel = default)
    {
        var list = await LoadAsync(code, version, cancel);
        list.Restore(clock.GetUtcNow());
        Record(list, "restored");
        await db.SaveChangesAsync(cancel);
    }

    async Task<Checklist> LoadAsync(string code, int version, CancellationToken cancel)
    {
        RequireRight();
        var list = await db.Checklists.SingleOrDefaultAsync(list => list.Code == code, cancel) ?? throw new NotFound("这张检查表");
        if (list.Version != version) throw new StaleWrite($"“{list.Name}”刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
        return list;
    }

    void RequireRight()
    {
        if (!me.May(ChecklistPermissions.Manage)) throw new Forbidden("您没有调整检查表的权限。需要的话，请联系安全监察部门。");
    }

    void Record(Checklist list, string @event) =>
        db.Record(list, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { list.Code, list.Name, list.Number });
}
