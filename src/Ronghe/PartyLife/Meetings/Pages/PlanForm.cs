using Ronghe.Platform;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>When, where, who: the same for a new meeting and for an altered one.</summary>
public sealed class PlanForm
{
    public Guid Id { get; set; }
    [Picked("nodes")] public Guid? BodyId { get; set; }
    public string? Title { get; set; }
    public DateTimeOffset? At { get; set; }
    public int Minutes { get; set; } = 90;
    public string? Place { get; set; }
    [Picked("people")] public Guid? ChairId { get; set; }
    [Picked("people")] public Guid? RecorderId { get; set; }
    [Picked("people")] public Guid? LecturerId { get; set; }
    public bool UsualAgenda { get; set; } = true;

    public MeetingPlan ToPlan(string type, Guid? body = null) => new(
        type, body ?? BodyId ?? Guid.Empty, Title ?? "", At ?? throw new Refusal("请选开会时间。", nameof(At)), Minutes, Place ?? "", ChairId ?? Guid.Empty, RecorderId ?? Guid.Empty)
    {
        LecturerId = LecturerId, WithUsualAgenda = UsualAgenda,
    };

    public static PlanForm Of(MeetingDetail meeting) => new()
    {
        Title = meeting.Title, At = meeting.PlannedAt, Minutes = (int)(meeting.PlannedUntil - meeting.PlannedAt).TotalMinutes, Place = meeting.Place, ChairId = meeting.ChairId, RecorderId = meeting.RecorderId,
        LecturerId = meeting.LecturerId,
    };
}
