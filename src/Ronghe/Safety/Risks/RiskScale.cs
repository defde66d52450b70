using Ronghe.Platform;

namespace Ronghe.Safety.Risks;

/// <summary>LEC (likelihood × exposure × consequence, for work conditions) or the matrix (likelihood × severity).</summary>
public enum RiskMethod { Lec, Matrix }

/// <summary>One step of a scale: its points and what they stand for.</summary>
public sealed record RiskStep(decimal Value, string Words)
{
    public string Say() => Words == "" ? $"{Value:0.##}" : $"{Value:0.##} {Words}";
}

/// <param name="Key">L, E, C or S.</param>
/// <param name="Source">Id of the rule that the steps come from; empty once the plant changed them.</param>
public sealed record RiskFactor(string Key, string Title, IReadOnlyList<RiskStep> Steps, string Source);

/// <summary>From which score on a level holds. Rules FX-13 leave to the plant on which side the bound itself lies.</summary>
public sealed record RiskBand(RiskLevel Level, decimal From, bool IsInclusive)
{
    public bool Holds(decimal score) => score > From || (IsInclusive && score == From);
    public string Say() => $"{(IsInclusive ? "≥" : "＞")} {From:0.##}";
}

/// <summary>What an assessment came to, with everything that must not change for it when the rules do.</summary>
public sealed record RiskRating(RiskMethod Method, decimal[] Values, decimal Score, RiskLevel Level, int ReviewDays, int RulesNumber);

/// <summary>A method as the plant uses it: the steps of its factors, and the bounds of red, orange and yellow; what reaches none of them is blue.</summary>
public sealed record RiskScale(RiskMethod Method, IReadOnlyList<RiskFactor> Factors, IReadOnlyList<RiskBand> Bands, string Source)
{
    const int MostSteps = 12, LongestWords = 40;

    /// <summary>D=L×E×C</summary>
    public string Formula => $"{(Method == RiskMethod.Lec ? "D" : "R")}={string.Join('×', Factors.Select(factor => factor.Key))}";

    public (decimal Score, RiskLevel Level) Rate(IReadOnlyList<decimal> values)
    {
        if (values.Count != Factors.Count) throw new Refusal($"{Method.Title()}要给 {Factors.Count} 个分值（{string.Join('、', Factors.Select(factor => factor.Title))}），没有保存，填写的内容还在。", "Values");
        foreach (var (factor, value) in Factors.Zip(values))
            if (factor.Steps.All(step => step.Value != value))
                throw new Refusal($"“{factor.Title}”没有 {value:0.##} 这一档，没有保存，填写的内容还在。请从量表里选。", "Values");
        var score = values.Aggregate(1m, (product, value) => product * value);
        return (score, Bands.Where(band => band.Holds(score)).Select(band => (RiskLevel?)band.Level).Max() ?? RiskLevel.Blue);
    }

    /// <summary>L=3 可能但不经常</summary>
    public string Say(IReadOnlyList<decimal> values) => string.Join('，', Factors.Zip(values, (factor, value) =>
        $"{factor.Key}={(factor.Steps.FirstOrDefault(step => step.Value == value) ?? new RiskStep(value, "")).Say()}"));

    public void Check()
    {
        foreach (var factor in Factors)
        {
            if (factor.Steps.Count is < 2 or > MostSteps) throw new Refusal($"“{factor.Title}”应有 2—{MostSteps} 档，没有保存，填写的内容还在。", factor.Key);
            if (factor.Steps.Any(step => step.Value is <= 0 or > 1_000)) throw new Refusal($"“{factor.Title}”的分值应大于 0、不超过 1000，没有保存，填写的内容还在。", factor.Key);
            if (factor.Steps.DistinctBy(step => step.Value).Count() != factor.Steps.Count) throw new Refusal($"“{factor.Title}”有重复的分值，没有保存，填写的内容还在。", factor.Key);
            if (factor.Steps.Any(step => step.Words.Length > LongestWords)) throw new Refusal($"“{factor.Title}”有一档的说明超过 {LongestWords} 字，没有保存，填写的内容还在。", factor.Key);
        }
        var bounds = Bands.OrderByDescending(band => band.Level).Select(band => band.From).ToList();
        if (!Bands.Select(band => band.Level).Order().SequenceEqual([RiskLevel.Yellow, RiskLevel.Orange, RiskLevel.Red]) || bounds[0] <= bounds[1] || bounds[1] <= bounds[2] || bounds[2] <= 0)
            throw new Refusal($"{Method.Title()}的红、橙、黄三条界线要大于 0，并且从高到低。没有保存，填写的内容还在。", "Bands");
        if (bounds[0] > Factors.Aggregate(1m, (product, factor) => product * factor.Steps.Max(step => step.Value))) throw new Refusal($"{Method.Title()}的红线高过了最高分，永远评不出红色。没有保存，填写的内容还在。", "Bands");
    }
}

/// <summary>What the time of the year brings with it; months may go over the turn of the year.</summary>
public sealed record RiskSeason(int From, int To, string Name, string Hint)
{
    public bool Touches(DateOnly from, DateOnly to)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
            if (From <= To ? month.Month >= From && month.Month <= To : month.Month >= From || month.Month <= To) return true;
        return false;
    }
}

public static class RiskMethods
{
    public static string Title(this RiskMethod method) => method == RiskMethod.Lec ? "LEC 法" : "矩阵法";
}
