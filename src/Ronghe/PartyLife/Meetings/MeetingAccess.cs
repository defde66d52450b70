using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Who sees a meeting and who may write in it. What the state allows, the meeting itself knows.</summary>
public sealed class MeetingAccess(AppDb db, Me me)
{
    /// <summary>Those that I am invited to, lead or write down, and those of the bodies in my scope.</summary>
    public IQueryable<Meeting> Visible()
    {
        if (me.IsSystem) return db.Meetings;
        var bodies = Bodies(me.ReachOf(MeetingPermissions.View));
        return db.Meetings.Where(meeting => meeting.CompanyId == me.CompanyId && (
            meeting.ChairId == me.PersonId || meeting.RecorderId == me.PersonId || meeting.PlannedById == me.PersonId
            // Whoever is to come knows of it once it is announced.
            || (meeting.Status != MeetingStatus.Planned && db.Attendances.Any(one => one.MeetingId == meeting.Id && one.PersonId == me.PersonId))
            || bodies.Contains(meeting.BodyId)));
    }

    /// <summary>Units within a reach, and the Party organisations that cover them, with what stands below these; of organisations that cover nothing, the reach names them themselves.</summary>
    IQueryable<Guid> Bodies(Guid[] reach)
    {
        var below = db.NodeClosure.Where(c => reach.Contains(c.AncestorId)).Select(c => c.DescendantId);
        var covering =
            from unit in db.NodeClosure
            where reach.Contains(unit.AncestorId)
            join covered in db.PartyCoverage on unit.DescendantId equals covered.UnitId
            join party in db.NodeClosure on covered.PartyOrganisationId equals party.AncestorId
            select party.DescendantId;
        return below.Concat(covering);
    }

    /// <summary>Whether I may arrange meetings of this type for this body.</summary>
    public Task<bool> ArrangesAsync(MeetingType type, Guid bodyId, CancellationToken cancel) =>
        me.IsSystem ? Task.FromResult(true) : Bodies(me.ReachOf(PermissionFor(type))).AnyAsync(id => id == bodyId, cancel);

    public static string PermissionFor(MeetingType type) => type.IsParty ? MeetingPermissions.Party : MeetingPermissions.Work;

    /// <summary>Whether the verb is this person's business at all, in whatever state.</summary>
    /// <param name="meeting">Which one.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="arranges">Whether I may arrange meetings of its body.</param>
    /// <param name="isInvited">Whether I stand on its list.</param>
    public bool MayEver(Meeting meeting, MeetingVerb verb, bool arranges, bool isInvited) => verb switch
    {
        MeetingVerb.Leave => isInvited,
        MeetingVerb.CheckIn => true,
        MeetingVerb.SendBack => meeting.RecorderId != me.PersonId && (arranges || meeting.ChairId == me.PersonId),
        MeetingVerb.Archive => meeting.RecorderId != me.PersonId && (arranges || meeting.ChairId == me.PersonId),
        MeetingVerb.Cancel or MeetingVerb.Restate or MeetingVerb.Announce => arranges || meeting.ChairId == me.PersonId || meeting.PlannedById == me.PersonId,
        _ => arranges || meeting.IsRunBy(me.PersonId) || meeting.PlannedById == me.PersonId,
    };

    internal static Forbidden Stranger(MeetingVerb verb) => new(verb switch
    {
        MeetingVerb.Leave => "只有请到的人能请假。",
        MeetingVerb.Archive or MeetingVerb.SendBack => $"纪要由主持人或有权组织的人{verb.Title()}，记录人不能确认自己写的纪要。",
        MeetingVerb.Cancel or MeetingVerb.Restate or MeetingVerb.Announce => $"由主持人、安排的人或有权组织的人{verb.Title()}。",
        _ => $"由主持人、记录人或有权组织的人{verb.Title()}。",
    });
}
