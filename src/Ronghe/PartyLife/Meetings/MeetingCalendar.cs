using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Meetings on the one calendar, beside production. Of great ones only the chair and the recorder are compared with other things.</summary>
public sealed class MeetingCalendar(AppDb db, Me me, MeetingAccess access, TimeProvider clock)
{
    const int Most = 300, MostPeople = 60;

    public static readonly CalendarSource Source = new("会议", (scope, ask, cancel) => scope.GetRequiredService<MeetingCalendar>().LinesAsync(ask, cancel)) { IsWork = true };

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var (from, to) = (ask.From.At(TimeOnly.MinValue), ask.To.End());
        var meetings = access.Visible().AsNoTracking().Where(one => one.Status != MeetingStatus.Cancelled && (one.HeldFrom ?? one.PlannedAt) >= from && (one.HeldFrom ?? one.PlannedAt) < to);
        if (ask.Mine) meetings = meetings.Where(one => one.ChairId == me.PersonId || one.RecorderId == me.PersonId || db.Attendances.Any(person => person.MeetingId == one.Id && person.PersonId == me.PersonId));
        var rows = await meetings.OrderBy(one => one.PlannedAt).Take(Most).Select(one => new
        {
            one.Id, one.Title, one.TypeName, one.Status, one.Place, one.ChairId, one.RecorderId, one.BodyId, At = one.HeldFrom ?? one.PlannedAt, Body = db.Nodes.First(node => node.Id == one.BodyId).Name,
            IsSafety = one.Agenda.Any(item => item.IsSafety), IsParty = db.PartyOrganisations.Any(party => party.Id == one.BodyId),
            Units = db.PartyCoverage.Where(covered => covered.PartyOrganisationId == one.BodyId).Select(covered => covered.UnitId).ToList(),
            People = db.Attendances.Where(person => person.MeetingId == one.Id).OrderBy(person => person.PersonId).Select(person => person.PersonId).Take(MostPeople + 1).ToList(),
        }).AsSplitQuery().ToListAsync(cancel);
        var now = clock.GetUtcNow();
        return [.. rows.Select(one =>
        {
            var on = one.At.PlantDate();
            Guid[] people = one.People.Count > MostPeople ? [one.ChairId, one.RecorderId] : [.. one.People, one.ChairId, one.RecorderId];
            return new CalendarEntry(MeetingActions.Kind, one.Id, one.Title, on, on, !one.IsParty ? PlanTag.Production : one.IsSafety ? PlanTag.Both : PlanTag.Party, $"/meetings/{one.Id}", one.TypeName)
            {
                Icon = "users-group", Detail = string.Join(" · ", new[] { one.At.ToPlant().ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), one.Body, one.Place, one.Status.Title() }.Where(part => part != "")),
                IsDone = MeetingStates.TookPlace.Contains(one.Status), IsLate = one.Status is MeetingStatus.Planned or MeetingStatus.Announced && one.At < now,
                Work = new([.. one.Units, one.BodyId], [.. people.Distinct()]) { IsTied = one.IsSafety },
            };
        })];
    }
}
