using Ronghe.Platform.Journal;

namespace Ronghe.Safety.ModelPosts;

/// <summary>What the journal tells of model posts, in words.</summary>
static class ModelPostJournal
{
    public static string EventOf(ModelPostVerb verb) => ModelPostActions.Kind + verb switch
    {
        ModelPostVerb.Nominate => ".nominated", ModelPostVerb.Agree => ".agreed", ModelPostVerb.Recommend => ".recommended", ModelPostVerb.Check => ".checked",
        ModelPostVerb.Show => ".shown", ModelPostVerb.Clear => ".cleared", ModelPostVerb.Fail => ".failed", ModelPostVerb.TakeBack => ".notice-taken-back",
        ModelPostVerb.Award => ".awarded", ModelPostVerb.AddActivity => ".activity-added", ModelPostVerb.Review => ".reviewed", ModelPostVerb.Renew => ".renewed",
        ModelPostVerb.TakeDown => ".taken-down", ModelPostVerb.Refuse => ".refused", _ => ".withdrawn",
    };

    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        new(ModelPostActions.Kind, "示范岗", Enum.GetValues<ModelPostVerb>().ToDictionary(EventOf, verb => verb.Title())) { Record = typeof(ModelPost), Href = id => $"/model-posts/{id}" },
        new(ModelPostCriteriaBook.Kind, "示范岗标准", new Dictionary<string, string> { [ModelPostCriteriaBook.Kind + ".changed"] = "修改" })
        { Record = typeof(ModelPostCriteria), Href = _ => "/model-posts/criteria" },
        new(ZoneAssessments.Kind, "责任区年度评估", new Dictionary<string, string> { [ZoneAssessments.Kind + ".concluded"] = "写下结论", [ZoneAssessments.Kind + ".restated"] = "修改结论" })
        { Record = typeof(ZoneAssessment), Href = _ => "/model-posts/zones" },
    ];
}
