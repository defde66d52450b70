using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks;

/// <summary>One line of a list.</summary>
/// <param name="Measures">Open ones.</param>
public sealed record RiskRow(
    Guid Id, int Version, RiskKind Kind, string Title, string Unit, string Place, string AccidentType, RiskLevel? Level, RiskState State, string? Owner, DateOnly? ReviewOn, int Measures, int Rank, DateTimeOffset IdentifiedAt)
{
    public bool IsReviewOverdue(DateOnly today) => RiskStates.Reviewed.Contains(State) && ReviewOn < today;
}

/// <summary>What a list is asked for. Blank means everything that I may see and that is not closed.</summary>
public sealed record RiskFilter
{
    public const int MostPerPage = 200;

    public RiskKind? Kind { get; init; }
    public RiskLevel? Level { get; init; }
    public RiskState? State { get; init; }
    public Guid? Unit { get; init; }
    public bool Unrated { get; init; }
    /// <summary>Those that should have been looked at again.</summary>
    public bool Overdue { get; init; }
    public bool Mine { get; init; }
    public string? Text { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

public sealed record RiskCounts(int Red, int Orange, int Yellow, int Blue, int Unrated, int Overdue);

/// <param name="Points">In words of the edition that it was made by.</param>
public sealed record AssessmentLine(
    AssessmentStage Stage, AssessmentStanding Standing, RiskMethod Method, string Points, string Formula, decimal Score, RiskLevel Level, int RulesNumber, string By, DateTimeOffset At, string Note,
    string? Confirmer, string? SettledBy, DateTimeOffset? SettledAt, string SettledNote, Guid? SessionId);

public sealed record RiskActLine(RiskVerb Verb, string? Obstacle);

/// <summary>One risk with everything that its page shows, and what the caller may do now.</summary>
public sealed record RiskDetail(
    Guid Id, int Version, RiskRow Row, string Scenario, Guid UnitId, Guid? PlaceId, Guid? OwnerId, bool IsOwnerGone, string? IdentifiedBy, DateTimeOffset? ClosedAt, string Reason,
    IReadOnlyList<AssessmentLine> Assessments, IReadOnlyList<TaskRow> Measures, RiskSample? Sample, string? SampleSource, IReadOnlyList<RiskActLine> Acts)
{
    public bool Can(RiskVerb verb) => Acts.Any(act => act.Verb == verb && act.Obstacle is null);
}

/// <summary>Risks that I may see, gravest first, and single ones.</summary>
public sealed class RiskQueries(AppDb db, Me me, RiskAccess access, RiskRulebook rulebook, RiskPack pack, TaskQueries tasks, TimeProvider clock)
{
    public async Task<Paged<RiskRow>> ListAsync(RiskFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, RiskFilter.MostPerPage);
        var rows = await Rows(Matching(filter)).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? $"{rows[^1].Rank}~{new Cursor(rows[^1].IdentifiedAt, rows[^1].Id)}" : null);
    }

    public async Task<RiskCounts> CountsAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        var sums = await access.Visible().Where(risk => risk.State != RiskState.Closed).GroupBy(risk => risk.Rank)
            .Select(same => new { Rank = same.Key, Count = same.Count(), Overdue = same.Count(risk => risk.ReviewOn < today && RiskStates.Reviewed.Contains(risk.State)) }).ToListAsync(cancel);
        int Of(int rank) => sums.FirstOrDefault(sum => sum.Rank == rank)?.Count ?? 0;
        return new(Of(4), Of(3), Of(2), Of(1), Of(0), sums.Sum(sum => sum.Overdue));
    }

    public async Task<RiskDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var one = access.Visible().AsNoTracking().Where(risk => risk.Id == id);
        var row = await Rows(one).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个风险");
        var risk = await one.Include(found => found.Assessments).SingleAsync(cancel);
        var facts = await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new
        {
            Path = db.NodeClosure.Where(c => c.DescendantId == risk.UnitId).Select(c => c.AncestorId).ToList(),
            IsOwnerGone = db.People.Any(person => person.Id == risk.OwnerId && person.LeftOn != null),
        }).SingleAsync(cancel);
        var sample = pack.Find(risk.ContentId);
        var (editions, names) = (await rulebook.OfAsync(risk.Assessments.Select(made => made.RulesNumber), cancel), await NamesAsync(risk, cancel));
        return new(id, risk.Version, row, risk.Scenario, risk.UnitId, risk.PlaceId, risk.OwnerId, facts.IsOwnerGone, NameOf(names, risk.IdentifiedById), risk.ClosedAt, risk.Reason,
            [.. risk.Assessments.OrderByDescending(made => made.At).ThenByDescending(made => made.Id).Select(made => LineOf(made, editions.GetValueOrDefault(made.RulesNumber, pack.Rules).Of(made.Method), names))],
            await tasks.OfOriginAsync(RiskActions.Kind, id, cancel), sample, sample is null ? null : rulebook.CitationOf(sample.Source),
            [.. RiskStates.Possible.Keys.Where(verb => access.MayEver(risk, verb, facts.Path)).Select(verb => new RiskActLine(verb, risk.Obstacle(verb)))]);
    }

    /// <summary>For a form that is shown again.</summary>
    public Task<string?> PersonNameAsync(Guid? id, CancellationToken cancel = default) =>
        db.People.Where(person => person.Id == id && person.CompanyId == me.CompanyId).Select(person => person.Name).FirstOrDefaultAsync(cancel);

    internal IQueryable<RiskRow> Rows(IQueryable<Risk> risks) =>
        from risk in risks
        orderby risk.Rank descending, risk.IdentifiedAt descending, risk.Id descending
        select new RiskRow(risk.Id, risk.Version, risk.Kind, risk.Title, db.Units.First(unit => unit.Id == risk.UnitId).Name, risk.PlaceText, risk.AccidentType, risk.Level, risk.State,
            db.People.Where(person => person.Id == risk.OwnerId).Select(person => person.Name).FirstOrDefault(), risk.ReviewOn,
            db.Tasks.Count(task => TaskStates.Open.Contains(task.State) && db.Links.Any(link => link.FromKind == RiskActions.Kind && link.FromId == risk.Id && link.ToKind == TaskActions.Kind && link.ToId == task.Id)),
            risk.Rank, risk.IdentifiedAt);

    IQueryable<Risk> Matching(RiskFilter filter)
    {
        var (today, risks) = (clock.Today(), access.Visible().AsNoTracking());
        risks = filter.State is { } state ? risks.Where(risk => risk.State == state) : risks.Where(risk => risk.State != RiskState.Closed);
        if (filter.Kind is { } kind) risks = risks.Where(risk => risk.Kind == kind);
        if (filter.Level is { } level) risks = risks.Where(risk => risk.Rank == (int)level + 1);
        if (filter.Unrated) risks = risks.Where(risk => risk.Rank == 0);
        if (filter.Unit is { } unit) risks = risks.Where(risk => db.NodeClosure.Any(c => c.DescendantId == risk.UnitId && c.AncestorId == unit));
        if (filter.Overdue) risks = risks.Where(risk => risk.ReviewOn < today && RiskStates.Reviewed.Contains(risk.State));
        if (filter.Mine) risks = risks.Where(risk => risk.OwnerId == me.PersonId || risk.IdentifiedById == me.PersonId);
        if (!string.IsNullOrWhiteSpace(filter.Text)) risks = risks.Where(risk => risk.Title.Contains(filter.Text.Trim()) || risk.Scenario.Contains(filter.Text.Trim()));
        return KeyOf(filter.After) is not var (rank, after) ? risks
            : risks.Where(risk => EF.Functions.LessThan(ValueTuple.Create(risk.Rank, risk.IdentifiedAt, risk.Id), ValueTuple.Create(rank, after.At, after.Id)));
    }

    static (int Rank, Cursor After)? KeyOf(string? after)
    {
        if (string.IsNullOrEmpty(after)) return null;
        return after.Split('~') is [var first, var rest] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && Cursor.Parse(rest) is { } cursor
            ? (rank, cursor) : throw new Refusal("翻页位置无效，请回到第一页。", "after");
    }

    static AssessmentLine LineOf(RiskAssessment made, RiskScale scale, IReadOnlyDictionary<Guid, string> names) => new(
        made.Stage, made.Standing, made.Method, scale.Say(made.Values), scale.Formula, made.Score, made.Level, made.RulesNumber, NameOf(names, made.ById) ?? "", made.At, made.Note,
        NameOf(names, made.ConfirmerId), NameOf(names, made.SettledById), made.SettledAt, made.SettledNote, made.SessionId);

    static string? NameOf(IReadOnlyDictionary<Guid, string> names, Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;

    async Task<Dictionary<Guid, string>> NamesAsync(Risk risk, CancellationToken cancel)
    {
        Guid?[] ids = [risk.IdentifiedById, .. risk.Assessments.SelectMany(made => (Guid?[])[made.ById, made.ConfirmerId, made.SettledById])];
        return await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
    }
}
