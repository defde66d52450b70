using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Risks;

/// <summary>How risks are rated and when they are looked at again: both scales, days to the next review by level, hints by season.</summary>
/// <param name="ReviewSource">Where the days come from; empty once the plant changed them.</param>
public sealed record RiskRuleSet(IReadOnlyList<RiskScale> Scales, IReadOnlyDictionary<RiskLevel, int> ReviewDays, string ReviewSource, IReadOnlyList<RiskSeason> Seasons)
{
    const int LongestReview = 1_100, MostSeasons = 24, LongestHint = 200;

    public RiskScale Of(RiskMethod method) => Scales.First(scale => scale.Method == method);

    public void Check()
    {
        foreach (var scale in Scales) scale.Check();
        if (RiskStates.Levels.Any(level => !ReviewDays.TryGetValue(level, out var days) || days is < 1 or > LongestReview)) throw new Refusal($"复评天数应在 1—{LongestReview} 之间，没有保存，填写的内容还在。", nameof(ReviewDays));
        if (RiskStates.Levels.Zip(RiskStates.Levels.Skip(1)).Any(pair => ReviewDays[pair.First] > ReviewDays[pair.Second])) throw new Refusal("风险越大，复评应越勤：红色的天数不能多过橙色，以此类推。没有保存，填写的内容还在。", nameof(ReviewDays));
        if (Seasons.Count > MostSeasons) throw new Refusal($"季节提示最多 {MostSeasons} 条，没有保存，填写的内容还在。", nameof(Seasons));
        if (Seasons.Any(season => season.From is < 1 or > 12 || season.To is < 1 or > 12)) throw new Refusal("季节提示的月份应在 1—12 之间，没有保存，填写的内容还在。", nameof(Seasons));
        if (Seasons.Any(season => season.Name == "" || season.Name.Length + season.Hint.Length > LongestHint)) throw new Refusal($"季节提示要有名称，每条不超过 {LongestHint} 字。没有保存，填写的内容还在。", nameof(Seasons));
    }
}

/// <summary>One edition of a company's rules, never changed afterwards: an assessment stays readable by the edition that it was made with. The newest holds.</summary>
public sealed class RiskRules : Aggregate
{
    const int LongestReason = 300;

    RiskRules() { }

    public RiskRules(Guid companyId, int number, RiskRuleSet content, string reason, Guid? by, DateTimeOffset at)
    {
        content.Check();
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写明为什么改、依据什么，没有保存，填写的内容还在。", nameof(Reason));
        if (reason.Length > LongestReason) throw new Refusal($"理由超过 {LongestReason} 字，没有保存，填写的内容还在。", nameof(Reason));
        (CompanyId, Number, Content, Reason, ById, At) = (companyId, number, content, reason.Trim(), by, at);
    }

    public Guid CompanyId { get; private init; }
    /// <summary>From 1 on; 0 stands for the default that comes with the product.</summary>
    public int Number { get; private init; }
    public RiskRuleSet Content { get; private init; } = null!;
    public string Reason { get; private init; } = "";
    public Guid? ById { get; private init; }
    public DateTimeOffset At { get; private init; }
}
