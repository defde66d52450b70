namespace Ronghe.Safety.Risks;

/// <summary>How pages speak of risks and sessions: colours by the names that badges and timelines know.</summary>
public static class RiskLook
{
    public static (string Status, string? Text) Badge(RiskLevel? level) => level switch
    {
        RiskLevel.Red => ("red", level.Value.Say()), RiskLevel.Orange => ("orange", level.Value.Say()), RiskLevel.Yellow => ("yellow", level.Value.Say()), RiskLevel.Blue => ("blue", level.Value.Say()), _ => ("neutral", "未评级"),
    };

    public static (string Status, string? Text) Badge(RiskState state) => (state switch
    {
        RiskState.Identified => "reported", RiskState.Proposed => "waiting", RiskState.Assessed => "rectified", RiskState.Controlled => "verified", RiskState.Lowered => "good", _ => "closed",
    }, state.Title());

    public static (string Status, string? Text) Badge(RiskSessionStatus status) => (status switch
    {
        RiskSessionStatus.Planned => "reported", RiskSessionStatus.Held => "waiting", RiskSessionStatus.Closed => "closed", _ => "rejected",
    }, status.Title());
}
