using Ronghe.Platform.Security;

namespace Ronghe.PartyLife.Meetings;

public static class MeetingPermissions
{
    public const string Use = "meetings.use", View = "meetings.view", Party = "meetings.party", Work = "meetings.work", Configure = "meetings.configure";

    public static readonly Permission[] All =
    [
        new(Use, "看请自己参加的会议，签到、请假"),
        new(View, "查看本范围的会议、议题占比"),
        new(Party, "组织本党组织的会议"),
        new(Work, "组织本单位的安全例会、班子会、座谈会"),
        new(Configure, "调整会议种类、表决公式、议题类别"),
    ];
}
