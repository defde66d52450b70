using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>The hazard dictionary as the plant keeps it: every change is told to the journal and survives later content versions.</summary>
public sealed class HazardDictionary(AppDb db, Me me, TimeProvider clock)
{
    public const string Kind = "hazard-category";

    /// <summary>Retired ones too; groups and their kinds in the order of their codes.</summary>
    public async Task<IReadOnlyList<HazardCategory>> AllAsync(CancellationToken cancel = default) =>
        await db.HazardCategories.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancel);

    /// <param name="id">Code of the entry.</param>
    /// <param name="seen">When the entry was last changed, as the page showed it.</param>
    /// <param name="words">What it says from now on.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task ChangeAsync(string id, long seen, CategoryWords words, CancellationToken cancel = default) =>
        ActAsync(id, seen, "changed", category => category.Restate(words, clock.GetUtcNow()), cancel);

    /// <summary>No longer offered for choice; findings that have it keep it.</summary>
    public Task RetireAsync(string id, long seen, CancellationToken cancel = default) =>
        ActAsync(id, seen, "retired", category => category.Retire(clock.GetUtcNow()), cancel);

    public Task RestoreAsync(string id, long seen, CancellationToken cancel = default) =>
        ActAsync(id, seen, "restored", category => category.Restore(clock.GetUtcNow()), cancel);

    /// <summary>Adds a kind of the plant's own; its code begins with the group's and never meets one of the content pack.</summary>
    public async Task<string> AddAsync(string groupId, CategoryWords words, CancellationToken cancel = default)
    {
        RequireRight();
        if (!await db.HazardCategories.AnyAsync(c => c.Id == groupId && c.GroupId == null, cancel)) throw new NotFound("这个大类");
        var own = await db.HazardCategories.CountAsync(c => c.GroupId == groupId && c.Id.StartsWith(groupId + "-P"), cancel);
        var category = HazardCategory.OfPlant($"{groupId}-P{own + 1:00}", groupId, words, clock.GetUtcNow());
        db.HazardCategories.Add(category);
        Record(category, "added");
        await db.SaveChangesAsync(cancel);
        return category.Id;
    }

    async Task ActAsync(string id, long seen, string @event, Action<HazardCategory> act, CancellationToken cancel)
    {
        RequireRight();
        var category = await db.HazardCategories.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("这个分类");
        if (category.Seen != seen) throw new StaleWrite($"“{category.Name}”刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
        act(category);
        Record(category, @event);
        await db.SaveChangesAsync(cancel);
    }

    void RequireRight()
    {
        if (!me.May(FindingPermissions.Configure)) throw new Forbidden("您没有调整分类字典的权限。需要的话，请联系安全监察部门。");
    }

    /// <summary>An entry has a code, not an id; it stands in the particulars, under the company.</summary>
    void Record(HazardCategory category, string @event) => db.Journal.Add(new JournalRow
    {
        At = clock.GetUtcNow(), ActorId = me.PersonId, NodeId = me.CompanyId, SubjectKind = Kind, SubjectId = me.CompanyId, Event = $"{Kind}.{@event}",
        Data = JsonSerializer.Serialize(new { category.Id, category.Name, category.Aliases, category.TypicalGrade, category.GradeNote, category.Source, category.IsActive }, Recording.Format),
    });
}

/// <summary>What an entry of the hazard dictionary says.</summary>
public sealed record CategoryWords(string Name, string[] Aliases, string TypicalGrade, string GradeNote, string[] Examples, string Source);
