using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What the journal tells of meetings, in words.</summary>
static class MeetingJournal
{
    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["meeting.planned"] = "安排", ["meeting.restated"] = "修改安排", ["meeting.moved"] = "改时间或地点", ["meeting.agenda-added"] = "加议题", ["meeting.agenda-changed"] = "改议题", ["meeting.agenda-removed"] = "撤议题",
        ["meeting.invited"] = "加列席", ["meeting.uninvited"] = "撤列席", ["meeting.exempted"] = "调整应到会", ["meeting.announced"] = "发通知", ["meeting.leave"] = "请假", ["meeting.checked-in"] = "扫码签到", ["meeting.attended"] = "记到会",
        ["meeting.held"] = "开会", ["meeting.item-recorded"] = "记录议题", ["meeting.voted"] = "记表决", ["meeting.vote-removed"] = "撤下表决", ["meeting.resolved"] = "记决议", ["meeting.resolution-removed"] = "撤下决议",
        ["meeting.minuted"] = "形成纪要", ["meeting.sent-back"] = "退回纪要", ["meeting.archived"] = "归档", ["meeting.corrected"] = "更正", ["meeting.cancelled"] = "取消", ["meeting.called-off"] = "通知后取消",
    };

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(MeetingActions.Kind, "会议", Words) { Record = typeof(Meeting), Href = id => $"/meetings/{id}" },
        new(MeetingRulebook.Kind, "会议规则", new Dictionary<string, string> { [MeetingRulebook.Kind + ".changed"] = "调整" }) { Record = typeof(MeetingRules), Href = _ => "/meetings/rules" },
    ];
}
