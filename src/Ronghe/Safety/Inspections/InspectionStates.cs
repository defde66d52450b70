using Ronghe.Findings;

namespace Ronghe.Safety.Inspections;

public enum InspectionKind { ZoneRound, SpotCheck, Special, Campaign, Environment, WorkerPatrol, Supervision }

public enum InspectionStatus { Planned, Started, Finished, Closed, Cancelled }

public enum InspectionVerb { Start, Fill, Report, Finish, Close, Cancel, Explain }

public enum TeamRole { Member, Backbone, UnitLead, WorkerRepresentative, Recorder }

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class InspectionStates
{
    public static readonly IReadOnlyDictionary<InspectionVerb, InspectionStatus[]> Possible = new Dictionary<InspectionVerb, InspectionStatus[]>
    {
        [InspectionVerb.Start] = [InspectionStatus.Planned],
        [InspectionVerb.Fill] = [InspectionStatus.Started],
        [InspectionVerb.Report] = [InspectionStatus.Started],
        [InspectionVerb.Finish] = [InspectionStatus.Started],
        [InspectionVerb.Close] = [InspectionStatus.Finished],
        [InspectionVerb.Cancel] = [InspectionStatus.Planned],
        [InspectionVerb.Explain] = [InspectionStatus.Started, InspectionStatus.Finished],
    };

    public static string Title(this InspectionStatus status) => status switch
    {
        InspectionStatus.Planned => "待检查", InspectionStatus.Started => "检查中", InspectionStatus.Finished => "待关闭", InspectionStatus.Closed => "已关闭", _ => "已取消",
    };

    /// <summary>The name of its colour, as badges know it.</summary>
    public static string Badge(this InspectionStatus status) => status switch
    {
        InspectionStatus.Planned => "reported", InspectionStatus.Started => "waiting", InspectionStatus.Finished => "verified", InspectionStatus.Closed => "closed", _ => "neutral",
    };

    public static string Title(this InspectionVerb verb) => verb switch
    {
        InspectionVerb.Start => "开始检查", InspectionVerb.Fill => "填检查表", InspectionVerb.Report => "登记问题", InspectionVerb.Finish => "结束检查",
        InspectionVerb.Close => "关闭", InspectionVerb.Cancel => "取消", _ => "说清楚",
    };

    public static string Title(this InspectionKind kind) => kind switch
    {
        InspectionKind.ZoneRound => "责任区巡查", InspectionKind.SpotCheck => "四不两直抽查", InspectionKind.Special => "安全专项检查", InspectionKind.Campaign => "啄木鸟检查",
        InspectionKind.Environment => "环保检查", InspectionKind.WorkerPatrol => "职工代表巡视", _ => "融合监督检查",
    };

    public static string Hint(this InspectionKind kind) => kind switch
    {
        InspectionKind.ZoneRound => "责任区长按周期巡自己的责任区", InspectionKind.SpotCheck => "支部书记不打招呼直奔现场，对象由系统随机抽取", InspectionKind.Special => "党委或安委会定期组织",
        InspectionKind.Campaign => "支部书记带队，业务骨干、班组长参加", InspectionKind.Environment => "党员突击队查排放、废水、固废、噪声", InspectionKind.WorkerPatrol => "工会组织职工代表，看安监工作本身做得怎样",
        _ => "监督小组查党建和业务是不是真融合",
    };

    /// <summary>Whether the inspected unit is asked to explain 说清楚 what was found.</summary>
    public static bool AsksToExplain(this InspectionKind kind) => kind is InspectionKind.SpotCheck or InspectionKind.WorkerPatrol;

    /// <summary>The default list that fits the kind; null where it depends on what is inspected.</summary>
    public static string? UsualChecklist(this InspectionKind kind) => kind switch
    {
        InspectionKind.SpotCheck => "CK16", InspectionKind.Environment => "CK13", InspectionKind.Supervision => "CK15", _ => null,
    };

    public static string Title(this TeamRole role) => role switch
    {
        TeamRole.Backbone => "业务骨干", TeamRole.UnitLead => "班组长", TeamRole.WorkerRepresentative => "职工代表", TeamRole.Recorder => "记录", _ => "成员",
    };

    /// <summary>Where a finding says it was found.</summary>
    public static FindingSource Source(this InspectionKind kind) => kind switch
    {
        InspectionKind.ZoneRound => FindingSource.ZoneRound, InspectionKind.SpotCheck => FindingSource.SpotCheck, InspectionKind.Campaign => FindingSource.Campaign,
        InspectionKind.Environment => FindingSource.Environment, InspectionKind.WorkerPatrol => FindingSource.WorkerPatrol, InspectionKind.Supervision => FindingSource.Supervision,
        _ => FindingSource.SpecialInspection,
    };
}
