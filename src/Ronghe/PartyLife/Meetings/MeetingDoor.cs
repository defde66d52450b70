using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Every act on a meeting goes through here: what I may see, in the version I saw, if I may do this to it; the row of the journal; one save.</summary>
public sealed class MeetingDoor(AppDb db, Me me, MeetingAccess access, MeetingRulebook rulebook, TimeProvider clock)
{
    /// <summary>The act has the meeting to itself until it is saved, so that whoever signs in at the same moment is counted or turned away, never lost.</summary>
    /// <param name="id">Of the meeting.</param>
    /// <param name="version">As it was seen; null for what puts out nobody else's.</param>
    /// <param name="verb">What is done.</param>
    /// <param name="act">Calls the meeting's verb and tells the journal.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task ActAsync(Guid id, int? version, MeetingVerb verb, Func<Meeting, Task> act, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.Database.ExecuteSqlAsync($"select 1 from meetings where id = {id} for update", cancel);
        await act(await LoadAsync(id, version, verb, cancel));
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>The same for what comes with an id that the caller made: sent twice, it is there once.</summary>
    public async Task AddAsync<T>(Guid id, int version, Guid partId, MeetingVerb verb, Func<Meeting, Task> act, CancellationToken cancel) where T : class
    {
        if (partId == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每一条生成一个 UUIDv7。", "id");
        if (await db.Set<T>().AnyAsync(part => EF.Property<Guid>(part, "Id") == partId && EF.Property<Guid>(part, "MeetingId") == id, cancel)) return;
        await ActAsync(id, version, verb, act, cancel);
    }

    async Task<Meeting> LoadAsync(Guid id, int? version, MeetingVerb verb, CancellationToken cancel)
    {
        var meeting = await access.Visible().Include(one => one.Agenda.OrderBy(item => item.No)).Include(one => one.Votes).Include(one => one.Resolutions).Include(one => one.Corrections).AsSplitQuery()
            .SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这次会议");
        var type = (await rulebook.OfAsync(meeting.RulesNumber, cancel)).Of(meeting.Type);
        var isInvited = await db.Attendances.AnyAsync(one => one.MeetingId == id && one.PersonId == me.PersonId, cancel);
        if (!access.MayEver(meeting, verb, await access.ArrangesAsync(type, meeting.BodyId, cancel), isInvited)) throw MeetingAccess.Stranger(verb);
        if (version is { } seen && meeting.Version != seen) throw new StaleWrite(await WhatChangedAsync(id, seen, cancel));
        return meeting;
    }

    async Task<string> WhatChangedAsync(Guid id, int version, CancellationToken cancel)
    {
        var rows = await db.Journal.Where(row => row.SubjectKind == MeetingActions.Kind && row.SubjectId == id && row.SubjectVersion > version).OrderBy(row => row.Seq).Take(5)
            .Select(row => new { row.Event, row.At, By = db.People.Where(person => person.Id == row.ActorId).Select(person => person.Name).FirstOrDefault() }).ToListAsync(cancel);
        var changes = string.Join("；", rows.Select(row => $"{row.By ?? "系统"} {row.At.ToPlant():MM-dd HH:mm} {MeetingJournal.Words.GetValueOrDefault(row.Event, "改动")}"));
        return $"您打开以后会议有了变化：{changes}。您的这次办理没有保存，填写的内容还在。请看过最新情况再办。";
    }

    /// <summary>With the save that is to come.</summary>
    public void Record(Meeting meeting, string @event, object data) =>
        db.Record(meeting, MeetingActions.Kind, $"{MeetingActions.Kind}.{@event}", me.PersonId, clock.GetUtcNow(), meeting.BodyId, data);
}
