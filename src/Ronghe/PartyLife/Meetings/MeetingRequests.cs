using System.ComponentModel;
using Ronghe.Platform;

namespace Ronghe.PartyLife.Meetings;

public sealed record MeetingListRequest(
    [property: Description("会议种类的代号，例如 MembersMeeting")] string? Type, MeetingStatus? Status, [property: Description("党组织或单位及其下级")] Guid? Body, DateOnly? From, DateOnly? To,
    [property: Description("只要请我参加、我主持或记录的")] bool? Mine, string? Text, [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit)
{
    public MeetingFilter ToFilter() => new(Type, Status, Body, From, To, Mine ?? false, Text, After)
    {
        Limit = Limit is null or (>= 1 and <= MeetingFilter.MostPerPage) ? Limit ?? 50 : throw new Refusal($"limit 应在 1—{MeetingFilter.MostPerPage} 之间。", "limit"),
    };
}

/// <summary>What may be altered until the meeting begins.</summary>
public sealed record MeetingPlanFacts(
    string Title, DateTimeOffset At, [property: Description("预计多少分钟")] int Minutes, string? Place, [property: Description("主持人")] Guid ChairId, [property: Description("记录人，不能是主持人")] Guid RecorderId,
    [property: Description("党课的授课人")] Guid? LecturerId)
{
    public MeetingPlan ToPlan(string type, Guid body) => new(type, body, Title, At.ToUniversalTime(), Minutes, Place ?? "", ChairId, RecorderId) { LecturerId = LecturerId };
}

public sealed record MeetingPlanRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("会议种类的代号")] string Type, [property: Description("开会的党组织或单位")] Guid BodyId, MeetingPlanFacts Plan,
    [property: Description("带上这种会议的常用议程，默认带")] bool? UsualAgenda);

public sealed record MeetingRestateRequest(int Version, MeetingPlanFacts Plan);
public sealed record MeetingVersion(int Version);
public sealed record MeetingReasonRequest(int Version, string Reason);

public sealed record AgendaItemRequest(
    int Version, [property: Description("由调用方生成的 UUIDv7")] Guid? Id, string Title, [property: Description("主类别，例如 AK-02")] string Kind, [property: Description("最多两个标签")] string[]? Tags,
    [property: Description("专题研究")] bool? Special, [property: Description("关联的记录")] Guid? About)
{
    public NewItem ToItem() => new(Title, Kind) { Tags = Tags ?? [], IsSpecial = Special ?? false };
}

public sealed record ItemRecordRequest(int Version, bool Discussed, [property: Description("讨论要点")] string? Discussion, [property: Description("结论；没有讨论的写原因")] string Outcome);
public sealed record AnnouncementRequest(int Version, [property: Description("有人同一时间有别的会，仍然通知")] bool? DespiteClashes);
public sealed record GuestsRequest(int Version, Guid[] People);
public sealed record ExemptionRequest(int Version, Guid PersonId, string? Reason);

public sealed record AttendanceRequest(AttendanceState State, Guid[]? People, [property: Description("没有登记的其余应到会的人都这样登记")] bool? Rest, [property: Description("缺席的原因")] string? Reason);

public sealed record LeaveRequest(string Reason);
public sealed record CheckInRequest([property: Description("会场屏幕上的签到码")] string Code);
public sealed record OpeningRequest(int Version, [property: Description("实际开始时间，不给就是现在")] DateTimeOffset? From, string? LateReason);
public sealed record VoteRequest(int Version, Guid Id, Guid ItemId, [property: Description("表决公式，例如 VF-01")] string Formula, string Matter, int Yes, int No, int Abstain);
public sealed record ResolutionRequest(int Version, Guid Id, Guid ItemId, string Text, [property: Description("要有人办的：办理人、期限")] ResolutionTask? Task);
public sealed record MinutesRequest(int Version, [property: Description("实际结束时间")] DateTimeOffset Until, string? Conclusion);
public sealed record CorrectionRequest(int Version, Guid Id, [property: Description("更正哪里")] string What, [property: Description("正确的是什么、为什么写错")] string Text);
