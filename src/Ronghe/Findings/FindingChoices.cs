using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Web;

namespace Ronghe.Findings;

/// <summary>A unit or a hazard category that can be chosen; nested under its parent.</summary>
public sealed record FindingChoice(string Id, string? ParentId, string Name, string TypicalGrade, string Source)
{
    /// <summary>0 at the top of what is shown.</summary>
    public int Depth { get; init; }
}

public sealed record FindingChoiceLists(IReadOnlyList<FindingChoice> Units, IReadOnlyList<FindingChoice> Categories, ListSettings List);

/// <summary>What filters and forms offer for choice, in one round trip.</summary>
public sealed class FindingChoices(AppDb db, Me me, FindingAccess access, FindingQueries queries, ListSettingQueries lists, ReadOnce once)
{
    /// <summary>Beyond this many units, the ones nearest to the top; any other can still stand in the address of the list.</summary>
    const int MostUnits = 200;
    const int MostPicks = 8;

    public Task<FindingChoiceLists> AllAsync(Guid? chosenUnit = null, CancellationToken cancel = default) =>
        once.GetAsync(("choices", me.PersonId, chosenUnit), () => ReadAsync(chosenUnit, cancel));

    async Task<FindingChoiceLists> ReadAsync(Guid? chosenUnit, CancellationToken cancel)
    {
        var rows = await Units(chosenUnit).Concat(Categories()).Concat(OwnSettings()).ToListAsync(cancel);
        var settings = rows.Where(r => r.Kind == RowKind.Setting)
            .Select(r => new ListSettingLine { Id = Guid.TryParse(r.Id, out var id) ? id : null, Name = r.ParentId, Words = r.Name, IsDefault = r.Position == 1 }).ToList();
        return new(Nested(rows.Where(r => r.Kind == RowKind.Unit)), Nested(rows.Where(r => r.Kind == RowKind.Category)), ListSettingQueries.Of(FindingListing.Key, settings));
    }

    public async Task<IReadOnlyList<FindingChoice>> CategoriesAsync(CancellationToken cancel = default) => Nested(await Categories().ToListAsync(cancel));

    /// <summary>Words for ids that a form already holds: names of people and units, numbers of findings that I may see.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default)
    {
        if (ids.Count == 0) return new Dictionary<Guid, string>();
        return await db.People.Where(p => ids.Contains(p.Id) && p.CompanyId == me.CompanyId).Select(p => new { p.Id, p.Name })
            .Concat(db.Units.Where(u => ids.Contains(u.Id) && u.CompanyId == me.CompanyId).Select(u => new { u.Id, u.Name }))
            .Concat(access.Visible().Where(f => ids.Contains(f.Id)).Select(f => new { f.Id, Name = f.Number + " " + f.Description }))
            .ToDictionaryAsync(named => named.Id, named => named.Name, cancel);
    }

    /// <summary>Findings that another may be merged into, by number or words, newest first.</summary>
    public async Task<IReadOnlyList<Pick>> FindAsync(string words, Guid? except, CancellationToken cancel = default)
    {
        // Some of those found cannot be merged into; asking for more of them leaves enough.
        var found = (await queries.ListAsync(new() { Text = words, Limit = 3 * MostPicks }, cancel)).Rows;
        var rows = found.Where(f => f.Id != except && f.Status is not (FindingStatus.Merged or FindingStatus.Rejected)).Take(MostPicks);
        return [.. rows.Select(f => new Pick(f.Id, $"{f.Number} {f.Description}", $"{f.PlaceText} · {f.Status.Title()}"))];
    }

    IQueryable<Row> Units(Guid? chosen)
    {
        var reach = me.ReachOf(FindingPermissions.View);
        var near = from c in db.NodeClosure
                   where reach.Contains(c.AncestorId)
                   group c.Depth by c.DescendantId into depths
                   select new { UnitId = depths.Key, Depth = depths.Min() };
        return (from n in near
                join u in db.Units on n.UnitId equals u.Id
                where u.ClosedOn == null || u.Id == chosen
                orderby u.Id == chosen descending, n.Depth, u.Position
                select new Row { Kind = RowKind.Unit, Id = u.Id.ToString(), ParentId = u.ParentId.ToString(), Name = u.Name, Position = u.Position, TypicalGrade = "", Source = "" })
            .Take(MostUnits);
    }

    IQueryable<Row> Categories() => db.HazardCategories.Where(c => c.IsActive)
        .Select(c => new Row { Kind = RowKind.Category, Id = c.Id, ParentId = c.GroupId, Name = c.Name, Position = 0, TypicalGrade = c.TypicalGrade, Source = c.Source });

    /// <summary>How I want the list, read along.</summary>
    IQueryable<Row> OwnSettings() => lists.Lines(me.PersonId ?? Guid.Empty, FindingListing.Key)
        .Select(l => new Row { Kind = RowKind.Setting, Id = l.Id.ToString()!, ParentId = l.Name, Name = l.Words, Position = l.IsDefault ? 1 : 0, TypicalGrade = "", Source = "" });

    static List<FindingChoice> Nested(IEnumerable<Row> rows)
    {
        var all = rows.OrderBy(r => r.Position).ThenBy(r => r.Id, StringComparer.Ordinal).ToList();
        var known = all.Select(r => r.Id).ToHashSet();
        var below = all.ToLookup(r => r.ParentId is { } parent && known.Contains(parent) ? parent : "");
        var nested = new List<FindingChoice>();
        void Add(string parent, int depth)
        {
            foreach (var row in below[parent])
            {
                nested.Add(new(row.Id, row.ParentId, row.Name, row.TypicalGrade, row.Source) { Depth = depth });
                Add(row.Id, depth + 1);
            }
        }
        Add("", 0);
        return nested;
    }

    enum RowKind { Unit, Category, Setting }

    sealed record Row
    {
        public RowKind Kind { get; init; }
        public required string Id { get; init; }
        public string? ParentId { get; init; }
        public required string Name { get; init; }
        public int Position { get; init; }
        public required string TypicalGrade { get; init; }
        public required string Source { get; init; }
    }
}
