using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks;

/// <summary>A problem that somebody names in the session.</summary>
/// <param name="Id">Made by the form, so that sent twice it is stored once.</param>
public sealed record SessionProblem(Guid Id, string Description, Guid? PlaceId, string Place, bool IsUrgent);

/// <summary>Every act on a session: load what I may see → may I → do → journal → one save.</summary>
public sealed class RiskSessionActions(
    AppDb db, Me me, RiskAccess access, OrganisationAccess organisation, RiskSessionGathering gathering, FindingActions findings, FindingReporting reporting, TimeProvider clock)
{
    public const string Kind = "risk-session", FoundBy = "found-by";

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    public async Task PlanAsync(Guid id, RiskSessionPlan plan, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每次研判会生成一个 UUIDv7。", "id");
        if (await IsRepeatedAsync(id, plan, cancel)) return;
        plan.Check(clock.Today());
        await RequirePlanAsync(plan, cancel);
        var session = RiskSession.Plan(id, me.CompanyId, plan, me.Id, clock.GetUtcNow(), clock.Today());
        db.RiskSessions.Add(session);
        Record(session, "planned", new { session.PlannedOn });
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, plan, cancel);
    }

    public Task TakeAsync(Guid id, int version, IReadOnlyList<Guid> risks, CancellationToken cancel = default) => ActAsync(id, version, RiskSessionVerb.Take, async session =>
    {
        var units = gathering.UnitsOf(session.NodeId);
        var known = await db.Risks.CountAsync(risk => risks.Contains(risk.Id) && risk.CompanyId == me.CompanyId && risk.Kind == session.Kind && risk.State != RiskState.Closed && units.Contains(risk.UnitId), cancel);
        if (known != risks.Distinct().Count()) throw new Refusal("有的风险不在这次研判的范围里，或已经关闭，没有列入。请重新选择。", nameof(session.RiskIds));
        session.Take(risks);
        Record(session, "taken", new { risks = risks.Count });
    }, cancel);

    public Task DropAsync(Guid id, int version, Guid risk, CancellationToken cancel = default) => ActAsync(id, version, RiskSessionVerb.Drop, async session =>
    {
        session.Drop(risk, (await StudiedAsync(session, cancel)).Any(one => one.Id == risk && one.IsStudied));
        Record(session, "dropped", new { risk });
    }, cancel);

    public Task HoldAsync(Guid id, int version, DateOnly on, IReadOnlyList<Guid> present, CancellationToken cancel = default) => ActAsync(id, version, RiskSessionVerb.Hold, async session =>
    {
        await RequirePeopleAsync(present, nameof(session.PresentIds), cancel);
        session.Hold(on, present, await gathering.GatherAsync(session.CompanyId, session.NodeId, session.Kind, session.From, session.To, cancel), clock.GetUtcNow(), clock.Today());
        Record(session, "held", new { on, present = present.Count });
    }, cancel);

    /// <summary>Into the one closed loop, with the session as where it was found.</summary>
    /// <returns>Number of the finding.</returns>
    public async Task<string> ReportAsync(Guid id, SessionProblem problem, CancellationToken cancel = default)
    {
        var session = await LoadAsync(id, null, RiskSessionVerb.Report, cancel);
        session.Report();
        if (problem.Id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每条隐患生成一个 UUIDv7。", "id");
        var report = await reporting.CompleteAsync(problem.Description, problem.PlaceId, problem.Place, problem.IsUrgent, FindingSource.RiskSession, null, false, cancel);
        var number = await findings.ReportAsync(problem.Id, report, [], cancel);
        // Stored already when the form is sent once more after a crash in between: then only the link is missing.
        if (await db.Links.AnyAsync(link => link.FromKind == FindingActions.Kind && link.FromId == problem.Id && link.ToKind == Kind && link.ToId == id, cancel)) return number;
        db.Link((FindingActions.Kind, problem.Id), (Kind, id), FoundBy, me, clock.GetUtcNow());
        Record(session, "found", new { finding = problem.Id, number });
        await db.SaveChangesAsync(cancel);
        return number;
    }

    public Task CloseAsync(Guid id, int version, string conclusion, CancellationToken cancel = default) => ActAsync(id, version, RiskSessionVerb.Close, async session =>
    {
        session.Close(conclusion, await StudiedAsync(session, cancel), await FindingsAsync(id, cancel), clock.GetUtcNow());
        Record(session, "closed", new { risks = session.RiskIds.Length });
    }, cancel);

    public Task CancelAsync(Guid id, int version, string reason, CancellationToken cancel = default) => ActAsync(id, version, RiskSessionVerb.Cancel, session =>
    {
        session.Cancel(reason, clock.GetUtcNow());
        Record(session, "cancelled", new { });
        return Task.CompletedTask;
    }, cancel);

    /// <summary>Every risk on the list, whoever may see it: the session stays open as long as one of them is not done.</summary>
    internal async Task<IReadOnlyList<StudiedRisk>> StudiedAsync(RiskSession session, CancellationToken cancel)
    {
        var measures =
            from link in db.Links
            where link.FromKind == RiskActions.Kind && link.ToKind == TaskActions.Kind && link.Relation == RiskActions.Measure
            join task in db.Tasks on link.ToId equals task.Id
            where task.State != TaskState.Cancelled
            select new { RiskId = link.FromId, task.State, task.OwnerId };
        return await (
        from risk in db.Risks
        where session.RiskIds.Contains(risk.Id)
        orderby risk.Rank descending, risk.IdentifiedAt descending, risk.Id descending
        select new StudiedRisk(risk.Id, risk.Title, risk.State, risk.Level,
            risk.Assessments.Any(one => one.SessionId == session.Id && (one.Standing == AssessmentStanding.Counts || one.Standing == AssessmentStanding.Proposed)),
            measures.Count(measure => measure.RiskId == risk.Id),
            measures.Count(measure => measure.RiskId == risk.Id && TaskStates.Open.Contains(measure.State) && db.People.Any(person => person.Id == measure.OwnerId && person.LeftOn != null)))).ToListAsync(cancel);
    }

    internal async Task<IReadOnlyList<SessionFinding>> FindingsAsync(Guid id, CancellationToken cancel) => await (
        from link in db.Links
        where link.ToKind == Kind && link.ToId == id && link.FromKind == FindingActions.Kind
        join finding in db.Findings on link.FromId equals finding.Id
        orderby finding.ReportedAt, finding.Id
        select new SessionFinding(finding.Id, finding.Number, finding.Description, finding.Status, finding.RectifierId, finding.DueOn)).ToListAsync(cancel);

    async Task<bool> IsRepeatedAsync(Guid id, RiskSessionPlan plan, CancellationToken cancel)
    {
        var already = await db.RiskSessions.Where(one => one.Id == id).Select(one => new { one.PlannedById, one.Title }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.PlannedById == me.PersonId && already.Title == plan.Title.Trim() ? true : throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再安排。", "id");
    }

    async Task RequirePlanAsync(RiskSessionPlan plan, CancellationToken cancel)
    {
        if (!await db.Nodes.AnyAsync(node => node.Id == plan.NodeId && node.CompanyId == me.CompanyId && node.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个单位或党组织，或它已撤销，没有保存。请重新选择。", nameof(plan.NodeId));
        var here = await organisation.AtAsync(plan.NodeId, cancel);
        if (!here.May(RiskPermissions.Session) || (plan.Kind == RiskKind.Business && !here.May(RiskPermissions.Business)))
            throw new Refusal($"您没有为它组织{plan.Kind.Title()}研判会的权限，没有保存，填写的内容还在。请选自己管理的单位或党组织。", nameof(plan.NodeId));
        var units = gathering.UnitsOf(plan.NodeId);
        if (!await db.Units.AnyAsync(unit => units.Contains(unit.Id), cancel))
            throw new Refusal("这个党组织没有对应的行政单位，汇集不了资料，没有保存。请先补上对应关系，或改选。", nameof(plan.NodeId));
        await RequirePeopleAsync([plan.ChairId, .. plan.InvitedIds], nameof(plan.ChairId), cancel);
    }

    async Task RequirePeopleAsync(IReadOnlyList<Guid> people, string field, CancellationToken cancel)
    {
        var all = people.Distinct().ToArray();
        if (await db.People.CountAsync(person => all.Contains(person.Id) && person.CompanyId == me.CompanyId && person.LeftOn == null, cancel) != all.Length)
            throw new Refusal("有的人没有找到，或已离岗，没有保存，填写的内容还在。请重新选择。", field);
    }

    async Task ActAsync(Guid id, int version, RiskSessionVerb verb, Func<RiskSession, Task> act, CancellationToken cancel)
    {
        await act(await LoadAsync(id, version, verb, cancel));
        await db.SaveChangesAsync(cancel);
    }

    async Task<RiskSession> LoadAsync(Guid id, int? version, RiskSessionVerb verb, CancellationToken cancel)
    {
        var session = await access.VisibleSessions().SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这次研判会");
        if (!access.MayEver(session, verb, await ArrangesAsync(session, cancel))) throw new Forbidden(RiskAccess.Stranger(verb));
        if (version is { } seen && session.Version != seen) throw new StaleWrite("您打开以后这次研判会有了变化，这次没有办，填写的内容还在。请看过最新情况再办。");
        return session;
    }

    /// <summary>Whether I may arrange sessions of this kind for this unit or organisation.</summary>
    internal async Task<bool> ArrangesAsync(RiskSession session, CancellationToken cancel) =>
        me.May(RiskPermissions.Session) && await organisation.AtAsync(session.NodeId, cancel) is var here && here.May(RiskPermissions.Session) && (session.Kind == RiskKind.Safety || here.May(RiskPermissions.Business));

    void Record(RiskSession session, string @event, object data) => db.Record(session, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), session.NodeId, data);
}
