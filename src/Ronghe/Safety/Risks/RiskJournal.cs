using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Risks;

/// <summary>What the journal tells of risks, in words; never what a business risk is about.</summary>
static class RiskJournal
{
    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(RiskActions.Kind, "风险", new Dictionary<string, string>
        {
            ["risk.identified"] = "登记", ["risk.loaded"] = "载入默认清单", ["risk.restated"] = "修改", ["risk.assessed"] = "评级", ["risk.proposed"] = "评级，待另一位领导确认",
            ["risk.confirmed"] = "确认级别", ["risk.sent-back"] = "退回评级", ["risk.measure-added"] = "定措施", ["risk.controlled"] = "纳入管控", ["risk.closed"] = "关闭",
        }) { Record = typeof(Risk), Href = id => $"/risks/{id}" },
        new(RiskRulebook.Kind, "风险评级规则", new Dictionary<string, string> { [RiskRulebook.Kind + ".changed"] = "调整" }) { Record = typeof(RiskRules), Href = _ => "/risks/rules" },
        new(RiskSessionActions.Kind, "风险研判会", new Dictionary<string, string>
        {
            ["risk-session.planned"] = "安排", ["risk-session.taken"] = "列入风险", ["risk-session.dropped"] = "撤下风险", ["risk-session.held"] = "召开", ["risk-session.found"] = "登记隐患",
            ["risk-session.closed"] = "结束", ["risk-session.cancelled"] = "取消",
        }) { Record = typeof(RiskSession), Href = id => $"/risk-sessions/{id}" },
    ];
}
