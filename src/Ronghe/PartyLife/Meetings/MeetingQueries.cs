using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.PartyLife.Meetings;

public sealed record MeetingRow(
    Guid Id, string Type, string TypeName, string Title, Guid BodyId, string Body, DateTimeOffset PlannedAt, DateTimeOffset? HeldFrom, MeetingStatus Status, bool IsLate, string Chair, int Items, int Due, int Present, int Resolutions)
{
    public DateTimeOffset At => HeldFrom ?? PlannedAt;
}

/// <param name="Body">With what stands below it.</param>
/// <param name="Mine">Only those that I am invited to, lead or write down.</param>
public sealed record MeetingFilter(string? Type = null, MeetingStatus? Status = null, Guid? Body = null, DateOnly? From = null, DateOnly? To = null, bool Mine = false, string? Text = null, string? After = null)
{
    public const int MostPerPage = 200;

    public int Limit { get; init; } = 50;
}

/// <summary>One person of the list of a meeting.</summary>
public sealed record AttendanceRow(
    Guid PersonId, string Name, string Number, string Unit, bool IsDue, bool HasVote, AttendanceState State, AttendanceMeans Means, string Reason, string ExemptReason, DateTimeOffset? At);

/// <summary>Lists of meetings and of who is on their lists; paged by key, within what the caller may see.</summary>
public sealed class MeetingQueries(AppDb db, Me me, MeetingAccess access)
{
    const int PeoplePerPage = 100;

    public async Task<Paged<MeetingRow>> ListAsync(MeetingFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, MeetingFilter.MostPerPage);
        var rows = await Matching(filter).OrderByDescending(meeting => meeting.PlannedAt).ThenByDescending(meeting => meeting.Id).Take(limit + 1).Select(meeting => new MeetingRow(
            meeting.Id, meeting.Type, meeting.TypeName, meeting.Title, meeting.BodyId, db.Nodes.First(node => node.Id == meeting.BodyId).Name, meeting.PlannedAt, meeting.HeldFrom, meeting.Status, meeting.IsLate,
            db.People.First(person => person.Id == meeting.ChairId).Name, meeting.Agenda.Count,
            db.Attendances.Count(one => one.MeetingId == meeting.Id && one.IsDue && one.ExemptReason == ""),
            db.Attendances.Count(one => one.MeetingId == meeting.Id && one.IsDue && one.ExemptReason == "" && one.State == AttendanceState.Present), meeting.Resolutions.Count)).ToListAsync(cancel);
        if (rows.Count <= limit) return new(rows);
        return new(rows[..limit], new Cursor(rows[limit - 1].PlannedAt, rows[limit - 1].Id).ToString());
    }

    /// <summary>By number; with words by name or number.</summary>
    /// <param name="after">Number of the last row of the page before.</param>
    public async Task<Paged<AttendanceRow>> PeopleAsync(Guid id, AttendanceState? state, bool? isDue, string? text, string? after, CancellationToken cancel = default)
    {
        var rows = from one in db.Attendances.AsNoTracking()
                   where one.MeetingId == id && access.Visible().Any(meeting => meeting.Id == id)
                   join person in db.People on one.PersonId equals person.Id
                   select new { one, person };
        if (state is { } wanted) rows = rows.Where(row => row.one.State == wanted);
        if (isDue is { } due) rows = rows.Where(row => row.one.IsDue == due);
        if (SearchTokens.ForQuery(text) is { Length: > 0 } tokens) rows = rows.Where(row => tokens.All(token => row.person.SearchTokens.Contains(token)));
        if (!string.IsNullOrEmpty(after)) rows = rows.Where(row => string.Compare(row.person.Number, after) > 0);
        var found = await rows.OrderBy(row => row.person.Number).Take(PeoplePerPage + 1).Select(row => new AttendanceRow(
            row.person.Id, row.person.Name, row.person.Number, db.Units.First(unit => unit.Id == row.person.UnitId).Name, row.one.IsDue, row.one.HasVote, row.one.State, row.one.Means, row.one.Reason,
            row.one.ExemptReason, row.one.At)).ToListAsync(cancel);
        return found.Count <= PeoplePerPage ? new(found) : new(found[..PeoplePerPage], found[PeoplePerPage - 1].Number);
    }

    /// <summary>By words of the title, for the search of the whole product.</summary>
    public async Task<IReadOnlyList<MeetingRow>> FindAsync(string text, int most, CancellationToken cancel = default) =>
        (await ListAsync(new(Text: text) { Limit = most }, cancel)).Rows;

    IQueryable<Meeting> Matching(MeetingFilter filter)
    {
        var meetings = access.Visible().AsNoTracking();
        if (!string.IsNullOrEmpty(filter.Type)) meetings = meetings.Where(meeting => meeting.Type == filter.Type);
        if (filter.Status is { } status) meetings = meetings.Where(meeting => meeting.Status == status);
        if (filter.Body is { } body) meetings = meetings.Where(meeting => db.NodeClosure.Any(c => c.DescendantId == meeting.BodyId && c.AncestorId == body));
        if (filter.From?.At(TimeOnly.MinValue) is { } from) meetings = meetings.Where(meeting => meeting.PlannedAt >= from);
        if (filter.To?.End() is { } to) meetings = meetings.Where(meeting => meeting.PlannedAt < to);
        if (filter.Mine) meetings = meetings.Where(meeting => meeting.ChairId == me.PersonId || meeting.RecorderId == me.PersonId || db.Attendances.Any(one => one.MeetingId == meeting.Id && one.PersonId == me.PersonId));
        if (SearchTokens.ForQuery(filter.Text) is { Length: > 0 } tokens) meetings = meetings.Where(meeting => tokens.All(token => meeting.SearchTokens.Contains(token)));
        else if (!string.IsNullOrWhiteSpace(filter.Text)) meetings = meetings.Where(_ => false);
        return Cursor.Parse(filter.After) is { } after
            ? meetings.Where(meeting => EF.Functions.LessThan(ValueTuple.Create(meeting.PlannedAt, meeting.Id), ValueTuple.Create(after.At, after.Id)))
            : meetings;
    }
}
