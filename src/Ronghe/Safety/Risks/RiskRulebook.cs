using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Rules;

namespace Ronghe.Safety.Risks;

/// <summary>The rules as they hold in one company.</summary>
/// <param name="Number">0 while the default that comes with the product holds.</param>
public sealed record RiskEdition(int Number, RiskRuleSet Rules)
{
    public RiskRating Rate(RiskMethod method, IReadOnlyList<decimal> values)
    {
        var (score, level) = Rules.Of(method).Rate(values);
        return new(method, [.. values], score, level, Rules.ReviewDays[level], Number);
    }
}

/// <param name="By">Null for the system.</param>
public sealed record RiskEditionRow(int Number, string Reason, string? By, DateTimeOffset At);

/// <summary>The rules that hold: the product's default until the company makes an edition of its own. A later default never replaces one.</summary>
public sealed class RiskRulebook(AppDb db, Me me, RiskPack pack, RuleBook rules, TimeProvider clock)
{
    public const string Kind = "risk-rules";

    public async Task<RiskEdition> CurrentAsync(CancellationToken cancel = default) =>
        await db.RiskRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId).OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancel) is { } own
            ? new(own.Number, own.Content) : new(0, pack.Rules);

    /// <summary>The editions that these assessments were made by.</summary>
    public async Task<IReadOnlyDictionary<int, RiskRuleSet>> OfAsync(IEnumerable<int> numbers, CancellationToken cancel = default)
    {
        var asked = numbers.Where(number => number > 0).Distinct().ToArray();
        var found = asked.Length == 0 ? [] : await db.RiskRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId && asked.Contains(one.Number)).ToDictionaryAsync(one => one.Number, one => one.Content, cancel);
        found[0] = pack.Rules;
        return found;
    }

    public async Task<IReadOnlyList<RiskEditionRow>> EditionsAsync(CancellationToken cancel = default) =>
        await db.RiskRules.AsNoTracking().Where(one => one.CompanyId == me.CompanyId).OrderByDescending(one => one.Number).Take(50)
            .Select(one => new RiskEditionRow(one.Number, one.Reason, db.People.Where(p => p.Id == one.ById).Select(p => p.Name).FirstOrDefault(), one.At)).ToListAsync(cancel);

    /// <summary>A rule behind an id such as FX-13a; null for other words.</summary>
    public Rule? Find(string source) => rules.Find(source);

    /// <summary>Source and article behind an id; other words stand for themselves.</summary>
    public string CitationOf(string source) => rules.Find(source) is { } rule ? $"{rule.Citation}（{rule.ConfidenceTitle}）" : source;

    /// <param name="seen">Number of the edition that the form showed.</param>
    /// <param name="content">What holds from now on; earlier assessments keep theirs.</param>
    /// <param name="reason">Why, and by what right.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<int> ChangeAsync(int seen, RiskRuleSet content, string reason, CancellationToken cancel = default)
    {
        if (!me.May(RiskPermissions.Configure)) throw new Forbidden("您没有调整评级规则的权限。需要的话，请联系安全监察部门。");
        var before = await CurrentAsync(cancel);
        if (before.Number != seen) throw Stale();
        var edition = new RiskRules(me.CompanyId, seen + 1, Sourced(content, before.Rules), reason, me.PersonId, clock.GetUtcNow());
        db.RiskRules.Add(edition);
        db.Record(edition, Kind, Kind + ".changed", me.PersonId, clock.GetUtcNow(), me.CompanyId, new { edition.Number, edition.Reason, before = before.Rules, after = edition.Content });
        if (!await db.SaveNewAsync(cancel)) throw Stale();
        return edition.Number;
    }

    /// <summary>What the plant changed no longer stands under the source of the default.</summary>
    static RiskRuleSet Sourced(RiskRuleSet content, RiskRuleSet before) => content with
    {
        ReviewSource = RiskStates.Levels.All(level => content.ReviewDays.GetValueOrDefault(level) == before.ReviewDays[level]) ? before.ReviewSource : "",
        Scales =
        [
            .. before.Scales.Select(was => content.Of(was.Method) is var now && now.Factors.Count == was.Factors.Count
                ? was with
                {
                    Bands = now.Bands, Source = now.Bands.ToHashSet().SetEquals(was.Bands) ? was.Source : "",
                    Factors = [.. was.Factors.Zip(now.Factors, (old, changed) => old with { Steps = changed.Steps, Source = changed.Steps.SequenceEqual(old.Steps) ? old.Source : "" })],
                }
                : throw new Refusal($"{was.Method.Title()}的因素和默认的不一样，没有保存。", "scales")),
        ],
    };

    static StaleWrite Stale() => new("评级规则刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
}
