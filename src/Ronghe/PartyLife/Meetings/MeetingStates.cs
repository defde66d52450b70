namespace Ronghe.PartyLife.Meetings;

public enum MeetingStatus { Planned, Announced, Held, Minuted, Archived, Cancelled }

/// <summary>Everything that can be done to a meeting, in the order of its life.</summary>
public enum MeetingVerb { Plan, Restate, Agenda, Invite, Announce, Leave, CheckIn, Attend, Hold, Record, Vote, Resolve, Minute, SendBack, Archive, Correct, Cancel }

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class MeetingStates
{
    /// <summary>For each verb the states in which it is possible. Guards, pages and tests read this list.</summary>
    public static readonly IReadOnlyDictionary<MeetingVerb, MeetingStatus[]> Possible = new Dictionary<MeetingVerb, MeetingStatus[]>
    {
        [MeetingVerb.Restate] = [MeetingStatus.Planned, MeetingStatus.Announced],
        [MeetingVerb.Agenda] = [MeetingStatus.Planned, MeetingStatus.Announced, MeetingStatus.Held],
        [MeetingVerb.Invite] = [MeetingStatus.Planned, MeetingStatus.Announced, MeetingStatus.Held],
        [MeetingVerb.Announce] = [MeetingStatus.Planned],
        [MeetingVerb.Leave] = [MeetingStatus.Announced],
        [MeetingVerb.CheckIn] = [MeetingStatus.Announced],
        // Also of a meeting that was not announced here: it is written down afterwards.
        [MeetingVerb.Attend] = [MeetingStatus.Planned, MeetingStatus.Announced, MeetingStatus.Held],
        [MeetingVerb.Hold] = [MeetingStatus.Planned, MeetingStatus.Announced],
        [MeetingVerb.Record] = [MeetingStatus.Held],
        [MeetingVerb.Vote] = [MeetingStatus.Held],
        [MeetingVerb.Resolve] = [MeetingStatus.Held],
        [MeetingVerb.Minute] = [MeetingStatus.Held],
        [MeetingVerb.SendBack] = [MeetingStatus.Minuted],
        [MeetingVerb.Archive] = [MeetingStatus.Minuted],
        [MeetingVerb.Correct] = [MeetingStatus.Archived],
        [MeetingVerb.Cancel] = [MeetingStatus.Planned, MeetingStatus.Announced],
    };

    /// <summary>Took place, whatever has been written of it so far.</summary>
    public static readonly MeetingStatus[] TookPlace = [MeetingStatus.Held, MeetingStatus.Minuted, MeetingStatus.Archived];

    public static string Title(this MeetingStatus status) => status switch
    {
        MeetingStatus.Planned => "待通知", MeetingStatus.Announced => "已通知", MeetingStatus.Held => "记录中", MeetingStatus.Minuted => "待归档", MeetingStatus.Archived => "已归档", _ => "已取消",
    };

    /// <summary>The name of its colour, as badges know it.</summary>
    public static string Badge(this MeetingStatus status) => status switch
    {
        MeetingStatus.Planned => "neutral", MeetingStatus.Announced => "reported", MeetingStatus.Held => "assigned", MeetingStatus.Minuted => "rectified", MeetingStatus.Archived => "closed", _ => "rejected",
    };

    public static string Title(this MeetingVerb verb) => verb switch
    {
        MeetingVerb.Plan => "安排", MeetingVerb.Restate => "修改安排", MeetingVerb.Agenda => "修改议程", MeetingVerb.Invite => "调整名单", MeetingVerb.Announce => "发通知", MeetingVerb.Leave => "请假", MeetingVerb.CheckIn => "签到",
        MeetingVerb.Attend => "记到会", MeetingVerb.Hold => "开会", MeetingVerb.Record => "记录议题", MeetingVerb.Vote => "记表决", MeetingVerb.Resolve => "记决议", MeetingVerb.Minute => "形成纪要", MeetingVerb.SendBack => "退回纪要",
        MeetingVerb.Archive => "归档", MeetingVerb.Correct => "更正", _ => "取消",
    };
}
