using Ronghe.Duties;
using Ronghe.Duties.Calendar;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Which meetings meet which duty: those whose minutes are archived, told by their body, their lecturer, their items. Nothing is entered twice.</summary>
static class MeetingDuties
{
    static readonly string[] Ordinary = ["MembersMeeting", "GroupMeeting", "OrganisationLifeMeeting", "ThemeDay"], SafetyLife = ["OrganisationLifeMeeting", "MembersMeeting", "ThemeDay"];

    public static readonly DutyEvidence[] All =
    [
        Of("MembersMeeting", "支部党员大会"), Of("CommitteeMeeting", "支委会"), Of("GroupMeeting", "党小组会"), Of("DemocraticLifeMeeting", "民主生活会"), Of("StudyCentreGroup", "中心组学习"),
        // The branch's own lecture, and of whoever gives it (the committee's secretary once a year).
        new("Meeting:PartyLecture", "党课", db => Archived(db, "PartyLecture").Select(one => new DutyRecord { SubjectId = one.BodyId, On = one.HeldOn!.Value, RecordId = one.Id })
            .Concat(Archived(db, "PartyLecture").Where(one => one.LecturerId != null).Select(one => new DutyRecord { SubjectId = one.LecturerId!.Value, On = one.HeldOn!.Value, RecordId = one.Id })), Href, Start("PartyLecture")),
        // Only with measures that somebody has to carry out.
        new("Meeting:OrganisationLifeMeeting", "组织生活会", db => Archived(db, "OrganisationLifeMeeting").Where(one => one.Resolutions.Any(resolution => resolution.TaskId != null))
            .Select(one => new DutyRecord { SubjectId = one.BodyId, On = one.HeldOn!.Value, RecordId = one.Id }), Href, Start("OrganisationLifeMeeting")),
        // Held is enough here: what it found is another duty.
        new("ThemeDay", "主题党日", db => db.Meetings.Where(one => one.Type == "ThemeDay" && one.HeldOn != null && MeetingStates.TookPlace.Contains(one.Status))
            .Select(one => new DutyRecord { SubjectId = one.BodyId, On = one.HeldOn!.Value, RecordId = one.Id }), Href, Start("ThemeDay")) { Tag = PlanTag.Both },
        Studied("AK-08", "党风廉政专题", special: true), Studied("AK-13", "意识形态专题", special: true),
        new("AgendaItem:AK-02", "安全专题组织生活", db => (
            from meeting in db.Meetings
            where meeting.Status == MeetingStatus.Archived && meeting.HeldOn != null && SafetyLife.Contains(meeting.Type)
            from item in meeting.Agenda
            where item.Kind == "AK-02" && item.State == ItemState.Discussed
            select new DutyRecord { SubjectId = meeting.BodyId, On = meeting.HeldOn!.Value, RecordId = meeting.Id }).Distinct(), Href, Start("MembersMeeting")) { Tag = PlanTag.Both },
        // A leader at the meeting of the branch to which he belongs as a member.
        new("Attendance", "双重组织生活", db =>
            from one in db.Attendances
            where one.IsDue && one.State == AttendanceState.Present
            join meeting in db.Meetings on one.MeetingId equals meeting.Id
            where meeting.Status == MeetingStatus.Archived && meeting.HeldOn != null && Ordinary.Contains(meeting.Type)
            select new DutyRecord { SubjectId = one.PersonId, On = meeting.HeldOn!.Value, RecordId = meeting.Id }, Href),
    ];

    public static readonly EventDutyAnswer Measures = new("DU-09", "会上定的整改措施就是任务：在“任务交办”里报办结、确认；没办完的自动出现在下一次会上。", "/tasks");

    static DutyEvidence Of(string type, string title) => new($"Meeting:{type}", title, db => Archived(db, type).Select(one => new DutyRecord { SubjectId = one.BodyId, On = one.HeldOn!.Value, RecordId = one.Id }), Href, Start(type));

    /// <summary>The body studied the subject on its own, and came to a conclusion.</summary>
    static DutyEvidence Studied(string kind, string title, bool special) => new($"AgendaItem:{kind}", title, db => (
        from meeting in db.Meetings
        where meeting.Status == MeetingStatus.Archived && meeting.HeldOn != null
        from item in meeting.Agenda
        where item.Kind == kind && item.IsSpecial == special && item.State == ItemState.Discussed
        select new DutyRecord { SubjectId = meeting.BodyId, On = meeting.HeldOn!.Value, RecordId = meeting.Id }).Distinct(), Href, Start("PartyCommitteeMeeting"));

    static IQueryable<Meeting> Archived(AppDb db, string type) => db.Meetings.Where(one => one.Type == type && one.Status == MeetingStatus.Archived && one.HeldOn != null);

    static string Href(Guid id) => $"/meetings/{id}";
    static string Start(string type) => $"/meetings/new?type={type}";
}
