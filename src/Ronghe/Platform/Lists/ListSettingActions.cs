using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Lists;

/// <summary>A person's own lists. Nobody else sees them, so the journal does not tell of them.</summary>
public sealed class ListSettingActions(AppDb db)
{
    /// <summary>A filter of the same name is replaced. The default is one at most.</summary>
    public async Task SaveAsync(Guid personId, string list, string name, string? query, bool isDefault, CancellationToken cancel = default)
    {
        var wanted = new SavedFilter(personId, list, name, query, isDefault);
        var own = await OwnAsync(personId, list, cancel);
        if (own.Find(filter => filter.Name == wanted.Name) is { } known) known.Restate(wanted);
        else if (own.Count >= SavedFilter.Most) throw new Refusal($"一个列表最多保存 {SavedFilter.Most} 个筛选，没有保存。请先删掉不用的。");
        else db.SavedFilters.Add(wanted);
        if (isDefault) foreach (var other in own.Where(filter => filter.Name != wanted.Name)) other.IsDefault = false;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The list opens with this one; with none when null.</summary>
    public async Task MakeDefaultAsync(Guid personId, string list, Guid? id, CancellationToken cancel = default)
    {
        var own = await OwnAsync(personId, list, cancel);
        if (id is not null && own.TrueForAll(filter => filter.Id != id)) throw new NotFound("这个筛选");
        foreach (var filter in own) filter.IsDefault = filter.Id == id;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What is gone already counts as removed.</summary>
    public Task RemoveAsync(Guid personId, string list, Guid id, CancellationToken cancel = default) =>
        db.SavedFilters.Where(filter => filter.PersonId == personId && filter.List == list && filter.Id == id).ExecuteDeleteAsync(cancel);

    /// <summary>Headings that are not named are left out from now on; unknown ones mean nothing.</summary>
    public async Task ChooseColumnsAsync(Guid personId, ListDescription list, IReadOnlyCollection<string> shown, CancellationToken cancel = default)
    {
        var hidden = string.Join('\n', list.Columns.Except(shown));
        var own = await db.ListColumns.FirstOrDefaultAsync(columns => columns.PersonId == personId && columns.List == list.Key, cancel);
        if (own is null) db.ListColumns.Add(new ListColumns { PersonId = personId, List = list.Key, Hidden = hidden });
        else own.Hidden = hidden;
        await db.SaveChangesAsync(cancel);
    }

    Task<List<SavedFilter>> OwnAsync(Guid personId, string list, CancellationToken cancel) =>
        db.SavedFilters.Where(filter => filter.PersonId == personId && filter.List == list).ToListAsync(cancel);
}
