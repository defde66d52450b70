using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Who is due at a meeting, from memberships and appointments as they are, and how many have come.</summary>
public sealed class MeetingInvitations(AppDb db, Me me, TimeProvider clock)
{
    static readonly string[] OfCommittee = [Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary, Posts.CommitteeMember];
    static readonly string[] Leaders = [Posts.PlantHead, Posts.DeputyHead];
    static readonly string[] Managers = [Posts.DepartmentHead, Posts.DepartmentDeputy, Posts.CrewLead, Posts.SafetyOfficer];

    sealed record Due(Guid PersonId, bool HasVote);

    /// <summary>The list follows those due: who came to the body since is added, who left it is taken off; guests stay.</summary>
    /// <param name="meeting">New, or not held yet.</param>
    /// <param name="type">Says which circle is due.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RefreshAsync(Meeting meeting, MeetingType type, CancellationToken cancel)
    {
        var due = (await DueAsync(meeting, type, cancel)).DistinctBy(one => one.PersonId).ToDictionary(one => one.PersonId);
        var known = await db.Attendances.Where(one => one.MeetingId == meeting.Id).ToListAsync(cancel);
        // Somebody who was entered by hand, or whose standing changed, comes under the new standing.
        var outdated = known.Where(one => one.IsDue ? !due.TryGetValue(one.PersonId, out var now) || now.HasVote != one.HasVote : due.ContainsKey(one.PersonId)).ToList();
        db.Attendances.RemoveRange(outdated.Where(one => one.State == AttendanceState.Unknown));
        var kept = known.Except(outdated.Where(one => one.State == AttendanceState.Unknown)).Select(one => one.PersonId).ToHashSet();
        db.Attendances.AddRange(due.Values.Where(one => !kept.Contains(one.PersonId)).Select(one => new Attendance { MeetingId = meeting.Id, PersonId = one.PersonId, IsDue = true, HasVote = one.HasVote }));
    }

    /// <summary>Counted by the database.</summary>
    public async Task<Turnout> TurnoutAsync(Guid meetingId, CancellationToken cancel) => await db.Attendances.Where(one => one.MeetingId == meetingId).GroupBy(_ => 1).Select(all => new Turnout(
        all.Count(one => one.IsDue && one.ExemptReason == ""), all.Count(one => one.IsDue && one.ExemptReason == "" && one.State == AttendanceState.Present),
        all.Count(one => one.IsDue && one.ExemptReason == "" && one.HasVote), all.Count(one => one.IsDue && one.ExemptReason == "" && one.HasVote && one.State == AttendanceState.Present),
        all.Count(one => one.IsDue && one.ExemptReason == "" && one.State == AttendanceState.Unknown), all.Count(one => !one.IsDue && one.State == AttendanceState.Present),
        all.Count(one => one.ExemptReason != ""))).SingleOrDefaultAsync(cancel) ?? Turnout.Nobody;

    async Task<List<Due>> DueAsync(Meeting meeting, MeetingType type, CancellationToken cancel)
    {
        var (body, today) = (meeting.BodyId, clock.Today());
        var held = db.Appointments.CurrentOn(today).Where(one => one.CompanyId == me.CompanyId && db.People.Any(person => person.Id == one.PersonId && person.LeftOn == null));
        var due = type.Circle switch
        {
            MeetingCircle.Members =>
                from membership in db.Memberships
                where (membership.Kind == PoliticalStatus.Full || membership.Kind == PoliticalStatus.Probationary)
                    && db.NodeClosure.Any(c => c.AncestorId == body && c.DescendantId == membership.PartyOrganisationId) && db.People.Any(person => person.Id == membership.PersonId && person.LeftOn == null)
                select new Due(membership.PersonId, membership.Kind == PoliticalStatus.Full),
            MeetingCircle.Committee => held.Where(one => one.NodeId == body && OfCommittee.Contains(one.Post)).Select(one => new Due(one.PersonId, true)),
            MeetingCircle.Leadership => held.Where(one => (one.NodeId == body && Leaders.Contains(one.Post))
                || (OfCommittee.Contains(one.Post) && db.PartyCoverage.Any(covered => covered.UnitId == body && covered.PartyOrganisationId == one.NodeId
                    && db.PartyOrganisations.Any(party => party.Id == covered.PartyOrganisationId && party.Kind == PartyOrganisationKind.Committee)))).Select(one => new Due(one.PersonId, true)),
            MeetingCircle.Managers => held.Where(one => Managers.Contains(one.Post) && db.NodeClosure.Any(c => c.AncestorId == body && c.DescendantId == one.NodeId)).Select(one => new Due(one.PersonId, true)),
            _ => null,
        };
        return due is null ? [] : await due.Distinct().ToListAsync(cancel);
    }
}
