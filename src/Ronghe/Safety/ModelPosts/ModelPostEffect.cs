namespace Ronghe.Safety.ModelPosts;

/// <summary>Violations that count, findings that were accepted, findings that were closed.</summary>
public enum EffectMeasure { Violations, Found, Closed }

/// <summary>At the places of the range; by the people of the unit; in units of the same kind in the same plant that had no model post.</summary>
public enum EffectScope { Range, Unit, Others }

public static class EffectWords
{
    public static string Title(this EffectMeasure measure) => measure switch
    {
        EffectMeasure.Violations => "违章（已认定）", EffectMeasure.Found => "隐患发现（属实）", _ => "隐患关闭",
    };

    public static string Title(this EffectScope scope) => scope switch
    {
        EffectScope.Range => "岗位范围", EffectScope.Unit => "所在单位", _ => "没有示范岗的同类单位",
    };
}

/// <summary>One measure in one scope, before and during.</summary>
/// <param name="DaysBefore">Person-days.</param>
/// <param name="DaysDuring">Person-days.</param>
public sealed record EffectLine(EffectMeasure Measure, EffectScope Scope, int Before, int During, long DaysBefore, long DaysDuring)
{
    /// <summary>With fewer in either period chance alone moves the ratio so far that nothing can be concluded.</summary>
    public const int FewestEvents = 5;

    /// <summary>Rates are told for so many person-days.</summary>
    public const int RateDays = 1_000;

    public double? RateBefore => DaysBefore == 0 ? null : (double)Before * RateDays / DaysBefore;
    public double? RateDuring => DaysDuring == 0 ? null : (double)During * RateDays / DaysDuring;
    public RateRatio Ratio => RateRatio.Of(During, DaysDuring, Before, DaysBefore);
    public bool IsSmall => Before < FewestEvents || During < FewestEvents;

    public string Verdict => DaysBefore == 0 ? "任期前没有记录，不能对照。" : Words(IsSmall, Ratio);

    internal Change Change => new(Before, DaysBefore, During, DaysDuring);

    internal static string Words(bool isSmall, RateRatio ratio) =>
        isSmall ? $"有一段不足 {FewestEvents} 条，数字太小，什么也不能断定。"
        : !ratio.IsDistinct ? "区间包含 1：看不出差别。这不等于没有差别。"
        : ratio.High < 1 ? "比对照的一段少，超出了偶然波动通常的范围。" : "比对照的一段多，超出了偶然波动通常的范围。";
}

/// <summary>The unit's change against that of the others: what is left when what changed everywhere is taken away.</summary>
public sealed record EffectContrast(EffectMeasure Measure, RateRatio Ratio, bool IsSmall)
{
    public string Verdict => Ratio.Low is null ? "没有可对照的记录。" : EffectLine.Words(IsSmall, Ratio);

    public static EffectContrast Of(EffectLine unit, EffectLine others) => new(unit.Measure, RateRatio.Between(unit.Change, others.Change), unit.IsSmall || others.IsSmall);
}

/// <summary>A post that was counted, with its periods.</summary>
public sealed record EffectPost(Guid Id, string Position, string Unit, EffectPeriods Periods);

/// <summary>What changed around one post, or around all posts of a kind together. How it is computed: docs/decisions/0023.</summary>
/// <param name="People">In the units of the posts, today; the plant keeps no headcount of single places or past days.</param>
/// <param name="OtherUnits">How many units of the same kind it is compared with.</param>
/// <param name="RecordsSince">Day of the oldest record.</param>
public sealed record ModelPostEffect(
    string Title, IReadOnlyList<EffectPost> Posts, IReadOnlyList<EffectLine> Lines, IReadOnlyList<EffectContrast> Contrasts, int People, int OtherUnits, int OtherPeople, DateOnly? RecordsSince)
{
    public bool IsCut => Posts.Any(post => post.Periods.IsCut);
    public IEnumerable<EffectLine> Of(EffectMeasure measure) => Lines.Where(line => line.Measure == measure);
}

/// <summary>Which of its numbers somebody opens.</summary>
public sealed record EffectQuestion(Guid? Post, ModelPostKind? Kind, EffectMeasure Measure, EffectScope Scope, bool During);

/// <summary>A record behind a number. Never whose it is: an effect is about a place of work, not about persons (F14).</summary>
public sealed record EffectRecord(string Title, string Place, string Unit, DateOnly On, string Href);

/// <param name="Hidden">Counted, but not mine to see.</param>
public sealed record EffectRecords(string Title, IReadOnlyList<EffectRecord> Rows, int Hidden);
