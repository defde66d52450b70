using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Somebody who would have to be at two meetings at one time.</summary>
/// <param name="Title">Of the other meeting; of one that is none of the reader's business only that there is one.</param>
public sealed record MeetingClash(Guid PersonId, string Person, Guid OtherId, string Title, DateTimeOffset From, DateTimeOffset Until);

/// <param name="Count">People in all; the lines are the first of them.</param>
public sealed record MeetingClashList(int Count, IReadOnlyList<MeetingClash> Lines)
{
    public string Say() => $"有 {Count} 人在同一时间还有别的会：{string.Join("、", Lines.DistinctBy(line => line.PersonId).Take(5).Select(line => $"{line.Person}（{line.Title}，{line.From.Say()}）"))}{(Count > 5 ? "等" : "")}";
}

/// <summary>Two meetings at one time for one person: told before the notice goes out and as long as it is so.</summary>
public sealed class MeetingClashes(AppDb db, MeetingAccess access)
{
    const int MostLines = 30;

    sealed class Busy
    {
        public Guid PersonId { get; init; }
        public Guid MeetingId { get; init; }
    }

    /// <summary>Among those on the list, the chair and the recorder, who have not asked leave of either.</summary>
    public async Task<MeetingClashList> OfAsync(Guid meetingId, CancellationToken cancel)
    {
        MeetingStatus[] ahead = [MeetingStatus.Planned, MeetingStatus.Announced];
        if (await db.Meetings.Where(one => one.Id == meetingId && ahead.Contains(one.Status)).Select(one => new { one.CompanyId, one.PlannedAt, one.PlannedUntil }).SingleOrDefaultAsync(cancel) is not { } mine) return new(0, []);
        var others = db.Meetings.Where(other => other.CompanyId == mine.CompanyId && other.Id != meetingId && ahead.Contains(other.Status) && other.PlannedAt < mine.PlannedUntil && other.PlannedUntil > mine.PlannedAt);
        var here = BusyWith(db.Meetings.Where(one => one.Id == meetingId)).Select(one => one.PersonId);
        var pairs =
            from busy in BusyWith(others).Where(busy => here.Contains(busy.PersonId)).Distinct()
            join person in db.People on busy.PersonId equals person.Id
            join other in db.Meetings on busy.MeetingId equals other.Id
            select new { busy.PersonId, person.Name, person.Number, OtherId = other.Id, other.Title, other.PlannedAt, other.PlannedUntil };
        var visible = access.Visible();
        var lines = await pairs.OrderBy(pair => pair.Number).ThenBy(pair => pair.PlannedAt).Take(MostLines)
            .Select(pair => new MeetingClash(pair.PersonId, pair.Name, pair.OtherId, visible.Any(one => one.Id == pair.OtherId) ? pair.Title : "另一个会", pair.PlannedAt, pair.PlannedUntil)).ToListAsync(cancel);
        if (lines.Count < MostLines) return new(lines.DistinctBy(line => line.PersonId).Count(), lines);
        return new(await pairs.Select(pair => pair.PersonId).Distinct().CountAsync(cancel), lines);
    }

    IQueryable<Busy> BusyWith(IQueryable<Meeting> meetings) => meetings.Select(one => new Busy { PersonId = one.ChairId, MeetingId = one.Id })
        .Concat(meetings.Select(one => new Busy { PersonId = one.RecorderId, MeetingId = one.Id }))
        .Concat(from one in meetings
                join row in db.Attendances on one.Id equals row.MeetingId
                where row.State != AttendanceState.Leave
                select new Busy { PersonId = row.PersonId, MeetingId = one.Id });
}
