namespace Ronghe.Safety.Risks;

/// <summary>Safety risks are for everybody whom they may hurt; business risks only for who has the right to them (M30).</summary>
public enum RiskKind { Safety, Business }

/// <summary>The four levels and colours of rule FX-01, the lightest first.</summary>
public enum RiskLevel { Blue, Yellow, Orange, Red }

public enum RiskState { Identified, Proposed, Assessed, Controlled, Lowered, Closed }

/// <summary>Everything that can be done to a risk, in the order of its life.</summary>
public enum RiskVerb { Identify, Restate, Assess, Confirm, SendBack, AddMeasure, Control, Close }

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class RiskStates
{
    public static readonly RiskLevel[] Levels = [RiskLevel.Red, RiskLevel.Orange, RiskLevel.Yellow, RiskLevel.Blue];

    /// <summary>States in which somebody has to look at it again by a date.</summary>
    public static readonly IReadOnlyList<RiskState> Reviewed = [RiskState.Assessed, RiskState.Controlled, RiskState.Lowered];

    /// <summary>For each verb the states in which it is possible. Guards, pages and tests read this list.</summary>
    public static readonly IReadOnlyDictionary<RiskVerb, RiskState[]> Possible = new Dictionary<RiskVerb, RiskState[]>
    {
        [RiskVerb.Restate] = [RiskState.Identified, RiskState.Proposed, RiskState.Assessed, RiskState.Controlled, RiskState.Lowered],
        // At any time: a closed one comes back to life by it.
        [RiskVerb.Assess] = Enum.GetValues<RiskState>(),
        [RiskVerb.Confirm] = [RiskState.Proposed],
        [RiskVerb.SendBack] = [RiskState.Proposed],
        [RiskVerb.AddMeasure] = [RiskState.Proposed, RiskState.Assessed, RiskState.Controlled, RiskState.Lowered],
        [RiskVerb.Control] = [RiskState.Assessed],
        [RiskVerb.Close] = [RiskState.Identified, RiskState.Controlled, RiskState.Lowered],
    };

    public static string Title(this RiskKind kind) => kind == RiskKind.Safety ? "安全风险" : "经营风险";

    public static string Title(this RiskLevel level) => level switch { RiskLevel.Red => "重大", RiskLevel.Orange => "较大", RiskLevel.Yellow => "一般", _ => "低" };

    public static string Colour(this RiskLevel level) => level switch { RiskLevel.Red => "红", RiskLevel.Orange => "橙", RiskLevel.Yellow => "黄", _ => "蓝" };

    /// <summary>橙·较大</summary>
    public static string Say(this RiskLevel level) => $"{level.Colour()}·{level.Title()}";

    public static string Title(this RiskState state) => state switch
    {
        RiskState.Identified => "待评级", RiskState.Proposed => "待确认", RiskState.Assessed => "已评级", RiskState.Controlled => "管控中", RiskState.Lowered => "已降级", _ => "已关闭",
    };

    public static string Title(this RiskVerb verb) => verb switch
    {
        RiskVerb.Identify => "登记", RiskVerb.Restate => "修改", RiskVerb.Assess => "评级", RiskVerb.Confirm => "确认", RiskVerb.SendBack => "退回",
        RiskVerb.AddMeasure => "定措施", RiskVerb.Control => "纳入管控", _ => "关闭",
    };
}
