using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Safety.Violations;

/// <summary>The dictionary of violations as the plant keeps it: every change is told to the journal and survives later content versions.</summary>
public sealed class ViolationDictionary(AppDb db, Me me, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "violation-kind";
    const string OwnPrefix = "VK-P";

    /// <summary>Retired ones too, in the order of their codes.</summary>
    public async Task<IReadOnlyList<ViolationKind>> AllAsync(CancellationToken cancel = default) =>
        await db.ViolationKinds.AsNoTracking().OrderBy(kind => kind.Id).ToListAsync(cancel);

    /// <summary>Source and article behind an id such as WZ-05; other words stand for themselves.</summary>
    public string? CitationOf(string source) => source == "" ? null : rules.Find(source)?.Citation ?? source;

    /// <param name="id">Code of the entry.</param>
    /// <param name="seen">When the entry was last changed, as the page showed it.</param>
    /// <param name="words">What it says from now on.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task ChangeAsync(string id, long seen, ViolationKindWords words, CancellationToken cancel = default) =>
        ActAsync(id, seen, "changed", kind => kind.Restate(words, clock.GetUtcNow()), cancel);

    /// <summary>A retired one is no longer offered for choice; violations that have it keep it.</summary>
    public Task SetActiveAsync(string id, long seen, bool active, CancellationToken cancel = default) =>
        ActAsync(id, seen, active ? "restored" : "retired", kind => kind.SetActive(active, clock.GetUtcNow()), cancel);

    /// <summary>Adds one of the plant's own; its code never meets one of the content pack.</summary>
    public async Task<string> AddAsync(ViolationKindWords words, CancellationToken cancel = default)
    {
        RequireRight();
        var own = await db.ViolationKinds.CountAsync(kind => kind.Id.StartsWith(OwnPrefix), cancel);
        var added = ViolationKind.OfPlant($"{OwnPrefix}{own + 1:00}", words, clock.GetUtcNow());
        db.ViolationKinds.Add(added);
        Record(added, "added");
        await db.SaveChangesAsync(cancel);
        return added.Id;
    }

    async Task ActAsync(string id, long seen, string @event, Action<ViolationKind> act, CancellationToken cancel)
    {
        RequireRight();
        var kind = await db.ViolationKinds.SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这种违章");
        if (kind.Seen != seen) throw new StaleWrite($"“{kind.Name}”刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
        act(kind);
        Record(kind, @event);
        await db.SaveChangesAsync(cancel);
    }

    void RequireRight()
    {
        if (!me.May(ViolationPermissions.Configure)) throw new Forbidden("您没有调整违章字典的权限。需要的话，请联系安全监察部门。");
    }

    /// <summary>An entry has a code, not an id; it stands in the particulars, under the company.</summary>
    void Record(ViolationKind kind, string @event) => db.Journal.Add(new JournalRow
    {
        At = clock.GetUtcNow(), ActorId = me.PersonId, NodeId = me.CompanyId, SubjectKind = Kind, SubjectId = me.CompanyId, Event = $"{Kind}.{@event}",
        Data = JsonSerializer.Serialize(new { kind.Id, kind.Name, kind.Nature, kind.Degree, kind.Source, kind.IsActive }, Recording.Format),
    });
}
