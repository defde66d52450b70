namespace Ronghe.Findings;

public enum FindingStatus { Reported, Assigned, Rectified, Verified, Closed, Rejected, Merged }

public enum FindingGrade { General, Major }

/// <summary>Where it was found. Whoever found it keeps a link to it.</summary>
public enum FindingSource { Spontaneous, Routine, ThemeDay, Watch, SpotCheck, SpecialInspection, NearMiss, ZoneRound, Campaign, Environment, WorkerPatrol, Supervision, RiskSession }

/// <summary>Everything that can be done to a finding, in the order of its life.</summary>
public enum FindingVerb
{
    Report, Grade, Assign, Rectify, SendBack, Extend, Escalate, ListForSupervision, Verify, Close, Confirm, Dispute, Reject, Merge, Recheck,
}

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class FindingStates
{
    /// <summary>Something is still to be done.</summary>
    public static readonly IReadOnlyList<FindingStatus> Open = [FindingStatus.Reported, FindingStatus.Assigned, FindingStatus.Rectified, FindingStatus.Verified];

    /// <summary>States that are counted unit by unit: open ones and what came of them.</summary>
    public static readonly IReadOnlyList<FindingStatus> Counted = [.. Open, FindingStatus.Closed];

    /// <summary>For each verb the states in which it is possible. Guards, pages, tests and the state diagram read this list.</summary>
    public static readonly IReadOnlyDictionary<FindingVerb, FindingStatus[]> Possible = new Dictionary<FindingVerb, FindingStatus[]>
    {
        [FindingVerb.Grade] = [FindingStatus.Reported, FindingStatus.Assigned],
        [FindingVerb.Assign] = [FindingStatus.Reported, FindingStatus.Assigned],
        [FindingVerb.Rectify] = [FindingStatus.Assigned],
        [FindingVerb.SendBack] = [FindingStatus.Rectified, FindingStatus.Verified],
        [FindingVerb.Extend] = [FindingStatus.Assigned],
        [FindingVerb.Escalate] = [FindingStatus.Assigned],
        [FindingVerb.ListForSupervision] = [FindingStatus.Assigned, FindingStatus.Rectified],
        [FindingVerb.Verify] = [FindingStatus.Rectified],
        [FindingVerb.Close] = [FindingStatus.Verified],
        [FindingVerb.Confirm] = [FindingStatus.Closed],
        [FindingVerb.Dispute] = [FindingStatus.Closed],
        [FindingVerb.Reject] = [FindingStatus.Reported],
        [FindingVerb.Merge] = [FindingStatus.Reported, FindingStatus.Assigned],
        [FindingVerb.Recheck] = [FindingStatus.Closed],
    };

    public static string Title(this FindingStatus status) => status switch
    {
        FindingStatus.Reported => "待派发",
        FindingStatus.Assigned => "整改中",
        FindingStatus.Rectified => "待复核",
        FindingStatus.Verified => "待关闭",
        FindingStatus.Closed => "已关闭",
        FindingStatus.Rejected => "不予受理",
        _ => "已合并",
    };

    public static string Title(this FindingVerb verb) => verb switch
    {
        FindingVerb.Report => "上报",
        FindingVerb.Grade => "定级",
        FindingVerb.Assign => "派发",
        FindingVerb.Rectify => "整改完成",
        FindingVerb.SendBack => "退回重改",
        FindingVerb.Extend => "延期",
        FindingVerb.Escalate => "升级",
        FindingVerb.ListForSupervision => "挂牌督办",
        FindingVerb.Verify => "复核通过",
        FindingVerb.Close => "关闭",
        FindingVerb.Confirm => "确认",
        FindingVerb.Dispute => "提出异议",
        FindingVerb.Reject => "不予受理",
        FindingVerb.Merge => "合并",
        _ => "回头看",
    };

    public static string Title(this FindingGrade grade) => grade == FindingGrade.Major ? "重大" : "一般";

    public static string Title(this FindingSource source) => source switch
    {
        FindingSource.Spontaneous => "随手拍",
        FindingSource.Routine => "日常排查",
        FindingSource.ThemeDay => "主题党日",
        FindingSource.Watch => "党员监督台",
        FindingSource.SpotCheck => "抽查",
        FindingSource.SpecialInspection => "专项检查",
        FindingSource.ZoneRound => "责任区巡查",
        FindingSource.Campaign => "啄木鸟检查",
        FindingSource.Environment => "环保检查",
        FindingSource.WorkerPatrol => "职工代表巡视",
        FindingSource.Supervision => "融合监督检查",
        FindingSource.RiskSession => "风险研判",
        _ => "未遂报告",
    };
}
