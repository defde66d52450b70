using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;

namespace Ronghe.Findings;

/// <summary>What waits for somebody: the next act, and by when.</summary>
public sealed record WaitingFinding(FindingVerb Next, Guid Id, string Number, string Description, string PlaceText, FindingStatus Status, FindingGrade? Grade, DateOnly? DueOn, DateTimeOffset Since, string? RectifierName, bool IsUrgent);

/// <summary>The findings part of “my work”.</summary>
public sealed class FindingWork(AppDb db, Me me, TimeProvider clock)
{
    const int MostPerKind = 20, ConfirmWindowDays = 30;

    /// <summary>Everything that waits for me, in one round trip: at most 20 of each kind, most pressing first.</summary>
    public async Task<IReadOnlyList<WaitingFinding>> WaitingAsync(CancellationToken cancel = default)
    {
        var person = me.Id;
        var lately = clock.GetUtcNow().AddDays(-ConfirmWindowDays);
        var mine = db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId);
        var waiting = Take(mine.Where(f => f.Status == FindingStatus.Assigned && f.RectifierId == person), FindingVerb.Rectify)
            .Concat(Take(mine.Where(f => f.Status == FindingStatus.Rectified && f.VerifierId == person && f.RectifierId != person), FindingVerb.Verify))
            .Concat(Take(mine.Where(f => f.Status == FindingStatus.Closed && f.ConfirmedAt == null && f.ClosedAt > lately && f.ReporterId == person), FindingVerb.Confirm))
            .Concat(Take(mine.Where(f => f.Status == FindingStatus.Assigned && f.EscalatedToId == person && f.RectifierId != person), FindingVerb.Escalate));
        if (me.May(FindingPermissions.Assign))
            waiting = waiting.Concat(Take(In(FindingPermissions.Assign).Where(f => f.Status == FindingStatus.Reported), FindingVerb.Assign));
        if (me.May(FindingPermissions.Verify))
            waiting = waiting.Concat(Take(In(FindingPermissions.Verify).Where(f => f.Status == FindingStatus.Rectified && f.VerifierId == null && f.RectifierId != person), FindingVerb.Verify));
        if (me.May(FindingPermissions.Close))
            waiting = waiting.Concat(Take(In(FindingPermissions.Close).Where(f => f.Status == FindingStatus.Verified && f.RectifierId != person), FindingVerb.Close))
                .Concat(Take(In(FindingPermissions.Close).Where(f => f.Status == FindingStatus.Closed && f.RectifierId != person && db.Rechecks.Any(r => r.FindingId == f.Id && r.CheckedAt == null)), FindingVerb.Recheck));
        var rows = await waiting.ToListAsync(cancel);
        return [.. rows.OrderByDescending(w => w.IsUrgent).ThenBy(w => w.DueOn ?? DateOnly.MaxValue).ThenBy(w => w.Since)];
    }

    public Task<List<FindingRow>> ReportedByMeAsync(int most, CancellationToken cancel = default)
    {
        var person = me.Id;
        return (from f in db.Findings
                where f.ReporterId == person
                orderby f.ReportedAt descending
                select new FindingRow(f.Id, f.Number, f.Description, f.PlaceText, f.Grade, f.Source, f.Status,
                    db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), "", f.DueOn, f.ReportedAt, f.FoundAt, f.EscalationLevel, f.SupervisedAt != null, f.IsUrgent))
            .Take(most).ToListAsync(cancel);
    }

    IQueryable<Finding> In(string permission)
    {
        var reach = me.ReachOf(permission);
        var company = db.Findings.AsNoTracking().Where(f => f.CompanyId == me.CompanyId);
        return reach.Contains(me.CompanyId) ? company : company.Where(f => db.NodeClosure.Any(c => c.DescendantId == f.UnitId && reach.Contains(c.AncestorId)));
    }

    IQueryable<WaitingFinding> Take(IQueryable<Finding> findings, FindingVerb next) => findings
        .OrderBy(f => f.DueOn).ThenBy(f => f.ReportedAt).Take(MostPerKind)
        .Select(f => new WaitingFinding(next, f.Id, f.Number, f.Description, f.PlaceText, f.Status, f.Grade, f.DueOn, f.RectifiedAt ?? f.ReportedAt,
            db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), f.IsUrgent));
}
