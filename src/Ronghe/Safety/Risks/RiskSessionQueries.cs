using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Risks;

public sealed record RiskSessionRow(Guid Id, RiskKind Kind, string Title, string Node, DateOnly From, DateOnly To, DateOnly PlannedOn, DateOnly? HeldOn, string Chair, int Risks, RiskSessionStatus Status);

public sealed record RiskSessionFilter(RiskKind? Kind = null, RiskSessionStatus? Status = null, Guid? Node = null, string? After = null)
{
    public const int MostPerPage = 200;
    public int Limit { get; init; } = 50;
}

/// <param name="PersonId">Of the one who was invited or was there.</param>
public sealed record RiskSessionPerson(Guid PersonId, string Name, bool WasPresent);

/// <summary>One session with everything that its page shows.</summary>
/// <param name="Inputs">What is known now; of a session that was held, what was known then.</param>
/// <param name="Candidates">Risks of its units that could be taken up: unrated, due for review, red and orange first.</param>
public sealed record RiskSessionDetail(
    Guid Id, int Version, RiskSessionRow Row, Guid NodeId, string WorkPlan, string PlannedBy, DateTimeOffset? HeldAt, DateTimeOffset? ClosedAt, string Conclusion, IReadOnlyList<RiskSessionPerson> People,
    IReadOnlyList<StudiedRisk> Risks, IReadOnlyList<SessionFinding> Findings, RiskSessionInputs? Inputs, IReadOnlyList<RiskRow> Candidates, string? WhyNotClosed, ActOffers Acts);

/// <summary>Sessions that I may see, newest first, and single ones.</summary>
public sealed class RiskSessionQueries(AppDb db, RiskAccess access, RiskQueries risks, RiskSessionActions actions, RiskSessionGathering gathering)
{
    const int MostCandidates = 60;

    public async Task<Paged<RiskSessionRow>> ListAsync(RiskSessionFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, RiskSessionFilter.MostPerPage);
        var sessions = access.VisibleSessions().AsNoTracking();
        if (filter.Kind is { } kind) sessions = sessions.Where(session => session.Kind == kind);
        if (filter.Status is { } status) sessions = sessions.Where(session => session.Status == status);
        if (filter.Node is { } node) sessions = sessions.Where(session => session.NodeId == node);
        if (Cursor.Parse(filter.After) is { } after)
        {
            var day = after.At.PlantDate();
            sessions = sessions.Where(session => EF.Functions.LessThan(ValueTuple.Create(session.PlannedOn, session.Id), ValueTuple.Create(day, after.Id)));
        }
        var rows = await Rows(sessions).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? new Cursor(rows[^1].PlannedOn.At(TimeOnly.MinValue), rows[^1].Id).ToString() : null);
    }

    public async Task<RiskSessionDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var one = access.VisibleSessions().AsNoTracking().Where(session => session.Id == id);
        var row = await Rows(one).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这次研判会");
        var session = await one.SingleAsync(cancel);
        Guid[] ids = [session.ChairId, session.PlannedById, .. session.InvitedIds, .. session.PresentIds];
        var names = await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var (studied, findings) = (await actions.StudiedAsync(session, cancel), await actions.FindingsAsync(id, cancel));
        var arranges = await actions.ArrangesAsync(session, cancel);
        var takes = session.Can(RiskSessionVerb.Take) && access.MayEver(session, RiskSessionVerb.Take, arranges);
        var why = RiskSession.WhyNotClosed(studied, findings);
        return new(id, session.Version, row, session.NodeId, session.WorkPlan, names.GetValueOrDefault(session.PlannedById, ""), session.HeldAt, session.ClosedAt, session.Conclusion,
            [.. new[] { session.ChairId }.Concat(session.InvitedIds).Concat(session.PresentIds).Distinct().Select(person => new RiskSessionPerson(person, names.GetValueOrDefault(person, ""), session.PresentIds.Contains(person)))],
            studied, findings, session.Inputs ?? (session.Status == RiskSessionStatus.Planned ? await gathering.GatherAsync(session.CompanyId, session.NodeId, session.Kind, session.From, session.To, cancel) : null),
            takes ? await CandidatesAsync(session, cancel) : [], why,
            new ActOffers(RiskSession.Possible.Keys.Where(verb => access.MayEver(session, verb, arranges))
                .Select(verb => new ActOffer(verb.ToString().ToLowerInvariant(), session.Obstacle(verb) ?? (verb == RiskSessionVerb.Close ? why : null)))));
    }

    async Task<IReadOnlyList<RiskRow>> CandidatesAsync(RiskSession session, CancellationToken cancel)
    {
        var units = gathering.UnitsOf(session.NodeId);
        return await risks.Rows(access.Visible().AsNoTracking().Where(risk => risk.Kind == session.Kind && risk.State != RiskState.Closed && !session.RiskIds.Contains(risk.Id) && units.Contains(risk.UnitId)
            && (risk.Rank == 0 || risk.Rank >= 3 || risk.ReviewOn <= session.To))).Take(MostCandidates).ToListAsync(cancel);
    }

    IQueryable<RiskSessionRow> Rows(IQueryable<RiskSession> sessions) =>
        from session in sessions
        orderby session.PlannedOn descending, session.Id descending
        select new RiskSessionRow(session.Id, session.Kind, session.Title, db.Nodes.First(node => node.Id == session.NodeId).Name, session.From, session.To, session.PlannedOn, session.HeldOn,
            db.People.First(person => person.Id == session.ChairId).Name, session.RiskIds.Length, session.Status);
}
