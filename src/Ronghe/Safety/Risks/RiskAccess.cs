using Ronghe.Organisation.Access;

namespace Ronghe.Safety.Risks;

/// <summary>Who may see a risk or a session, and who may do what with it. Which verbs the state allows, they know themselves.</summary>
public sealed class RiskAccess(AppDb db, Me me)
{
    /// <summary>Own company; there safety risks of my scope, business risks only where I have the right to them, and whatever has my name on it.</summary>
    public IQueryable<Risk> Visible()
    {
        if (me.IsSystem) return db.Risks;
        var (view, business) = (me.ReachOf(RiskPermissions.View), me.ReachOf(RiskPermissions.Business));
        return db.Risks.Where(risk => risk.CompanyId == me.CompanyId && (
            risk.OwnerId == me.PersonId || risk.IdentifiedById == me.PersonId || risk.Assessments.Any(one => one.ConfirmerId == me.PersonId && one.Standing == AssessmentStanding.Proposed)
            || (risk.Kind == RiskKind.Safety && db.NodeClosure.Any(c => c.DescendantId == risk.UnitId && view.Contains(c.AncestorId)))
            || (risk.Kind == RiskKind.Business && db.NodeClosure.Any(c => c.DescendantId == risk.UnitId && business.Contains(c.AncestorId)))));
    }

    /// <summary>Those I take part in, and those of my scope; of a Party organisation, of the units that it covers.</summary>
    public IQueryable<RiskSession> VisibleSessions()
    {
        if (me.IsSystem) return db.RiskSessions;
        var (view, business) = (me.ReachOf(RiskPermissions.View), me.ReachOf(RiskPermissions.Business));
        return db.RiskSessions.Where(session => session.CompanyId == me.CompanyId && (
            session.ChairId == me.PersonId || session.PlannedById == me.PersonId || session.InvitedIds.Contains(me.PersonId!.Value) || session.PresentIds.Contains(me.PersonId!.Value)
            || (session.Kind == RiskKind.Safety && db.NodeClosure.Any(c => view.Contains(c.AncestorId)
                && (c.DescendantId == session.NodeId || db.PartyCoverage.Any(covered => covered.PartyOrganisationId == session.NodeId && covered.UnitId == c.DescendantId))))
            || (session.Kind == RiskKind.Business && db.NodeClosure.Any(c => business.Contains(c.AncestorId)
                && (c.DescendantId == session.NodeId || db.PartyCoverage.Any(covered => covered.PartyOrganisationId == session.NodeId && covered.UnitId == c.DescendantId))))));
    }

    /// <summary>Whether the verb is this person's business at all, in whatever state.</summary>
    public bool MayEver(Risk risk, RiskVerb verb, IReadOnlyCollection<Guid> unitAndAncestors)
    {
        bool Holds(string permission) => me.May(permission, unitAndAncestors) && (risk.Kind == RiskKind.Safety || me.May(RiskPermissions.Business, unitAndAncestors));
        return verb switch
        {
            RiskVerb.Restate => Holds(RiskPermissions.Assess) || (risk.IdentifiedById == me.PersonId && risk.State == RiskState.Identified),
            RiskVerb.Assess or RiskVerb.AddMeasure => risk.OwnerId == me.PersonId || Holds(RiskPermissions.Assess),
            RiskVerb.Control or RiskVerb.Close => Holds(RiskPermissions.Assess),
            RiskVerb.Confirm or RiskVerb.SendBack => risk.Proposed?.ById != me.PersonId && Holds(RiskPermissions.Confirm),
            _ => false,
        };
    }

    internal string Stranger(Risk risk, RiskVerb verb) => verb is RiskVerb.Confirm or RiskVerb.SendBack && risk.Proposed?.ById == me.PersonId
        ? "评级的人不能自己确认，请由另一位领导办理。" : $"您在这个单位没有{verb.Title()}的权限。";

    /// <param name="session">Which one.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="arranges">Whether I may arrange sessions of this unit or organisation.</param>
    public bool MayEver(RiskSession session, RiskSessionVerb verb, bool arranges) =>
        arranges || session.ChairId == me.PersonId || session.PlannedById == me.PersonId || (verb == RiskSessionVerb.Report && session.Concerns(me.PersonId));

    internal static string Stranger(RiskSessionVerb verb) => verb == RiskSessionVerb.Report ? "参加研判会的人才能登记会上提出的隐患。" : $"由主持人、安排的人或有权组织的人{verb.Title()}。";
}
