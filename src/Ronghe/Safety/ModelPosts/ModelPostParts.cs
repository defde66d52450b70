using Ronghe.Platform;

namespace Ronghe.Safety.ModelPosts;

/// <summary>Who is put forward, at which work, for which part of the site, and why.</summary>
public sealed record ModelPostNomination(ModelPostKind Kind, Guid PersonId, string Position, Guid? ZoneId, IReadOnlyCollection<Guid> PlaceIds, string Statement)
{
    public void Check()
    {
        if (!Enum.IsDefined(Kind)) throw new Refusal("请选是哪一类示范岗。", nameof(Kind));
        if (PersonId == Guid.Empty) throw new Refusal("请选申报谁。", nameof(PersonId));
        if (string.IsNullOrWhiteSpace(Position)) throw new Refusal("请写岗位，例如“主值班员”。", nameof(Position));
        if (Position.Trim().Length > ModelPost.MaxName) throw new Refusal($"岗位超过 {ModelPost.MaxName} 字，没有保存，填写的内容还在。", nameof(Position));
        if (ZoneId is null && PlaceIds.Count == 0) throw new Refusal("请选岗位范围：一个责任区，或至少一处地点。没有保存，填写的内容还在。", nameof(ZoneId));
        if (PlaceIds.Count > ModelPost.MostPlaces) throw new Refusal($"岗位范围最多 {ModelPost.MostPlaces} 处地点，请选上一级地点。", nameof(PlaceIds));
        ModelPost.Require(Statement, nameof(Statement), "请写事迹：一两件事，谁可以证明。");
    }
}

/// <summary>A place of the post's range; what stands in it belongs to the range too.</summary>
public sealed class ModelPostPlace
{
    public Guid PostId { get; init; }
    public Guid PlaceId { get; init; }
}

/// <summary>One step of a post's course.</summary>
public sealed record ModelPostStep(Guid PostId, int Version, ModelPostVerb Verb, ModelPostState To, Guid? ById, DateTimeOffset At, string Note)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
}

public enum ActivityKind { Contest, Exchange, Problem }

/// <summary>岗位技能比武, 安全经验交流, 安全技术攻关: when, what, and what came of it.</summary>
public sealed record ModelPostActivity(Guid Id, Guid PostId, ActivityKind Kind, DateOnly On, string Title, string Outcome, Guid NotedById, DateTimeOffset NotedAt);

public static class ActivityKinds
{
    public static string Title(this ActivityKind kind) => kind switch
    {
        ActivityKind.Contest => "岗位技能比武", ActivityKind.Exchange => "安全经验交流", _ => "安全技术攻关",
    };
}

/// <summary>What the records said on the day of a check or a review, kept as it was then: nobody typed it.</summary>
/// <param name="CriteriaVersion">Of the company's criteria; 0 while the defaults held.</param>
public sealed record ModelPostReading(DateOnly Since, DateOnly Until, int CriteriaVersion, ModelPostFigures Figures, CriterionReading[] Criteria)
{
    /// <summary>For readers who may not know whose violations are whose (F14).</summary>
    public ModelPostReading WithoutViolations() => this with
    {
        Figures = Figures with { Violations = null, SevereViolations = null },
        Criteria = [.. Criteria.Select(one => one.Measure == CriterionMeasure.SevereViolations ? one with { Figure = null } : one)],
    };
}

/// <summary>A criterion as it read then, and what the records said to it; without a figure the checker looks at papers.</summary>
public sealed record CriterionReading(string Id, string Text, string Threshold, string Source, CriterionMeasure? Measure, int? Figure);

/// <summary>Counted from the records of the person and of the post's range.</summary>
/// <param name="Membership">Party membership in words; empty when there is none.</param>
/// <param name="Violations">Confirmed ones of the person; whose they are, only those may read who may read names.</param>
/// <param name="Reported">Findings that the person reported and that were accepted.</param>
/// <param name="Settled">Of these, closed.</param>
public sealed record ModelPostFigures(
    string Membership, int? Violations, int? SevereViolations, int Reported, int Settled, int OpenInRange, int OverdueInRange, int MajorInRange, int Contests, int Exchanges, int Problems)
{
    public int? Of(CriterionMeasure measure) => measure switch
    {
        CriterionMeasure.SevereViolations => SevereViolations, CriterionMeasure.Settled => Settled, CriterionMeasure.Contests => Contests, _ => Problems,
    };
}
