using Ronghe.Organisation;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>What the journal tells of findings and of what governs them, in words.</summary>
static class FindingJournal
{
    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(FindingActions.Kind, "隐患", new Dictionary<string, string>(OrganisationEvents.ByTableOf(FindingActions.Kind))
        {
            ["finding.reported"] = FindingVerb.Report.Title(), ["finding.graded"] = FindingVerb.Grade.Title(), ["finding.assigned"] = FindingVerb.Assign.Title(),
            ["finding.rectified"] = FindingVerb.Rectify.Title(), ["finding.sent-back"] = FindingVerb.SendBack.Title(), ["finding.extended"] = FindingVerb.Extend.Title(),
            ["finding.escalated"] = FindingVerb.Escalate.Title(), ["finding.listed"] = FindingVerb.ListForSupervision.Title(), ["finding.verified"] = FindingVerb.Verify.Title(),
            ["finding.closed"] = FindingVerb.Close.Title(), ["finding.confirmed"] = FindingVerb.Confirm.Title(), ["finding.disputed"] = FindingVerb.Dispute.Title(),
            ["finding.rejected"] = FindingVerb.Reject.Title(), ["finding.merged"] = FindingVerb.Merge.Title(), ["finding.recheck-held"] = "回头看：保持良好",
            ["finding.recheck-recurred"] = "回头看：重新出现", ["finding.photographed"] = "补充照片",
        }) { Record = typeof(Finding), Href = id => $"/findings/{id}" },
        new("finding-rules", "期限规则", new Dictionary<string, string> { ["finding-rules.changed"] = "调整" }) { Record = typeof(FindingRules), Href = _ => "/findings/rules" },
        new("finding-recheck", "回头看", new Dictionary<string, string> { ["finding-recheck.drawn"] = "抽取" }) { Href = _ => "/findings/rechecks" },
        new(HazardDictionary.Kind, "分类字典", new Dictionary<string, string>
        {
            [HazardDictionary.Kind + ".added"] = "新增", [HazardDictionary.Kind + ".changed"] = "修改", [HazardDictionary.Kind + ".retired"] = "停用", [HazardDictionary.Kind + ".restored"] = "恢复",
        }) { Href = _ => "/findings/categories" },
    ];
}
