using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings;

/// <summary>The meetings part of “my work”: to hold what was planned, to write the minutes, to agree to them. To come to a meeting is no line here; the calendar tells that.</summary>
public sealed class MeetingWork(AppDb db, Me me, TimeProvider clock)
{
    const int Most = 50;
    /// <summary>In days after the meeting.</summary>
    const int DaysToMinute = 3, DaysToArchive = 7;

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<MeetingWork>().Waiting().Select(meeting => meeting.Id),
        (scope, cancel) => scope.GetRequiredService<MeetingWork>().WaitingAsync(cancel));

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await Waiting().Select(one => new { one.Id, one.Title, one.Status, At = one.HeldFrom ?? one.PlannedAt, Since = one.MinutedAt ?? one.HeldFrom ?? one.PlannedAt, Body = db.Nodes.First(node => node.Id == one.BodyId).Name }).ToListAsync(cancel);
        var year = clock.Today().Year;
        return [.. rows.Select(row =>
        {
            var (icon, act, button, days) = row.Status switch
            {
                MeetingStatus.Minuted => ("gavel", "确认纪要", "去确认", DaysToArchive),
                MeetingStatus.Held => ("edit", "整理纪要", "去整理", DaysToMinute),
                _ => ("player-play", "记录会议", "去记录", 0),
            };
            return new WaitingLine(row.Id, icon, $"{act}：{row.Title}", $"{row.Body} · {row.At.Say(year)}", $"/meetings/{row.Id}", button, row.At.PlantDate().AddDays(days)) { Since = row.Since };
        })];
    }

    IQueryable<Meeting> Waiting()
    {
        var (person, now) = (me.PersonId, clock.GetUtcNow());
        return db.Meetings.AsNoTracking().Where(meeting => meeting.CompanyId == me.CompanyId && (
                (meeting.RecorderId == person && (meeting.Status == MeetingStatus.Held || ((meeting.Status == MeetingStatus.Announced || meeting.Status == MeetingStatus.Planned) && meeting.PlannedAt <= now)))
                || (meeting.ChairId == person && meeting.Status == MeetingStatus.Minuted)))
            .OrderBy(meeting => meeting.PlannedAt).Take(Most);
    }
}
