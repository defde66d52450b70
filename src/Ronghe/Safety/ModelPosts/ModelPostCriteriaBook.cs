using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Safety.ModelPosts;

/// <summary>The criteria that come with the product.</summary>
public sealed class CriteriaPack
{
    sealed record Pack(Shared Common, Post[] Posts);
    sealed record Shared(int DefaultTermMonths, int DefaultReviewMonths, Gate[] Gates, string[] Fairness);
    sealed record Gate(string Text, string Source);
    sealed record Post(string Id, string Purpose, Item[] Criteria, string[] ReviewQuestions, string[] NotEnough);
    sealed record Item(string Id, string Text, string EvidenceQuery, string Source, Threshold? DefaultThreshold);
    sealed record Threshold(double Value, string Op, string Unit);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    static readonly Dictionary<string, ModelPostKind> Kinds = new() { ["MP-01"] = ModelPostKind.Procedure, ["MP-02"] = ModelPostKind.Skill, ["MP-03"] = ModelPostKind.Hazard };

    /// <summary>What the product counts by itself, by criterion.</summary>
    static readonly Dictionary<string, CriterionMeasure> Measures = new()
    {
        ["MP-01-01"] = CriterionMeasure.SevereViolations, ["MP-02-01"] = CriterionMeasure.Contests, ["MP-02-03"] = CriterionMeasure.Problems, ["MP-03-01"] = CriterionMeasure.Settled,
    };

    public required IReadOnlyDictionary<ModelPostKind, CriteriaSheet> Sheets { get; init; }
    /// <summary>What stops an election until the branch has heard the person, each with its source.</summary>
    public required IReadOnlyList<(string Text, string Source)> Gates { get; init; }
    public required IReadOnlyList<string> Fairness { get; init; }

    public static CriteriaPack Load(string contentFolder)
    {
        var pack = JsonSerializer.Deserialize<Pack>(File.ReadAllBytes(Path.Combine(contentFolder, "safety", "model-post-criteria.json")), Json)!;
        return new()
        {
            Sheets = pack.Posts.Select(post => new CriteriaSheet(Kinds[post.Id], post.Purpose, [.. post.Criteria.Select(Read)], post.ReviewQuestions, post.NotEnough,
                pack.Common.DefaultTermMonths, pack.Common.DefaultReviewMonths)).ToDictionary(sheet => sheet.Kind),
            Gates = [.. pack.Common.Gates.Select(gate => (gate.Text, gate.Source))],
            Fairness = pack.Common.Fairness,
        };
    }

    static Criterion Read(Item item) => new(item.Id, item.Text, item.EvidenceQuery, item.DefaultThreshold is { } threshold ? Say(threshold) : "", item.Source,
        Measures.TryGetValue(item.Id, out var measure) ? measure : null, IsOn: true);

    static string Say(Threshold threshold) =>
        $"{threshold.Op switch { ">=" => "不少于 ", "<=" => "不多于 ", _ => "" }}{threshold.Value.ToString(CultureInfo.InvariantCulture)} {threshold.Unit}";
}

/// <summary>The criteria that hold in one company.</summary>
/// <param name="Version">Of the company's own edition; 0 while the default holds.</param>
public sealed record CriteriaInForce(CriteriaSheet Sheet, int Version, bool IsOwn);

/// <summary>The criteria that hold: the product's defaults, and over them what the company changed. A later default never replaces a change.</summary>
public sealed class ModelPostCriteriaBook(AppDb db, Me me, CriteriaPack pack, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "model-post-criteria";

    public CriteriaPack Pack => pack;

    public async Task<IReadOnlyList<CriteriaInForce>> AllAsync(CancellationToken cancel = default)
    {
        var own = await db.ModelPostCriteria.AsNoTracking().Where(criteria => criteria.CompanyId == me.CompanyId).ToDictionaryAsync(criteria => criteria.Kind, cancel);
        return [.. pack.Sheets.Values.OrderBy(sheet => sheet.Kind).Select(sheet => Of(sheet, own.GetValueOrDefault(sheet.Kind)))];
    }

    public async Task<CriteriaInForce> OneAsync(ModelPostKind kind, CancellationToken cancel = default) =>
        Of(pack.Sheets[kind], await db.ModelPostCriteria.AsNoTracking().SingleOrDefaultAsync(criteria => criteria.CompanyId == me.CompanyId && criteria.Kind == kind, cancel));

    /// <summary>Source and article behind an id such as WZ-03; other words stand for themselves.</summary>
    public string CitationOf(string source) => rules.Find(source)?.Citation ?? source;

    /// <param name="kind">Of which kind of post.</param>
    /// <param name="version">What the page showed; 0 for the default.</param>
    /// <param name="change">Restates the criteria.</param>
    /// <param name="reason">Why, for those who ask later.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task ChangeAsync(ModelPostKind kind, int version, Action<ModelPostCriteria> change, string reason, CancellationToken cancel = default)
    {
        if (!me.May(ModelPostPermissions.Configure)) throw new Forbidden("您没有调整示范岗标准的权限。需要的话，请联系党建工作部门。");
        if (!pack.Sheets.TryGetValue(kind, out var standard)) throw new NotFound("这类示范岗");
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写明为什么改，没有保存，填写的内容还在。", "Reason");
        if (reason.Length > ModelPost.MaxText) throw new Refusal($"原因超过 {ModelPost.MaxText} 字，没有保存，文字还在。请精简。", "Reason");
        var own = await db.ModelPostCriteria.SingleOrDefaultAsync(criteria => criteria.CompanyId == me.CompanyId && criteria.Kind == kind, cancel);
        if ((own?.Version ?? 0) != version) throw Stale();
        if (own is null) db.ModelPostCriteria.Add(own = new ModelPostCriteria(me.CompanyId, standard));
        var before = own.Sheet;
        change(own);
        db.Record(own, Kind, Kind + ".changed", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { kind, reason = reason.Trim(), before, after = own.Sheet });
        if (!await db.SaveNewAsync(cancel)) throw Stale();
    }

    static StaleWrite Stale() => new("标准刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");

    static CriteriaInForce Of(CriteriaSheet standard, ModelPostCriteria? own) => new(own?.Sheet ?? standard, own?.Version ?? 0, own is not null);
}
