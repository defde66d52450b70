using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Calendar;
using Ronghe.Tasks;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What the sign-in page says of the meeting.</summary>
public sealed record CheckInHead(string Title, string Body, string Place, DateTimeOffset PlannedAt, bool IsPresent);

/// <summary>What is entered of those present: by hand, by the code at the meeting, by the person who cannot come; and that the meeting begins.</summary>
public sealed class MeetingSitting(AppDb db, Me me, MeetingDoor door, MeetingRulebook rulebook, MeetingInvitations invitations, TimeProvider clock)
{
    public const int MostAtOnce = 500;
    const int MostCarried = 100;

    /// <summary>Guests, also those who are not members.</summary>
    public Task InviteAsync(Guid id, int version, IReadOnlyList<Guid> people, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Invite, async meeting =>
    {
        meeting.Invite();
        var type = (await rulebook.OfAsync(meeting.RulesNumber, cancel)).Of(meeting.Type);
        if (type.Guests == GuestRule.No) throw new Refusal($"“{type.Name}”不请别人列席：{type.GuestsText}。没有保存。", "People");
        var wanted = people.Distinct().Take(MostAtOnce).ToArray();
        if (wanted.Length == 0) throw new Refusal("请选要请的人。", "People");
        if (await db.People.CountAsync(person => wanted.Contains(person.Id) && person.CompanyId == me.CompanyId && person.LeftOn == null, cancel) != wanted.Length)
            throw new Refusal("有的人没有找到，或已离岗，请重新选择。没有保存。", "People");
        var known = await db.Attendances.Where(one => one.MeetingId == id && wanted.Contains(one.PersonId)).Select(one => one.PersonId).ToListAsync(cancel);
        db.Attendances.AddRange(wanted.Except(known).Select(person => new Attendance { MeetingId = id, PersonId = person }));
        door.Record(meeting, "invited", new { people = wanted.Except(known) });
    }, cancel);

    public Task UninviteAsync(Guid id, int version, Guid person, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Invite, async meeting =>
    {
        meeting.Invite();
        var one = await OneAsync(id, person, cancel);
        if (one.IsDue) throw new Refusal("他是应到会的人，不能从名单上去掉。不能到会的记原因；按规定不计入应到会的，写明理由。");
        db.Attendances.Remove(one);
        door.Record(meeting, "uninvited", new { person });
    }, cancel);

    /// <summary>Not counted among those due, for a reason that the rules know and the superior agreed to; shown in the minutes.</summary>
    public Task ExemptAsync(Guid id, int version, Guid person, string reason, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Invite, async meeting =>
    {
        meeting.Invite();
        (await OneAsync(id, person, cancel)).Exempt(reason, me.Id, clock.GetUtcNow());
        door.Record(meeting, "exempted", new { person, reason = reason.Trim() });
    }, cancel);

    /// <summary>By hand, several at once. Each one's row is the last word, so no version is asked for.</summary>
    public Task AttendAsync(Guid id, IReadOnlyList<Guid> people, AttendanceState state, string reason, CancellationToken cancel = default) => door.ActAsync(id, null, MeetingVerb.Attend, async meeting =>
    {
        meeting.Attend();
        if (people.Count is 0 or > MostAtOnce) throw new Refusal(people.Count == 0 ? "请先勾选人员。" : $"一次最多登记 {MostAtOnce} 人，没有保存。", "People");
        var rows = await db.Attendances.Where(one => one.MeetingId == id && people.Contains(one.PersonId)).ToListAsync(cancel);
        if (rows.Count != people.Distinct().Count()) throw new Refusal("有的人不在这次会议的名单上，没有保存。请刷新后再登记。", "People");
        foreach (var row in rows) Enter(row, state, reason);
        door.Record(meeting, "attended", new { state, people = rows.Count });
    }, cancel);

    /// <summary>Everybody of whom nothing has been entered yet: all there, or all away for one reason.</summary>
    public Task AttendRestAsync(Guid id, AttendanceState state, string reason, CancellationToken cancel = default) => door.ActAsync(id, null, MeetingVerb.Attend, async meeting =>
    {
        meeting.Attend();
        var rows = await db.Attendances.Where(one => one.MeetingId == id && one.State == AttendanceState.Unknown && one.IsDue && one.ExemptReason == "").ToListAsync(cancel);
        if (rows.Count == 0) throw new Refusal("没有还没登记的人了。");
        foreach (var row in rows) Enter(row, state, reason);
        door.Record(meeting, "attended", new { state, people = rows.Count });
    }, cancel);

    public Task AskLeaveAsync(Guid id, string reason, CancellationToken cancel = default) => door.ActAsync(id, null, MeetingVerb.Leave, async meeting =>
    {
        meeting.AskLeave(clock.GetUtcNow());
        (await OneAsync(id, me.Id, cancel)).AskLeave(reason, me.Id, clock.GetUtcNow());
        door.Record(meeting, "leave", new { });
    }, cancel);

    /// <summary>
    /// By the code that stands on the screen of the meeting. Others sign in at the same time, so the meeting is not locked against them:
    /// only against its own beginning, which counts those present.
    /// </summary>
    public Task CheckInAsync(Guid id, string code, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        await db.Database.ExecuteSqlAsync($"select 1 from meetings where id = {id} for share", cancel);
        var meeting = await db.Meetings.SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == me.CompanyId && one.Status != MeetingStatus.Planned, cancel) ?? throw new NotFound("这次会议");
        var now = clock.GetUtcNow();
        meeting.CheckIn(now);
        if (!MeetingCode.Holds(meeting.CodeKey, code, now)) throw new Refusal("签到码已经换了，没有签上。请再扫一次会场屏幕上的二维码。", "Code");
        var one = await db.Attendances.SingleOrDefaultAsync(row => row.MeetingId == id && row.PersonId == me.PersonId, cancel);
        if (one is { State: AttendanceState.Present }) return;
        if (one is null)
        {
            var type = (await rulebook.OfAsync(meeting.RulesNumber, cancel)).Of(meeting.Type);
            if (type.Guests is GuestRule.No or GuestRule.ByInvitation) throw new Refusal($"您不在这次会议的名单上，没有签上。“{type.Name}”：{type.GuestsText}。请找会议主持人或记录人。");
            db.Attendances.Add(one = new Attendance { MeetingId = id, PersonId = me.Id });
        }
        one.Come(AttendanceMeans.ByCode, me.Id, now);
        door.Record(meeting, "checked-in", new { });
        if (!await db.SaveNewAsync(cancel)) throw new Refusal("正在为您签到，请稍候再看。");
    }, cancel);

    /// <summary>For whoever stands on the list, or has the code before his eyes; null for everybody else.</summary>
    public async Task<CheckInHead?> HeadAsync(Guid id, string code, CancellationToken cancel = default)
    {
        var found = await db.Meetings.AsNoTracking().Where(one => one.Id == id && one.CompanyId == me.CompanyId && one.Status != MeetingStatus.Planned).Select(one => new
        {
            one.CodeKey, one.Title, one.Place, one.PlannedAt, Body = db.Nodes.First(node => node.Id == one.BodyId).Name,
            Mine = db.Attendances.Where(row => row.MeetingId == id && row.PersonId == me.PersonId).Select(row => (AttendanceState?)row.State).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancel);
        if (found is null || (found.Mine is null && !MeetingCode.Holds(found.CodeKey, code, clock.GetUtcNow()))) return null;
        return new(found.Title, found.Body, found.Place, found.PlannedAt, found.Mine == AttendanceState.Present);
    }

    public Task HoldAsync(Guid id, int version, DateTimeOffset from, string lateReason, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Hold, async meeting =>
    {
        var rules = await rulebook.OfAsync(meeting.RulesNumber, cancel);
        var needed = rules.Of(meeting.Type).HoldFormula is { } formula ? rules.Formula(formula) : null;
        meeting.Hold(from, lateReason, needed, await invitations.TurnoutAsync(id, cancel), await CarriedAsync(meeting, cancel), clock.GetUtcNow());
        door.Record(meeting, "held", new { began = from, meeting.IsLate });
    }, cancel);

    /// <summary>What earlier meetings of the same body gave and nobody has finished.</summary>
    internal async Task<IReadOnlyList<CarriedTask>> CarriedAsync(Meeting meeting, CancellationToken cancel)
    {
        var (body, at, id) = (meeting.BodyId, meeting.PlannedAt, meeting.Id);
        var today = clock.Today();
        var rows = await (
            from earlier in db.Meetings
            where earlier.BodyId == body && earlier.Id != id && earlier.PlannedAt <= at
            from resolution in earlier.Resolutions
            join task in db.Tasks on resolution.TaskId equals task.Id
            where TaskStates.Open.Contains(task.State)
            orderby task.DueOn, task.Id
            select new { task.Id, task.Title, task.State, task.DueOn, Owner = db.People.First(person => person.Id == task.OwnerId).Name, Meeting = earlier.Title }).Take(MostCarried).ToListAsync(cancel);
        return [.. rows.Select(row => new CarriedTask(row.Id, row.Title, row.Owner, row.DueOn, row.State.Title(), row.Meeting, row.State != TaskState.Reported && row.DueOn < today))];
    }

    void Enter(Attendance row, AttendanceState state, string reason)
    {
        var now = clock.GetUtcNow();
        switch (state)
        {
            case AttendanceState.Present: row.Come(AttendanceMeans.ByHand, me.Id, now); break;
            case AttendanceState.Unknown: row.Forget(me.Id, now); break;
            default: row.Miss(reason, me.Id, now); break;
        }
    }

    async Task<Attendance> OneAsync(Guid id, Guid person, CancellationToken cancel) =>
        await db.Attendances.SingleOrDefaultAsync(one => one.MeetingId == id && one.PersonId == person, cancel) ?? throw new NotFound("名单上的这个人");
}
