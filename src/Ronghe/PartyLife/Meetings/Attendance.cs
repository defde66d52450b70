using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

public enum AttendanceState { Unknown, Present, Leave, Absent }

/// <summary>How somebody's presence was entered.</summary>
public enum AttendanceMeans { None, ByHand, ByCode, BySelf }

/// <summary>One person and one meeting: due or a guest, with a vote or without, there or not, and why not.</summary>
/// <remarks>A part of the meeting that no collection of it holds: there may be thousands.</remarks>
[PartOf(typeof(Meeting), "到会")]
public sealed class Attendance
{
    public const int LongestReason = 100;

    public Guid MeetingId { get; init; }
    public Guid PersonId { get; init; }
    /// <summary>Belongs to the body; otherwise a guest 列席.</summary>
    public bool IsDue { get; init; }
    public bool HasVote { get; init; }
    public AttendanceState State { get; private set; }
    public AttendanceMeans Means { get; private set; }
    /// <summary>Why not there.</summary>
    public string Reason { get; private set; } = "";
    /// <summary>Why not counted among those due (XJ-10); empty for everybody who is.</summary>
    public string ExemptReason { get; private set; } = "";
    public Guid? ById { get; private set; }
    public DateTimeOffset? At { get; private set; }

    public bool IsCounted => IsDue && ExemptReason == "";

    public void Come(AttendanceMeans means, Guid by, DateTimeOffset at) => (State, Means, Reason, ById, At) = (AttendanceState.Present, means, "", by, at);

    public void AskLeave(string reason, Guid by, DateTimeOffset at)
    {
        if (State == AttendanceState.Present) throw new Refusal("已经签到了，不能再请假。");
        Excuse(AttendanceState.Leave, AttendanceMeans.BySelf, reason, by, at);
    }

    /// <summary>Was not there; with the reason, on leave.</summary>
    public void Miss(string reason, Guid by, DateTimeOffset at) => Excuse(AttendanceState.Absent, AttendanceMeans.ByHand, reason, by, at);

    /// <summary>As if nothing had been entered.</summary>
    public void Forget(Guid by, DateTimeOffset at) => (State, Means, Reason, ById, At) = (AttendanceState.Unknown, AttendanceMeans.None, "", by, at);

    /// <summary>With a reason not counted among those due; without one, counted again.</summary>
    public void Exempt(string reason, Guid by, DateTimeOffset at)
    {
        if (!IsDue) throw new Refusal("列席的人本来就不计入应到会。");
        if (reason.Length > LongestReason) throw new Refusal($"理由超过 {LongestReason} 字，没有保存，文字还在。", nameof(Reason));
        (ExemptReason, ById, At) = (reason.Trim(), by, at);
    }

    void Excuse(AttendanceState state, AttendanceMeans means, string reason, Guid by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写不能到会的原因。", nameof(Reason));
        if (reason.Trim().Length > LongestReason) throw new Refusal($"原因超过 {LongestReason} 字，没有保存，文字还在。请精简。", nameof(Reason));
        (State, Means, Reason, ById, At) = (state, means, reason.Trim(), by, at);
    }
}

public static class AttendanceTitles
{
    public static string Title(this AttendanceState state) => state switch
    {
        AttendanceState.Present => "到会", AttendanceState.Leave => "请假", AttendanceState.Absent => "缺席", _ => "未签到",
    };

    public static string Badge(this AttendanceState state) => state switch
    {
        AttendanceState.Present => "closed", AttendanceState.Leave => "reported", AttendanceState.Absent => "overdue", _ => "neutral",
    };

    public static string Title(this AttendanceMeans means) => means switch
    {
        AttendanceMeans.ByHand => "记录人登记", AttendanceMeans.ByCode => "扫码签到", AttendanceMeans.BySelf => "本人请假", _ => "",
    };
}
