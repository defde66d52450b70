using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Findings;

/// <summary>What waits for somebody: the next act, and by when.</summary>
public sealed record WaitingFinding
{
    public FindingVerb Next { get; init; }
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Description { get; init; }
    public required string PlaceText { get; init; }
    public FindingStatus Status { get; init; }
    public FindingGrade? Grade { get; init; }
    public DateOnly? DueOn { get; init; }
    /// <summary>When the last act before this one happened.</summary>
    public DateTimeOffset Since { get; init; }
    public string? RectifierName { get; init; }
    public bool IsUrgent { get; init; }

    /// <summary>By when the act should happen: the deadline of a rectification; anything else should not wait longer than a few days.</summary>
    public DateOnly PressesOn => Status == FindingStatus.Assigned && DueOn is { } due ? due : Since.PlantDate().AddDays(3);
    public bool IsOverdue(DateOnly today) => Status == FindingStatus.Assigned && DueOn < today;
}

/// <summary>The findings part of “my work”.</summary>
public sealed class FindingWork(AppDb db, Me me, TimeProvider clock)
{
    /// <summary>Of each kind of act; whoever has more waiting is told so by the number alone.</summary>
    const int MostPerKind = 100;
    const int ConfirmWindowDays = 30;

    /// <summary>Everything that waits for me, in one round trip, most pressing first.</summary>
    public async Task<IReadOnlyList<WaitingFinding>> WaitingAsync(CancellationToken cancel = default)
    {
        var rows = await Kinds().Select(kind => Describe(kind.Findings, kind.Next)).Aggregate((all, kind) => all.Concat(kind)).ToListAsync(cancel);
        return [.. rows.OrderByDescending(w => w.IsUrgent && w.Status != FindingStatus.Closed).ThenBy(w => w.PressesOn).ThenBy(w => w.Since)];
    }

    internal IQueryable<Guid> WaitingIds() => Kinds().Select(kind => kind.Findings.Select(f => f.Id)).Aggregate((all, kind) => all.Concat(kind));

    /// <summary>Open ones first, then the latest.</summary>
    public Task<List<FindingRow>> ReportedByMeAsync(int most, CancellationToken cancel = default)
    {
        var person = me.Id;
        return (from f in db.Findings.AsNoTracking()
                where f.ReporterId == person
                orderby f.Status == FindingStatus.Closed || f.Status == FindingStatus.Rejected || f.Status == FindingStatus.Merged, f.ReportedAt descending
                select new FindingRow(f.Id, f.Number, f.Description, f.PlaceText, f.Grade, f.Source, f.Status,
                    db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), "", f.DueOn, f.ReportedAt, f.FoundAt, f.EscalationLevel, f.SupervisedAt != null, f.IsUrgent))
            .Take(most).ToListAsync(cancel);
    }

    IEnumerable<(FindingVerb Next, IQueryable<Finding> Findings)> Kinds()
    {
        var person = me.Id;
        var lately = clock.GetUtcNow().AddDays(-ConfirmWindowDays);
        var company = db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId);
        yield return (FindingVerb.Rectify, Oldest(company.Where(f => f.Status == FindingStatus.Assigned && f.RectifierId == person)));
        yield return (FindingVerb.Verify, Oldest(company.Where(f => f.Status == FindingStatus.Rectified && f.VerifierId == person && f.RectifierId != person)));
        yield return (FindingVerb.Confirm, Oldest(company.Where(f => f.Status == FindingStatus.Closed && f.ConfirmedAt == null && f.ClosedAt > lately && f.ReporterId == person)));
        yield return (FindingVerb.Escalate, Oldest(company.Where(f => f.Status == FindingStatus.Assigned && f.EscalatedToId == person && f.RectifierId != person)));
        yield return (FindingVerb.Verify, Oldest(company.Where(f => f.Status == FindingStatus.Rectified && f.IndependentOfId != null && f.ReporterId == person && f.RectifierId != person && f.VerifierId != person)));
        yield return (FindingVerb.Close, Oldest(company.Where(f => f.Status == FindingStatus.Verified && f.IndependentOfId != null && f.ReporterId == person && f.RectifierId != person)));
        if (me.May(FindingPermissions.Assign))
            yield return (FindingVerb.Assign, In(FindingPermissions.Assign, f => f.Status == FindingStatus.Reported));
        if (me.May(FindingPermissions.Verify))
            yield return (FindingVerb.Verify, In(FindingPermissions.Verify, f => f.Status == FindingStatus.Rectified && f.VerifierId == null && f.RectifierId != person));
        if (!me.May(FindingPermissions.Close)) yield break;
        yield return (FindingVerb.Close, In(FindingPermissions.Close, f => f.Status == FindingStatus.Verified && f.RectifierId != person));
        yield return (FindingVerb.Recheck, Drawn(person));
    }

    /// <summary>Unit by unit through the index, so that a small unit costs little however many rows its company has.</summary>
    IQueryable<Finding> In(string permission, Expression<Func<Finding, bool>> which)
    {
        var reach = me.ReachOf(permission);
        // What is independent of my unit is not mine to handle; a finder handles his own apart.
        var company = db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId).Where(which)
            .Where(f => f.IndependentOfId == null || (f.ReporterId != me.PersonId && !db.NodeClosure.Any(c => c.DescendantId == me.UnitId && c.AncestorId == f.IndependentOfId)));
        if (reach.Contains(me.CompanyId)) return Oldest(company);
        var units = db.NodeClosure.Where(c => reach.Contains(c.AncestorId)).Select(c => c.DescendantId).Distinct();
        return Oldest(company.PerUnit(units, MostPerKind, newestFirst: false));
    }

    IQueryable<Finding> Drawn(Guid person)
    {
        var reach = me.ReachOf(FindingPermissions.Close);
        return Oldest(
            from recheck in db.Rechecks
            where recheck.CompanyId == me.CompanyId && recheck.CheckedAt == null
            join f in db.Findings.AsNoTracking() on recheck.FindingId equals f.Id
            where f.Status == FindingStatus.Closed && f.RectifierId != person && db.NodeClosure.Any(c => c.DescendantId == f.UnitId && reach.Contains(c.AncestorId))
            select f);
    }

    static IQueryable<Finding> Oldest(IQueryable<Finding> findings) => findings.OrderBy(f => f.ReportedAt).Take(MostPerKind);

    /// <summary>Set by name, not by constructor: only so can the database unite the kinds.</summary>
    IQueryable<WaitingFinding> Describe(IQueryable<Finding> findings, FindingVerb next) => findings.Select(f => new WaitingFinding
    {
        Next = next, Id = f.Id, Number = f.Number, Description = f.Description, PlaceText = f.PlaceText, Status = f.Status, Grade = f.Grade, DueOn = f.DueOn,
        Since = f.RectifiedAt ?? f.ReportedAt, RectifierName = db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), IsUrgent = f.IsUrgent,
    });
}
