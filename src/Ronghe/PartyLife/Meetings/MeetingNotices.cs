using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Whom a meeting concerns: who is to come, who has to agree to the minutes, who has to write them again.</summary>
public sealed class MeetingNotices(AppDb db)
{
    const string Invited = "meeting.invited", Moved = "meeting.moved", CalledOff = "meeting.called-off", ToArchive = "meeting.to-archive", SentBack = "meeting.sent-back";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Invited, "请我参加的会议", "有一次会议请您参加，请登录平台查看。") { IsMandatory = true },
        new(Moved, "我要参加的会议改了时间或地点", "您要参加的一次会议有变化，请登录平台查看。") { IsMandatory = true },
        new(CalledOff, "我要参加的会议取消", "您要参加的一次会议取消了，请登录平台查看。") { IsMandatory = true },
        new(ToArchive, "请我确认的会议纪要", "有一份纪要等您确认，请登录平台查看。") { IsMandatory = true },
        new(SentBack, "退回我再整理的纪要", "有一份纪要退回给您，请登录平台查看。") { IsMandatory = true },
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<MeetingNotices>().FindAsync(rows, cancel));

    sealed record Told(Guid Id, string Title, string Place, DateTimeOffset PlannedAt, MeetingStatus Status, Guid ChairId, Guid RecorderId, string Reason);

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == MeetingActions.Kind).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var meetings = await db.Meetings.AsNoTracking().Where(meeting => ids.Contains(meeting.Id))
            .Select(one => new Told(one.Id, one.Title, one.Place, one.PlannedAt, one.Status, one.ChairId, one.RecorderId, one.Reason)).ToDictionaryAsync(one => one.Id, cancel);
        var drafts = new List<NoticeDraft>();
        foreach (var row in mine)
        {
            if (!meetings.TryGetValue(row.SubjectId, out var meeting) || About(row.Event, meeting) is not { } told) continue;
            var people = told.OfAll ? await InvitedAsync(meeting, cancel) : told.Event == ToArchive ? [meeting.ChairId] : [meeting.RecorderId];
            drafts.AddRange(people.Where(person => person != row.ActorId).Select(person => new NoticeDraft(person, told.Event, $"journal {row.Seq}", told.Text, $"/meetings/{meeting.Id}")));
        }
        return drafts;
    }

    static (string Event, bool OfAll, string Text)? About(string @event, Told one) => @event switch
    {
        "meeting.announced" => (Invited, true, $"{one.PlannedAt.Say()} 请您参加：{one.Title}{(one.Place == "" ? "" : $"，{one.Place}")}"),
        // Of one that nobody was told of yet there is nothing to take back.
        "meeting.moved" when one.Status == MeetingStatus.Announced => (Moved, true, $"改到 {one.PlannedAt.Say()}{(one.Place == "" ? "" : $"，{one.Place}")}：{one.Title}"),
        "meeting.called-off" => (CalledOff, true, $"会议取消：{one.Title}，{one.Reason}"),
        "meeting.minuted" => (ToArchive, false, $"纪要请您确认归档：{one.Title}"),
        "meeting.sent-back" => (SentBack, false, $"纪要退回再整理：{one.Title}，{one.Reason}"),
        _ => null,
    };

    async Task<IReadOnlyList<Guid>> InvitedAsync(Told meeting, CancellationToken cancel) =>
        [.. (await db.Attendances.Where(one => one.MeetingId == meeting.Id && one.ExemptReason == "").Select(one => one.PersonId).ToListAsync(cancel)).Append(meeting.ChairId).Append(meeting.RecorderId).Distinct()];
}
