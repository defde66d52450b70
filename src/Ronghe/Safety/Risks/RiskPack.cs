using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ronghe.Platform.Rules;

namespace Ronghe.Safety.Risks;

/// <summary>A typical risk of the trade. Its points are examples to compare with, never a rating of this plant.</summary>
/// <param name="Expected">What is to be hoped for with the measures in place.</param>
public sealed record RiskSample(
    string Id, RiskKind Kind, string Name, string PlaceId, string AccidentType, string Scenario, RiskMethod Method, decimal[] Initial, decimal[] Expected, string[] Measures, string Department, string Source);

/// <summary>What comes with the product: the scales of the rule book, the bounds, review days and seasons of the content, and typical risks.</summary>
public sealed partial class RiskPack
{
    sealed record Pack(string Version, Scales Scales, Item[] Items);
    sealed record Scales(Scale LEC, Scale LS, Review Review, Seasons Seasons);
    sealed record Scale(string? L, string? E, string? C, [property: System.Text.Json.Serialization.JsonPropertyName("scale")] string? Both, string ColourRule, Band[] ColourBands);
    sealed record Band(string Colour, decimal? Gt, decimal? Ge);
    sealed record Review(Dictionary<string, int> Days, string Source);
    sealed record Seasons(RiskSeason[] Items);
    sealed record Item(string Id, string Kind, string Name, string? PlaceId, string? AccidentType, string Danger, string Method, JsonElement Initial, JsonElement Residual, string[] Measures, string Department, string Source);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true };

    RiskPack(string version, RiskRuleSet rules, IReadOnlyList<RiskSample> samples) => (Version, Rules, Samples) = (version, rules, samples);

    public string Version { get; }
    public RiskRuleSet Rules { get; }
    public IReadOnlyList<RiskSample> Samples { get; }

    public RiskSample? Find(string? id) => Samples.FirstOrDefault(sample => sample.Id == id);

    public static RiskPack Load(string contentFolder, RuleBook book)
    {
        var pack = JsonSerializer.Deserialize<Pack>(File.ReadAllBytes(Path.Combine(contentFolder, "safety", "risks.json")), Json)!;
        var (lec, matrix) = (pack.Scales.LEC, pack.Scales.LS);
        var rules = new RiskRuleSet(
            [
                new(RiskMethod.Lec, [Spoken(book, "L", "可能性", lec.L!), Spoken(book, "E", "暴露频次", lec.E!), Spoken(book, "C", "后果", lec.C!)], Bands(lec), lec.ColourRule),
                new(RiskMethod.Matrix, [Counted(book, "L", "可能性", matrix.Both!), Counted(book, "S", "严重程度", matrix.Both!)], Bands(matrix), matrix.ColourRule),
            ],
            pack.Scales.Review.Days.ToDictionary(days => LevelOf(days.Key), days => days.Value), pack.Scales.Review.Source, pack.Scales.Seasons.Items);
        rules.Check();
        return new(pack.Version, rules, [.. pack.Items.Select(Sample)]);
    }

    /// <summary>A rule that says its steps in words: 10完全可预料、6相当可能、….</summary>
    static RiskFactor Spoken(RuleBook book, string key, string title, string id)
    {
        var requirement = book.Find(id)!.Requirement;
        return new(key, title, [.. Step().Matches(requirement[(requirement.IndexOf('：') + 1)..]).Select(step => new RiskStep(decimal.Parse(step.Groups[1].Value, CultureInfo.InvariantCulture), step.Groups[2].Value))], id);
    }

    /// <summary>A rule that only says from where to where its points go.</summary>
    static RiskFactor Counted(RuleBook book, string key, string title, string id)
    {
        var ends = book.Find(id)!.Values.GetProperty(key);
        var (least, most) = (ends[0].GetInt32(), ends[1].GetInt32());
        return new(key, title, [.. Enumerable.Range(least, most - least + 1).Reverse().Select(points => new RiskStep(points, ""))], id);
    }

    static RiskBand[] Bands(Scale scale) =>
        [.. from band in scale.ColourBands where LevelOf(band.Colour) != RiskLevel.Blue select new RiskBand(LevelOf(band.Colour), band.Gt ?? band.Ge!.Value, band.Gt is null)];

    static RiskSample Sample(Item item)
    {
        var (method, keys) = item.Method == "LEC" ? (RiskMethod.Lec, "LEC") : (RiskMethod.Matrix, "LS");
        decimal[] Points(JsonElement at) => [.. keys.Select(key => at.GetProperty(key.ToString()).GetDecimal())];
        return new(item.Id, item.Kind == "安全" ? RiskKind.Safety : RiskKind.Business, item.Name, item.PlaceId ?? "", item.AccidentType ?? "", item.Danger, method, Points(item.Initial), Points(item.Residual), item.Measures, item.Department, item.Source);
    }

    static RiskLevel LevelOf(string colour) => RiskStates.Levels.First(level => level.Colour() == colour);

    [GeneratedRegex(@"([\d.]+)([^、\d][^、]*)")]
    private static partial Regex Step();
}
