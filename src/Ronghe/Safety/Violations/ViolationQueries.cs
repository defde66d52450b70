using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Violations;

/// <summary>One line of a list.</summary>
/// <param name="Who">Null where the reader may not know whose it is; then the post stands for the person.</param>
public sealed record ViolationRow(Guid Id, string Kind, string Nature, string Degree, string Place, string Unit, string Post, string? Who, DateOnly On, ViolationState State, DateTimeOffset NotedAt);

public sealed record ViolationFilter
{
    public const int MostPerPage = 200;

    public Guid? Unit { get; init; }
    public ViolationState? State { get; init; }
    public string? Nature { get; init; }
    public bool Mine { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>One violation. For a reader without the names, what was seen and said is left out as well, for it tells whose it is.</summary>
public sealed record ViolationDetail(
    Guid Id, int Version, ViolationRow Row, string RightPractice, string? Evidence, string? NotedBy, string? Hearing, string? HeardBy, DateTimeOffset? HeardAt, string? DecidedBy,
    DateTimeOffset? DecidedAt, string? Reason, bool IsMine, IReadOnlyList<RelatedRecord> Related, IReadOnlyList<ViolationAct> Acts)
{
    public bool Can(ViolationVerb verb) => Acts.Any(act => act.Verb == verb && act.Obstacle is null);
}

public sealed record RelatedRecord(string KindTitle, string Name, string? Href);
public sealed record ViolationAct(ViolationVerb Verb, string? Obstacle);
public sealed record ViolationSum(string Kind, string Nature, int Count);

/// <summary>Violations that I may see, newest first, single ones, and how many there were.</summary>
public sealed class ViolationQueries(AppDb db, Me me, ViolationAccess access, LinkNames links, JournalCatalogue catalogue, TimeProvider clock)
{
    const int MostWaiting = 50;

    public static readonly WaitingSource Waiting = new(
        scope => scope.GetRequiredService<ViolationQueries>().Waits().Select(violation => violation.Id),
        (scope, cancel) => scope.GetRequiredService<ViolationQueries>().WaitingAsync(cancel));

    public async Task<Paged<ViolationRow>> ListAsync(ViolationFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, ViolationFilter.MostPerPage);
        var violations = access.Visible().AsNoTracking();
        if (filter.Mine) violations = violations.Where(one => one.PersonId == me.PersonId);
        if (filter.Unit is { } unit) violations = violations.Where(one => db.NodeClosure.Any(c => c.DescendantId == one.UnitId && c.AncestorId == unit));
        if (filter.State is { } state) violations = violations.Where(one => one.State == state);
        if (filter.Nature is { Length: > 0 } nature) violations = violations.Where(one => db.ViolationKinds.Any(kind => kind.Id == one.KindId && kind.Nature == nature));
        if (Cursor.Parse(filter.After) is { } after)
            violations = violations.Where(one => EF.Functions.LessThan(ValueTuple.Create(one.NotedAt, one.Id), ValueTuple.Create(after.At, after.Id)));
        var rows = await Rows(violations.OrderByDescending(one => one.NotedAt).ThenByDescending(one => one.Id).Take(limit + 1)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? new Cursor(rows[^1].NotedAt, rows[^1].Id).ToString() : null);
    }

    public async Task<ViolationDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var one = access.Visible().AsNoTracking().Where(violation => violation.Id == id);
        var row = await Rows(one).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条违章记录");
        var found = await one.Select(violation => new
        {
            Violation = violation, RightPractice = db.ViolationKinds.First(kind => kind.Id == violation.KindId).RightPractice,
            NotedBy = db.People.Where(p => p.Id == violation.NotedById).Select(p => p.Name).FirstOrDefault(),
            HeardBy = db.People.Where(p => p.Id == violation.HeardById).Select(p => p.Name).FirstOrDefault(),
            DecidedBy = db.People.Where(p => p.Id == violation.DecidedById).Select(p => p.Name).FirstOrDefault(),
            Path = db.NodeClosure.Where(c => c.DescendantId == violation.UnitId).Select(c => c.AncestorId).ToArray(),
        }).SingleAsync(cancel);
        var v = found.Violation;
        var acts = Violation.Possible.Keys.Where(verb => access.MayEver(v, verb, found.Path)).Select(verb => new ViolationAct(verb, v.Obstacle(verb))).ToList();
        if (row.Who is null) return new(id, v.Version, row, found.RightPractice, null, null, null, null, null, null, v.DecidedAt, null, false, [], []);
        return new(id, v.Version, row, found.RightPractice, v.Evidence, found.NotedBy, v.Hearing, found.HeardBy, v.HeardAt, found.DecidedBy, v.DecidedAt, v.Reason,
            v.PersonId == me.PersonId, await RelatedAsync(id, cancel), acts);
    }

    /// <summary>What counts, by kind, within my units: how many, never who.</summary>
    public async Task<IReadOnlyList<ViolationSum>> SumsAsync(Guid unit, DateOnly first, DateOnly last, CancellationToken cancel = default)
    {
        var sums = await (
            from violation in access.Visible()
            where violation.State == ViolationState.Confirmed && violation.On >= first && violation.On <= last
                && db.NodeClosure.Any(c => c.DescendantId == violation.UnitId && c.AncestorId == unit)
            join kind in db.ViolationKinds on violation.KindId equals kind.Id
            group kind by new { kind.Name, kind.Nature } into same
            select new { same.Key.Name, same.Key.Nature, Count = same.Count() }).ToListAsync(cancel);
        return [.. sums.OrderByDescending(sum => sum.Count).ThenBy(sum => sum.Name, StringComparer.Ordinal).Select(sum => new ViolationSum(sum.Name, sum.Nature, sum.Count))];
    }

    IQueryable<ViolationRow> Rows(IQueryable<Violation> violations)
    {
        var named = db.Violations.Where(access.IsNamedToMe()).Select(violation => violation.Id);
        return from violation in violations
               join kind in db.ViolationKinds on violation.KindId equals kind.Id
               orderby violation.NotedAt descending, violation.Id descending
               select new ViolationRow(violation.Id, kind.Name, kind.Nature, kind.Degree, violation.PlaceText, db.Units.First(u => u.Id == violation.UnitId).Name,
                   violation.PersonId == null ? "外委人员" : db.People.Where(p => p.Id == violation.PersonId).Select(p => p.JobTitle != "" ? p.JobTitle : p.Position).First(),
                   named.Contains(violation.Id) ? violation.PersonId == null ? violation.PersonText : db.People.First(p => p.Id == violation.PersonId).Name : null,
                   violation.On, violation.State, violation.NotedAt);
    }

    async Task<IReadOnlyList<RelatedRecord>> RelatedAsync(Guid id, CancellationToken cancel)
    {
        var rows = await db.Links.AsNoTracking().Where(link => link.FromKind == ViolationActions.Kind && link.FromId == id).OrderBy(link => link.At)
            .Select(link => new { link.ToKind, link.ToId }).Take(20).ToListAsync(cancel);
        var related = new List<RelatedRecord>();
        foreach (var row in rows)
            if (await links.OfAsync(row.ToKind, row.ToId, cancel) is { } name)
                related.Add(new(catalogue.TitleOf(row.ToKind), name, catalogue.Of(row.ToKind)?.Href?.Invoke(row.ToId)));
        return related;
    }

    /// <summary>Mine that I have not been heard on; heard ones that I may decide as the second person.</summary>
    IQueryable<Violation> Waits()
    {
        var reach = me.ReachOf(ViolationPermissions.Decide);
        return db.Violations.AsNoTracking().Where(one => one.CompanyId == me.CompanyId && (
                (one.State == ViolationState.Noted && one.PersonId == me.PersonId)
                || (one.State == ViolationState.Heard && one.PersonId != me.PersonId && one.NotedById != me.PersonId
                    && db.NodeClosure.Any(c => c.DescendantId == one.UnitId && reach.Contains(c.AncestorId)))))
            .OrderBy(one => one.NotedAt).Take(MostWaiting);
    }

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await Waits().Select(one => new { one.Id, one.State, one.On, one.PlaceText, one.NotedAt, Kind = db.ViolationKinds.First(kind => kind.Id == one.KindId).Name }).ToListAsync(cancel);
        var today = clock.Today();
        return [.. rows.Select(row => new WaitingLine(row.Id, row.State == ViolationState.Noted ? "message-exclamation" : "gavel",
            row.State == ViolationState.Noted ? $"说明情况：记了您一条违章（{row.Kind}）" : $"认定违章：{row.Kind}", $"{row.On.Say(today.Year)} · {row.PlaceText}",
            $"/violations/{row.Id}#acts", row.State == ViolationState.Noted ? "去说明" : "去认定", row.NotedAt.PlantDate().AddDays(3)) { Since = row.NotedAt })];
    }
}
