using Ronghe.Platform.Security;

namespace Ronghe.Safety.Risks;

public static class RiskPermissions
{
    public const string
        View = "risks.view", Business = "risks.business", Identify = "risks.identify", Assess = "risks.assess", Confirm = "risks.confirm", Session = "risks.session", Configure = "risks.configure";

    public static readonly Permission[] All =
    [
        new(View, "查看本范围的安全风险，办理自己管控的风险"),
        new(Business, "查看和办理本范围的经营风险"),
        new(Identify, "登记风险"),
        new(Assess, "评级、定措施、纳入管控、关闭风险"),
        new(Confirm, "作为另一位领导确认红色风险"),
        new(Session, "组织风险研判会"),
        new(Configure, "调整评级规则、载入默认风险清单"),
    ];
}
