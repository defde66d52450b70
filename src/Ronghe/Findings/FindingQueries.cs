using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Counts;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Findings;

/// <summary>One line of a list.</summary>
public sealed record FindingRow(
    Guid Id, string Number, string Description, string PlaceText, FindingGrade? Grade, FindingSource Source, FindingStatus Status,
    string? RectifierName, string UnitName, DateOnly? DueOn, DateTimeOffset ReportedAt, DateTimeOffset FoundAt, int EscalationLevel, bool IsSupervised, bool IsUrgent)
{
    /// <summary>What an act on this row must say it saw.</summary>
    public int Version { get; init; }
}

/// <summary>How much lies behind the quick filters.</summary>
/// <param name="New">Counted up to <see cref="MostNew"/>.</param>
public sealed record FindingCounts(long Waiting, long Open, long Overdue, int New)
{
    public const int MostNew = 1000;

    /// <summary>Everything that waits for me, findings and others: the number in the menu, read along.</summary>
    internal int AllWaiting { get; init; }
}

/// <summary>What a list is asked for. Blank means everything that I may see in my units.</summary>
public sealed record FindingFilter
{
    public const int MostPerPage = 200;

    public Guid? Unit { get; init; }
    public FindingStatus? Status { get; init; }
    /// <summary>Open ones: everything but closed, rejected and merged.</summary>
    public bool Open { get; init; }
    public bool Overdue { get; init; }
    public bool Supervised { get; init; }
    /// <summary>Those with my name on them, instead of those in my units.</summary>
    public bool Mine { get; init; }
    /// <summary>Those that wait for me to act, as “my work” counts them.</summary>
    public bool Waiting { get; init; }
    public FindingGrade? Grade { get; init; }
    public FindingSource? Source { get; init; }
    public string? Category { get; init; }
    public Guid? Place { get; init; }
    /// <summary>To be rectified by this day.</summary>
    public DateOnly? Due { get; init; }
    /// <summary>Reported on or after / on or before this day.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public string? Text { get; init; }
    public string? After { get; init; }
    /// <summary>The page that ends where this cursor stands; ignored beside <see cref="After"/>.</summary>
    public string? Before { get; init; }
    public int Limit { get; init; } = 50;

    /// <summary>The right whose reach bounds the list: viewing, or exporting.</summary>
    internal string Right { get; init; } = FindingPermissions.View;
}

/// <summary>Lists of findings. Newest first, paged by key, within the caller's units.</summary>
public sealed class FindingQueries(AppDb db, Me me, FindingWork work, Waiting waitingForMe, FindingSearch search, RowDensity density, UnitCounts counts, ReadOnce once, TimeProvider clock)
{
    public Task<Paged<FindingRow>> ListAsync(FindingFilter filter, CancellationToken cancel = default) =>
        PageAsync(filter, Rows, row => new Cursor(row.ReportedAt, row.Id), cancel);

    /// <summary>The query behind the first page, for those who measure it.</summary>
    public async Task<IQueryable<FindingRow>> FirstPageAsync(FindingFilter filter, CancellationToken cancel = default) => Rows(
        Newest(await IsLargeAsync(filter, cancel) ? AmongFirst(filter, back: false) : Scoped(filter, filter.Limit + 1, back: false), back: false).Take(filter.Limit + 1), back: false);

    /// <summary>The whole filtered list, in the order of the page.</summary>
    public IAsyncEnumerable<FindingRow> AllAsync(FindingFilter filter, CancellationToken cancel = default) =>
        StreamAsync(filter, Rows, row => new Cursor(row.ReportedAt, row.Id), cancel);

    /// <summary>What lies behind the quick filters in all units that I see, from the kept counts, in one round trip.</summary>
    public async Task<FindingCounts> CountsAsync(CancellationToken cancel = default)
    {
        var (waiting, everything, reach) = (work.WaitingIds(), waitingForMe.Ids(), me.ReachOf(FindingPermissions.View));
        var sums = counts.OfTopmost(reach, [FindingCounting.Open, FindingCounting.Due], clock.Today());
        var fresh = Newest(Scoped(new() { From = ThisWeek }, FindingCounts.MostNew, back: false), back: false).Take(FindingCounts.MostNew);
        var all = await once.GetAsync(("finding counts", me.Id), () => db.Units.Where(unit => unit.Id == me.CompanyId).Select(unit => new FindingCounts(
            waiting.Count(),
            sums.Where(sum => sum.Name == FindingCounting.Open).Sum(sum => sum.Total),
            sums.Where(sum => sum.Name == FindingCounting.Due).Sum(sum => sum.Total),
            fresh.Count()) { AllWaiting = everything.Count() }).SingleAsync(cancel));
        waitingForMe.Remember(all.AllWaiting);
        return all;
    }

    /// <summary>Monday.</summary>
    public DateOnly ThisWeek => clock.Today().Monday();

    /// <summary>One page of whatever a list needs of each finding. The projection must keep the order.</summary>
    internal async Task<Paged<T>> PageAsync<T>(FindingFilter filter, Func<IQueryable<Finding>, bool, IQueryable<T>> project, Func<T, Cursor> cursor, CancellationToken cancel)
    {
        var limit = Math.Clamp(filter.Limit, 1, FindingFilter.MostPerPage);
        var back = filter is { Before: not null, After: null };
        var rows = string.IsNullOrWhiteSpace(filter.Text)
            ? await ListedAsync(filter, limit + 1, back, project, cancel)
            : await FoundAsync(filter, limit + 1, back, project, cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        if (back) rows.Reverse();
        string? First() => rows.Count == 0 ? null : cursor(rows[0]).ToString();
        string? Last() => rows.Count == 0 ? null : cursor(rows[^1]).ToString();
        return back ? new(rows, Last(), more ? First() : null) : new(rows, more ? Last() : null, filter.After is null ? null : First());
    }

    internal async IAsyncEnumerable<T> StreamAsync<T>(FindingFilter filter, Func<IQueryable<Finding>, bool, IQueryable<T>> project, Func<T, Cursor> cursor,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var page = filter with { After = null, Before = null, Limit = FindingFilter.MostPerPage };
        do
        {
            var found = await PageAsync(page, project, cursor, cancel);
            foreach (var row in found.Rows) yield return row;
            page = page with { After = found.Next };
        } while (page.After is not null);
    }

    async Task<List<T>> ListedAsync<T>(FindingFilter filter, int take, bool back, Func<IQueryable<Finding>, bool, IQueryable<T>> project, CancellationToken cancel)
    {
        if (await IsLargeAsync(filter, cancel))
        {
            var rows = await project(Newest(AmongFirst(filter, back), back).Take(take), back).ToListAsync(cancel);
            if (rows.Count == take) return rows;
        }
        return await project(Newest(Scoped(filter, take, back), back).Take(take), back).ToListAsync(cancel);
    }

    /// <summary>Of so many findings of the company, in the order of the page, a large part holds a page or two.</summary>
    const int First = 5_000;
    const double Large = 0.02;

    /// <summary>A part of the company in which so much lies that walking its thousands of units costs more than passing over what is not in it.</summary>
    async Task<bool> IsLargeAsync(FindingFilter filter, CancellationToken cancel)
    {
        if (filter.Waiting || filter.Mine || (filter.Unit ?? me.CompanyId) == me.CompanyId && me.ReachOf(filter.Right).Contains(me.CompanyId)) return false;
        return await density.ShareAsync(filter.Unit is { } unit ? [unit] : me.ReachOf(filter.Right), cancel) >= Large;
    }

    /// <summary>
    /// The company's own order, and of each whether it lies in the units asked for. When the first ones do not fill the page, the rest is left
    /// to <see cref="Scoped"/>: whatever stands in few of them, the page is never wrong, only slower.
    /// </summary>
    IQueryable<Finding> AmongFirst(FindingFilter filter, bool back)
    {
        var ordered = new FindingFilter { Status = filter.Status, From = filter.From, To = filter.To, After = filter.After, Before = filter.Before };
        var first = Newest(Matching(db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId), ordered), back).Take(First);
        var (reach, roots) = (me.ReachOf(filter.Right), Roots(filter));
        var here = Matching(first, filter with { After = null, Before = null }).Where(f => db.NodeClosure.Any(c => c.DescendantId == f.UnitId && roots.Contains(c.AncestorId)));
        return filter.Unit is null || reach.Contains(me.CompanyId) ? here : here.Where(f => db.NodeClosure.Any(c => c.DescendantId == f.UnitId && reach.Contains(c.AncestorId)));
    }

    Guid[] Roots(FindingFilter filter) => filter.Unit is { } unit ? [unit] : [.. me.ReachOf(filter.Right)];

    /// <summary>Those that hold the words; among those of a person the words only sift.</summary>
    async Task<List<T>> FoundAsync<T>(FindingFilter filter, int take, bool back, Func<IQueryable<Finding>, bool, IQueryable<T>> project, CancellationToken cancel)
    {
        var words = WordCodes.ForQuery(filter.Text);
        if (words.Count == 0) return [];
        var found = filter.Mine || filter.Waiting
            ? search.Among(Scoped(filter, take, back), words)
            : await search.AllAsync(Matching(db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId), filter), words, filter, take, back, cancel);
        return await project(Newest(found, back).Take(take), back).ToListAsync(cancel);
    }

    /// <summary>
    /// The units asked for, each read in order by its own index and then merged: a subtree of n units costs n short index
    /// walks, however many rows lie in them. The whole company needs no units at all.
    /// </summary>
    IQueryable<Finding> Scoped(FindingFilter filter, int take, bool back)
    {
        var company = Matching(db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId), filter);
        if (filter.Waiting)
        {
            var waiting = work.WaitingIds();
            return company.Where(f => waiting.Contains(f.Id));
        }
        // A deadline is the rectifier's.
        if (filter is { Mine: true, Due: not null }) return company.Where(f => f.RectifierId == me.PersonId);
        if (filter.Mine) return company.Where(f => f.RectifierId == me.PersonId || f.VerifierId == me.PersonId || f.ReporterId == me.PersonId || f.EscalatedToId == me.PersonId);
        var reach = me.ReachOf(filter.Right);
        var everything = reach.Contains(me.CompanyId);
        if (everything && (filter.Unit is null || filter.Unit == me.CompanyId)) return company;
        var roots = Roots(filter);
        var units = db.NodeClosure.Where(c => roots.Contains(c.AncestorId));
        if (filter.Unit is not null && !everything)
            units = units.Where(c => db.NodeClosure.Any(mine => mine.DescendantId == c.DescendantId && reach.Contains(mine.AncestorId)));
        return company.PerUnit(units.Select(c => c.DescendantId).Distinct(), take, newestFirst: !back);
    }

    IQueryable<Finding> Matching(IQueryable<Finding> findings, FindingFilter filter)
    {
        var today = clock.Today();
        if (filter.Status is { } status) findings = findings.Where(f => f.Status == status);
        if (filter.Open) findings = findings.Open();
        if (filter.Overdue) findings = findings.Overdue(today);
        if (filter.Due is { } due) findings = findings.Where(f => f.Status == FindingStatus.Assigned && f.DueOn == due);
        if (filter.Supervised) findings = findings.Open().Where(f => f.SupervisedAt != null);
        if (filter.Grade is { } grade) findings = findings.Where(f => f.Grade == grade);
        if (filter.Source is { } source) findings = findings.Where(f => f.Source == source);
        if (filter.Category is { Length: > 0 } category) findings = findings.Where(f => f.CategoryId == category || f.CategoryId!.StartsWith(category + "-"));
        if (filter.Place is { } place) findings = findings.Where(f => f.PlaceId == place || db.Places.Any(p => p.Id == f.PlaceId && p.ParentId == place));
        if (filter.From is { } from) { var start = from.At(TimeOnly.MinValue); findings = findings.Where(f => f.ReportedAt >= start); }
        if (filter.To is { } to) { var end = to.End(); findings = findings.Where(f => f.ReportedAt < end); }
        if (Cursor.Parse(filter.After) is { } after)
            return findings.Where(f => EF.Functions.LessThan(ValueTuple.Create(f.ReportedAt, f.Id), ValueTuple.Create(after.At, after.Id)));
        return Cursor.Parse(filter.Before) is { } before
            ? findings.Where(f => EF.Functions.GreaterThan(ValueTuple.Create(f.ReportedAt, f.Id), ValueTuple.Create(before.At, before.Id)))
            : findings;
    }

    static IOrderedQueryable<Finding> Newest(IQueryable<Finding> findings, bool back) => back
        ? findings.OrderBy(f => f.ReportedAt).ThenBy(f => f.Id)
        : findings.OrderByDescending(f => f.ReportedAt).ThenByDescending(f => f.Id);

    /// <summary>The joins lose the order of the page, so it is asked for again.</summary>
    IQueryable<FindingRow> Rows(IQueryable<Finding> findings, bool back) =>
        from f in Newest(findings, back)
        select new FindingRow(f.Id, f.Number, f.Description, f.PlaceText, f.Grade, f.Source, f.Status,
            db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), db.Units.First(u => u.Id == f.UnitId).Name, f.DueOn,
            f.ReportedAt, f.FoundAt, f.EscalationLevel, f.SupervisedAt != null, f.IsUrgent) { Version = f.Version };

}

public static class FindingFilters
{
    public static IQueryable<Finding> Open(this IQueryable<Finding> findings) =>
        findings.Where(f => f.Status == FindingStatus.Reported || f.Status == FindingStatus.Assigned || f.Status == FindingStatus.Rectified || f.Status == FindingStatus.Verified);

    public static IQueryable<Finding> Overdue(this IQueryable<Finding> findings, DateOnly today) =>
        findings.Where(f => f.Status == FindingStatus.Assigned && f.DueOn < today);

    /// <summary>
    /// The first of each unit, read in order from that unit's own index: what n units cost does not depend on how many rows lie in them.
    /// No finding has the id of a unit; saying so keeps the lateral join, for without it EF numbers the rows of the whole company first.
    /// </summary>
    public static IQueryable<Finding> PerUnit(this IQueryable<Finding> findings, IQueryable<Guid> units, int most, bool newestFirst) => newestFirst
        ? units.SelectMany(unit => findings.Where(f => f.UnitId == unit && f.Id != unit).OrderByDescending(f => f.ReportedAt).ThenByDescending(f => f.Id).Take(most))
        : units.SelectMany(unit => findings.Where(f => f.UnitId == unit && f.Id != unit).OrderBy(f => f.ReportedAt).ThenBy(f => f.Id).Take(most));
}
