using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Findings;

/// <summary>Who may see a finding and who may do what with it. Which verbs the state allows, the finding itself knows.</summary>
public sealed class FindingAccess(AppDb db, Me me, IEnumerable<FindingOutlook> outlooks, IServiceProvider scope, TimeProvider clock)
{
    /// <summary>Own company; there whatever lies in my scope, has my name on it or is at a place that I answer for.</summary>
    public IQueryable<Finding> Visible()
    {
        if (me.IsSystem) return db.Findings;
        var reach = me.ReachOf(FindingPermissions.View);
        var places = outlooks.Select(outlook => outlook.Places(scope)).Aggregate(db.Places.Where(_ => false).Select(place => place.Id), (all, some) => all.Concat(some));
        return db.Findings.Where(f => f.CompanyId == me.CompanyId && (
            f.ReporterId == me.PersonId || f.RectifierId == me.PersonId || f.VerifierId == me.PersonId || f.EscalatedToId == me.PersonId
            || f.CoReporterIds.Contains(me.PersonId!.Value) || places.Contains(f.PlaceId!.Value)
            || db.NodeClosure.Any(c => c.DescendantId == f.UnitId && reach.Contains(c.AncestorId))));
    }

    /// <summary>Null when I may do it now, else the reason in one sentence, from the state or from who I am.</summary>
    public string? Obstacle(Finding finding, FindingVerb verb, IReadOnlyCollection<Guid> unitAndAncestors) =>
        finding.Obstacle(verb) ?? (MayEver(finding, verb, unitAndAncestors) ? null : Stranger(verb));

    /// <summary>Whether the verb is this person's business at all, in whatever state; others are not offered it.</summary>
    public bool MayEver(Finding finding, FindingVerb verb, IReadOnlyCollection<Guid> unitAndAncestors)
    {
        if (me.IsSystem) return true;
        bool Holds(string permission) => me.May(permission, unitAndAncestors);
        var isRectifier = finding.RectifierId == me.PersonId;
        var isOwnPatrol = finding.IndependentOfId is not null && finding.WasReportedBy(me.Id);
        return verb switch
        {
            FindingVerb.Grade or FindingVerb.Assign or FindingVerb.Extend or FindingVerb.Reject or FindingVerb.Merge => Holds(FindingPermissions.Assign),
            FindingVerb.Rectify => isRectifier,
            FindingVerb.Verify or FindingVerb.SendBack => !isRectifier && (finding.VerifierId == me.PersonId || isOwnPatrol || Holds(FindingPermissions.Verify)),
            FindingVerb.Close or FindingVerb.Recheck => !isRectifier && (isOwnPatrol || Holds(FindingPermissions.Close)),
            FindingVerb.Escalate or FindingVerb.ListForSupervision => Holds(FindingPermissions.Supervise),
            FindingVerb.Confirm or FindingVerb.Dispute => finding.WasReportedBy(me.Id),
            _ => false,
        };
    }

    /// <summary>False when it is independent of a unit to which I belong, by my place or by a post: then I may only put it right, whatever rights I hold.</summary>
    public async Task<bool> HasSayAsync(Finding finding, CancellationToken cancel = default)
    {
        if (finding.IndependentOfId is not { } unit || me.IsSystem) return true;
        var (person, today) = (me.PersonId, clock.Today());
        return !await db.NodeClosure.AnyAsync(c => c.AncestorId == unit
            && (c.DescendantId == me.UnitId || db.Appointments.CurrentOn(today).Any(held => held.PersonId == person && held.NodeId == c.DescendantId)), cancel);
    }

    /// <summary>What is left to somebody without a say.</summary>
    public static bool NeedsNoSay(FindingVerb verb) => verb is FindingVerb.Rectify or FindingVerb.Confirm or FindingVerb.Dispute;

    internal const string NoSay = "这是巡视组对您部门提出的问题，您可以整改，不能定级、派发、退回、复核或关闭；请厂领导派发，由巡视组复核和关闭。";

    /// <summary>What somebody hears whose business it is not, in whatever state.</summary>
    internal static string Stranger(FindingVerb verb) => verb switch
    {
        FindingVerb.Rectify => "只有整改责任人能报整改完成。",
        FindingVerb.Verify or FindingVerb.SendBack => "由指定的复核人或有复核权限的人办理，整改人不能复核自己的整改。",
        FindingVerb.Confirm or FindingVerb.Dispute => "只有上报人能确认或提出异议。",
        _ => $"您在这个单位没有{verb.Title()}的权限。",
    };
}
