using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Safety.Violations;

namespace Ronghe.Safety.ModelPosts;

/// <summary>
/// Counts what happened before and during the terms of posts, there and at comparable units, in two statements however many posts there
/// are. Posts of one unit are counted once, and so is each unit of comparison, so that nothing stands in two sums.
/// </summary>
public sealed class ModelPostEffects(AppDb db, Me me, ModelPostAccess access, FindingAccess findings, ViolationAccess violations, TimeProvider clock)
{
    public const int MostRecords = 200;

    sealed record Counted(EffectScope Scope, EffectMeasure Measure, bool During, int Count);
    sealed record Heads(Guid PostId, EffectScope Scope, int Units, int People);

    /// <summary>$2–$5: posts with the first day before, the first and the last day of the term; $6–$8: the same as moments, the last one exclusive.</summary>
    static readonly string Events = $"""
        with post as (
            select m.id, m.unit_id, m.zone_id, t.before_on, t.from_on, t.until_on, t.before_at, t.from_at, t.end_at
            from unnest($2::uuid[], $3::date[], $4::date[], $5::date[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
                t(id, before_on, from_on, until_on, before_at, from_at, end_at) join model_posts m on m.id = t.id),
        {ModelPostRange.Sql},
        other as (
            select distinct on (u.id) p.id post_id, u.id unit_id
            from post p join nodes own on own.id = p.unit_id
            join nodes u on u.tree = 'unit' and u.kind = own.kind and u.company_id = $1 and u.closed_on is null
            where not exists (select from node_closure k where k.ancestor_id = own.id and k.descendant_id = u.id)
                and exists (
                    select from node_closure mine join node_closure theirs on theirs.ancestor_id = mine.ancestor_id join nodes plant on plant.id = mine.ancestor_id and plant.kind = 'Plant'
                    where mine.descendant_id = own.id and theirs.descendant_id = u.id)
                and not exists (
                    select from model_posts m join node_closure k on k.descendant_id = m.unit_id and k.ancestor_id = u.id
                    where m.from_on <= p.until_on and coalesce(m.ended_on, m.to_on) >= p.before_on)
            order by u.id, p.from_on, p.id),
        scope as (
            select p.id post_id, 'Unit' scope, p.unit_id top_id, k.descendant_id unit_id from post p join node_closure k on k.ancestor_id = p.unit_id
            union all
            select o.post_id, 'Others', o.unit_id, k.descendant_id from other o join node_closure k on k.ancestor_id = o.unit_id),
        event as ({In("(select post_id, 'Range' scope, place_id from reach)", "place_id")} union all {In("scope", "unit_id")})
        """;

    static readonly string Counts = Events + " select scope, measure, during, count(distinct record_id)::int from event group by 1, 2, 3";
    static readonly string Ids = Events + " select distinct record_id from event where scope = $9 and measure = $10 and during = $11 order by record_id desc";
    static readonly string People = Events + """

        select s.post_id, s.scope, count(distinct s.top_id)::int, count(p.id)::int
        from scope s left join people p on p.unit_id = s.unit_id and p.left_on is null group by 1, 2
        """;

    /// <summary>What happened in an area, told by the column that says where.</summary>
    static string In(string area, string column) => $"""
        select a.scope, 'Violations' measure, v.happened_on >= p.from_on during, v.id record_id
        from post p join {area} a on a.post_id = p.id
        join violations v on v.{column} = a.{column} and v.state = 'Confirmed' and v.happened_on between p.before_on and p.until_on
        union all
        select a.scope, 'Found', f.reported_at >= p.from_at, f.id
        from post p join {area} a on a.post_id = p.id
        join findings f on f.{column} = a.{column} and f.status not in ('Rejected', 'Merged') and f.reported_at >= p.before_at and f.reported_at < p.end_at
        union all
        select a.scope, 'Closed', f.closed_at >= p.from_at, f.id
        from post p join {area} a on a.post_id = p.id
        join findings f on f.{column} = a.{column} and f.status = 'Closed' and f.closed_at >= p.before_at and f.closed_at < p.end_at
        """;

    public async Task<ModelPostEffect> OfPostAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Where(post => post.Id == id)
            .Select(post => new { Post = post, Path = db.NodeClosure.Where(c => c.DescendantId == post.UnitId).Select(c => c.AncestorId).ToArray() })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个示范岗");
        if (!access.MaySeeEffect(found.Post, found.Path)) throw new Forbidden("示范岗的效果数字由本人、支部和管理的人看，您没有这个权限。");
        return await OfAsync($"{found.Post.Position} · {found.Post.Kind.Title()}", db.ModelPosts.Where(post => post.Id == id), cancel);
    }

    /// <summary>All posts of a kind in the units whose effects I may see.</summary>
    public Task<ModelPostEffect> OfKindAsync(ModelPostKind kind, CancellationToken cancel = default)
    {
        var reach = me.ReachOf(ModelPostPermissions.Effect);
        return OfAsync($"{kind.Title()}示范岗", db.ModelPosts.Where(post => post.CompanyId == me.CompanyId && post.Kind == kind
            && db.NodeClosure.Any(c => c.DescendantId == post.UnitId && reach.Contains(c.AncestorId))), cancel);
    }

    public async Task<EffectRecords> RecordsAsync(EffectQuestion question, CancellationToken cancel = default)
    {
        var effect = question.Post is { } id ? await OfPostAsync(id, cancel) : await OfKindAsync(question.Kind ?? throw new NotFound("这组数字"), cancel);
        var title = $"{question.Measure.Title()} · {question.Scope.Title()} · {(question.During ? "任期中" : "任期前")}";
        if (effect.Posts.Count == 0) return new(title, [], 0);
        var ids = await db.PreparedAsync(Ids, [.. Values(effect.Posts), question.Scope.ToString(), question.Measure.ToString(), question.During], row => row.GetGuid(0), cancel);
        var rows = question.Measure == EffectMeasure.Violations ? await ViolationsAsync(ids, cancel) : await FindingsAsync(ids, question.Measure, cancel);
        return new(title, rows, ids.Count - rows.Count);
    }

    async Task<ModelPostEffect> OfAsync(string title, IQueryable<ModelPost> of, CancellationToken cancel)
    {
        var today = clock.Today();
        var since = await RecordsSinceAsync(cancel);
        var terms = await of.AsNoTracking().Where(post => post.From != null && post.From <= today).OrderBy(post => post.From).ThenBy(post => post.Id)
            .Select(post => new { post.Id, post.UnitId, post.Position, Unit = db.Units.First(unit => unit.Id == post.UnitId).Name, From = post.From!.Value, Last = post.EndedOn ?? post.To!.Value })
            .ToListAsync(cancel);
        var posts = terms.DistinctBy(term => term.UnitId)
            .Select(term => EffectPeriods.Of(term.From, term.Last, today, since) is { } periods ? new EffectPost(term.Id, term.Position, term.Unit, periods) : null).OfType<EffectPost>().ToList();
        if (posts.Count == 0) return new(title, [], [], [], 0, 0, 0, since);
        var counted = await db.PreparedAsync(Counts, Values(posts), row => new Counted(Enum.Parse<EffectScope>(row.GetString(0)), Enum.Parse<EffectMeasure>(row.GetString(1)), row.GetBoolean(2), row.GetInt32(3)), cancel);
        var heads = await db.PreparedAsync(People, Values(posts), row => new Heads(row.GetGuid(0), Enum.Parse<EffectScope>(row.GetString(1)), row.GetInt32(2), row.GetInt32(3)), cancel);
        var lines = Lines(posts, counted, heads);
        var contrasts = Enum.GetValues<EffectMeasure>().Select(measure => EffectContrast.Of(
            lines.Single(line => line.Measure == measure && line.Scope == EffectScope.Unit), lines.Single(line => line.Measure == measure && line.Scope == EffectScope.Others))).ToList();
        var others = heads.Where(head => head.Scope == EffectScope.Others).ToList();
        return new(title, posts, lines, contrasts, heads.Where(head => head.Scope == EffectScope.Unit).Sum(head => head.People), others.Sum(head => head.Units), others.Sum(head => head.People), since);
    }

    static List<EffectLine> Lines(List<EffectPost> posts, List<Counted> counted, List<Heads> heads)
    {
        // A range has no headcount of its own: its person-days are those of the unit.
        long PersonDays(EffectScope scope, Func<EffectPeriods, int> days) => posts.Sum(post =>
            (long)days(post.Periods) * heads.Where(head => head.PostId == post.Id && head.Scope == (scope == EffectScope.Range ? EffectScope.Unit : scope)).Sum(head => head.People));
        int Count(EffectMeasure measure, EffectScope scope, bool during) =>
            counted.Where(one => one.Measure == measure && one.Scope == scope && one.During == during).Sum(one => one.Count);
        return [.. from measure in Enum.GetValues<EffectMeasure>()
                   from scope in Enum.GetValues<EffectScope>()
                   select new EffectLine(measure, scope, Count(measure, scope, false), Count(measure, scope, true),
                       PersonDays(scope, periods => periods.DaysBefore), PersonDays(scope, periods => periods.DaysDuring))];
    }

    object[] Values(IReadOnlyList<EffectPost> posts) =>
    [
        me.CompanyId, Each(posts, post => post.Id), Each(posts, post => post.Periods.BeforeFrom), Each(posts, post => post.Periods.From), Each(posts, post => post.Periods.Until),
        Each(posts, post => post.Periods.BeforeFrom.At(TimeOnly.MinValue)), Each(posts, post => post.Periods.From.At(TimeOnly.MinValue)), Each(posts, post => post.Periods.Until.End()),
    ];

    static T[] Each<T>(IReadOnlyList<EffectPost> posts, Func<EffectPost, T> of) => [.. posts.Select(of)];

    /// <summary>Before its first record a plant did not have fewer faults, it only did not write them down here.</summary>
    async Task<DateOnly?> RecordsSinceAsync(CancellationToken cancel)
    {
        var oldest = await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new
        {
            Finding = db.Findings.Where(finding => finding.CompanyId == me.CompanyId).Min(finding => (DateTimeOffset?)finding.ReportedAt),
            Violation = db.Violations.Where(violation => violation.CompanyId == me.CompanyId).Min(violation => (DateOnly?)violation.On),
        }).SingleAsync(cancel);
        return oldest.Finding?.PlantDate() is { } found && !(oldest.Violation < found) ? found : oldest.Violation;
    }

    async Task<List<EffectRecord>> ViolationsAsync(List<Guid> ids, CancellationToken cancel) =>
        [.. (await violations.Visible().AsNoTracking().Where(violation => ids.Contains(violation.Id)).OrderByDescending(violation => violation.On).ThenBy(violation => violation.Id).Take(MostRecords)
            .Select(violation => new
            {
                violation.Id, Kind = db.ViolationKinds.First(kind => kind.Id == violation.KindId).Name, violation.PlaceText, Unit = db.Units.First(unit => unit.Id == violation.UnitId).Name, violation.On,
            }).ToListAsync(cancel)).Select(row => new EffectRecord(row.Kind, row.PlaceText, row.Unit, row.On, $"/violations/{row.Id}"))];

    async Task<List<EffectRecord>> FindingsAsync(List<Guid> ids, EffectMeasure measure, CancellationToken cancel) =>
        [.. (await findings.Visible().AsNoTracking().Where(finding => ids.Contains(finding.Id)).OrderByDescending(finding => finding.ReportedAt).ThenBy(finding => finding.Id).Take(MostRecords)
            .Select(finding => new { finding.Id, finding.Number, finding.Description, finding.PlaceText, Unit = db.Units.First(unit => unit.Id == finding.UnitId).Name, finding.ReportedAt, finding.ClosedAt })
            .ToListAsync(cancel)).Select(row => new EffectRecord($"{row.Number} {row.Description}", row.PlaceText, row.Unit,
                (measure == EffectMeasure.Closed ? row.ClosedAt!.Value : row.ReportedAt).PlantDate(), $"/findings/{row.Id}"))];
}
