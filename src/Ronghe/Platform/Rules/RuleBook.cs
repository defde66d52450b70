using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ronghe.Platform.Rules;

/// <summary>A rule from law, regulation or trade custom: what it asks, where it stands, and how sure we are of it.</summary>
public sealed record Rule(string Id, string Area, string Subject, string Source, string Article, string Status, string Confidence, string Note)
{
    [JsonPropertyName("requirement_zh")]
    public string Requirement { get; init; } = "";

    /// <summary>Numbers of the rule for programs; what is in it depends on the rule.</summary>
    public JsonElement Values { get; init; }

    /// <summary>Source and article, as shown beside a value: 《…》第三条.</summary>
    public string Citation => string.IsNullOrEmpty(Article) ? Source : $"{Source} {Article}";

    public string ConfidenceTitle => (Status, Confidence) switch
    {
        ("verified", "high") => "已核对",
        (_, "high") => "待核原文",
        _ => "参考口径",
    };
}

/// <summary>The sourced rules that come with the product. They explain defaults; they are never a plant's setting themselves.</summary>
public sealed class RuleBook
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    readonly FrozenDictionary<string, Rule> _byId;

    RuleBook(Rule[] rules)
    {
        All = rules;
        _byId = rules.ToFrozenDictionary(rule => rule.Id);
    }

    public IReadOnlyList<Rule> All { get; }

    public Rule? Find(string id) => _byId.GetValueOrDefault(id);

    public static RuleBook Load(string contentFolder) =>
        new(JsonSerializer.Deserialize<Rule[]>(File.ReadAllBytes(Path.Combine(contentFolder, "rules.json")), Json)!);
}
