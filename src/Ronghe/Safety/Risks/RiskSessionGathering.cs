using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Violations;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks;

/// <summary>Gathers what a session has to know from the records of its units. Whoever holds it may, whatever else they may see: the sums name nobody.</summary>
public sealed class RiskSessionGathering(AppDb db, RiskRulebook rulebook, TimeProvider clock)
{
    const int MostOverdue = 20, MostMeasures = 50, MostChanges = 50;

    public async Task<RiskSessionInputs> GatherAsync(Guid companyId, Guid nodeId, RiskKind kind, DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var (today, units) = (clock.Today(), UnitsOf(nodeId));
        var before = await db.RiskSessions.Where(one => one.CompanyId == companyId && one.NodeId == nodeId && one.Kind == kind && one.HeldAt != null)
            .OrderByDescending(one => one.HeldOn).Select(one => new { one.HeldAt, one.Title }).FirstOrDefaultAsync(cancel);
        var since = before?.HeldAt ?? from.At(TimeOnly.MinValue);
        var risks = db.Risks.Where(risk => risk.CompanyId == companyId && risk.Kind == kind && units.Contains(risk.UnitId));
        // Findings and violations are of the work on the site; a session on business risks has neither.
        var findings = db.Findings.Where(finding => kind == RiskKind.Safety && finding.CompanyId == companyId && units.Contains(finding.UnitId));
        var violations = db.Violations.Where(one => kind == RiskKind.Safety && one.CompanyId == companyId && one.State == ViolationState.Confirmed && units.Contains(one.UnitId));
        var measures = db.Tasks.Where(task => db.Links.Any(link => link.ToKind == TaskActions.Kind && link.ToId == task.Id && link.FromKind == RiskActions.Kind
            && link.Relation == RiskActions.Measure && risks.Any(risk => risk.Id == link.FromId)));
        var overdue = findings.Where(finding => finding.Status == FindingStatus.Assigned && finding.DueOn < today);
        return new(
            clock.GetUtcNow(), since, before?.Title, await FindingsAsync(findings, cancel),
            await overdue.OrderBy(finding => finding.DueOn).Take(MostOverdue).Select(finding => new OverdueFinding(finding.Id, finding.Number, finding.Description, finding.PlaceText, finding.DueOn!.Value)).ToListAsync(cancel),
            await overdue.CountAsync(cancel), await ViolationsAsync(violations.Where(one => one.On >= from && one.On <= to), cancel),
            [.. (await rulebook.CurrentAsync(cancel)).Rules.Seasons.Where(season => kind == RiskKind.Safety && season.Touches(from, to))],
            await MeasuresAsync(measures, cancel), await RegisterAsync(risks, today, cancel), await ChangesAsync(risks, since, cancel), await NewsAsync(companyId, findings, violations, risks, measures, since, cancel));
    }

    /// <summary>All units below the unit, or below those that the Party organisation covers.</summary>
    internal IQueryable<Guid> UnitsOf(Guid nodeId) => db.NodeClosure
        .Where(c => c.AncestorId == nodeId || db.PartyCoverage.Any(covered => covered.PartyOrganisationId == nodeId && covered.UnitId == c.AncestorId)).Select(c => c.DescendantId);

    async Task<IReadOnlyList<FindingSum>> FindingsAsync(IQueryable<Finding> findings, CancellationToken cancel)
    {
        var sums = await (
            from finding in findings.Open()
            from category in db.HazardCategories.Where(one => one.Id == finding.CategoryId).DefaultIfEmpty()
            group finding by new { Name = category == null ? "未分类" : category.Name, finding.Grade } into same
            select new { same.Key.Name, same.Key.Grade, Count = same.Count() }).ToListAsync(cancel);
        return [.. sums.Select(sum => new FindingSum(sum.Name, sum.Grade, sum.Count)).OrderByDescending(sum => sum.Grade).ThenByDescending(sum => sum.Count).ThenBy(sum => sum.Category, StringComparer.Ordinal)];
    }

    async Task<IReadOnlyList<NamedCount>> ViolationsAsync(IQueryable<Violation> violations, CancellationToken cancel)
    {
        var sums = await (
            from violation in violations
            join kind in db.ViolationKinds on violation.KindId equals kind.Id
            group kind by new { kind.Name, kind.Nature } into same
            select new { same.Key.Name, same.Key.Nature, Count = same.Count() }).ToListAsync(cancel);
        return [.. sums.Select(sum => new NamedCount(sum.Name, sum.Nature, sum.Count)).OrderByDescending(sum => sum.Count).ThenBy(sum => sum.Name, StringComparer.Ordinal)];
    }

    async Task<IReadOnlyList<OpenMeasure>> MeasuresAsync(IQueryable<GivenTask> measures, CancellationToken cancel) => await (
        from task in measures
        where TaskStates.Open.Contains(task.State)
        orderby task.DueOn, task.Id
        select new OpenMeasure(task.Id, task.Title, db.People.First(p => p.Id == task.OwnerId).Name, task.DueOn,
            db.Risks.First(risk => db.Links.Any(link => link.ToId == task.Id && link.ToKind == TaskActions.Kind && link.FromKind == RiskActions.Kind && link.FromId == risk.Id)).Title))
        .Take(MostMeasures).ToListAsync(cancel);

    static async Task<IReadOnlyList<LevelCount>> RegisterAsync(IQueryable<Risk> risks, DateOnly today, CancellationToken cancel)
    {
        var sums = await risks.Where(risk => risk.State != RiskState.Closed).GroupBy(risk => risk.Level)
            .Select(same => new { Level = same.Key, Count = same.Count(), Overdue = same.Count(risk => risk.ReviewOn < today && RiskStates.Reviewed.Contains(risk.State)) }).ToListAsync(cancel);
        return [.. sums.OrderByDescending(sum => sum.Level).Select(sum => new LevelCount(sum.Level, sum.Count, sum.Overdue))];
    }

    async Task<IReadOnlyList<RiskChange>> ChangesAsync(IQueryable<Risk> risks, DateTimeOffset since, CancellationToken cancel) => await (
        from risk in risks
        from one in risk.Assessments
        where one.Standing == AssessmentStanding.Counts && one.SettledAt > since
        orderby one.SettledAt descending
        select new RiskChange(risk.Id, risk.Title, one.Level, one.Stage, one.SettledAt!.Value)).Take(MostChanges).ToListAsync(cancel);

    Task<RiskSessionNews> NewsAsync(
        Guid companyId, IQueryable<Finding> findings, IQueryable<Violation> violations, IQueryable<Risk> risks, IQueryable<GivenTask> measures, DateTimeOffset since, CancellationToken cancel) =>
        db.Units.Where(unit => unit.Id == companyId).Select(_ => new RiskSessionNews(
            findings.Count(finding => finding.ReportedAt > since), findings.Count(finding => finding.ClosedAt > since), violations.Count(one => one.DecidedAt > since),
            risks.Count(risk => risk.IdentifiedAt > since), risks.Count(risk => risk.ClosedAt > since), measures.Count(task => task.ConfirmedAt > since))).SingleAsync(cancel);
}
