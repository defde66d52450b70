using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Violations;

/// <summary>What the journal tells of violations, in words; never whose they are.</summary>
static class ViolationJournal
{
    public static string EventOf(ViolationVerb verb) => verb switch
    {
        ViolationVerb.Note => "violation.noted", ViolationVerb.Hear => "violation.heard", ViolationVerb.Confirm => "violation.confirmed", _ => "violation.dropped",
    };

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(ViolationActions.Kind, "违章", Enum.GetValues<ViolationVerb>().ToDictionary(EventOf, verb => verb.Title())) { Record = typeof(Violation), Href = id => $"/violations/{id}" },
        new(ViolationDictionary.Kind, "违章字典", new Dictionary<string, string>
        {
            [ViolationDictionary.Kind + ".added"] = "新增", [ViolationDictionary.Kind + ".changed"] = "修改", [ViolationDictionary.Kind + ".retired"] = "停用", [ViolationDictionary.Kind + ".restored"] = "恢复",
        }) { Href = _ => "/violations/kinds" },
    ];
}
