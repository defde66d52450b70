using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>One finding with everything a page shows: facts with names, the course so far, photos, relatives, and what the caller may do now.</summary>
public sealed record FindingDetail(
    Finding Finding, FindingNames Names, FindingRules Rules, IReadOnlyList<StepLine> Steps, IReadOnlyList<PhotoLine> Photos,
    IReadOnlyList<RelatedLine> Related, IReadOnlyList<ActLine> Acts)
{
    /// <summary>Records of other capabilities that it was found by or belongs to.</summary>
    public IReadOnlyList<OriginLine> Origins { get; init; } = [];

    public ActLine? Act(FindingVerb verb) => Acts.FirstOrDefault(act => act.Verb == verb);
}

/// <summary>A record of another kind, as links know it.</summary>
public sealed record OriginLine(string Kind, Guid Id);

public sealed record FindingNames(
    string? Reporter, string[] CoReporters, string? Rectifier, string? RectifierUnit, string? RectifierPost, string? Assigner, string? Verifier,
    string? EscalatedTo, string Unit, string? ReporterUnit, string? Category, string? CategorySource, string? MergedInto);

public sealed record StepLine(FindingVerb Verb, FindingStatus To, string? By, DateTimeOffset At, DateTimeOffset EnteredAt, string Note)
{
    /// <summary>Entered more than a day after it happened: marked, not punished (F15).</summary>
    public bool IsLate => EnteredAt - At > TimeSpan.FromDays(1);
}

public sealed record PhotoLine(Guid FileId, PhotoStage Stage, string? By, DateTimeOffset At);

/// <summary>Another finding and how it belongs to this one: the word of a link, or <see cref="Similar"/>.</summary>
public sealed record RelatedLine(string Relation, bool FromHere, Guid Id, string Number, string Description, FindingStatus Status, DateTimeOffset ReportedAt)
{
    /// <summary>At the same place, or of the same kind in the same unit, within the last days.</summary>
    public const string Similar = "similar";
}

/// <summary>An act that is this person's business: possible now, or not, with the reason in one sentence.</summary>
public sealed record ActLine(FindingVerb Verb, string? Obstacle)
{
    public bool IsPossible => Obstacle is null;
}

public sealed class FindingDetails(AppDb db, FindingAccess access, TimeProvider clock)
{
    public const int SimilarDays = 90;
    const int SimilarMost = 5, LinkedMost = 20;

    public async Task<FindingDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Where(f => f.Id == id).Select(f => new
        {
            Finding = f,
            Path = db.NodeClosure.Where(c => c.DescendantId == f.UnitId).Select(c => c.AncestorId).ToArray(),
            Origins = db.Links.Where(link => link.FromKind == FindingActions.Kind && link.FromId == f.Id && link.ToKind != FindingActions.Kind).Select(link => new OriginLine(link.ToKind, link.ToId)).ToList(),
            Rules = db.FindingRules.FirstOrDefault(r => r.CompanyId == f.CompanyId),
            Names = new FindingNames(
                db.People.Where(p => p.Id == f.ReporterId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => f.CoReporterIds.Contains(p.Id)).Select(p => p.Name).ToArray(),
                db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.RectifierId).Select(p => db.Units.First(u => u.Id == p.UnitId).Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.RectifierId).Select(p => p.JobTitle != "" ? p.JobTitle : p.Position).FirstOrDefault(),
                db.People.Where(p => p.Id == f.AssignerId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.VerifierId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.EscalatedToId).Select(p => p.Name).FirstOrDefault(),
                db.Units.Where(u => u.Id == f.UnitId).Select(u => u.Name).First(),
                db.Units.Where(u => u.Id == f.ReporterUnitId).Select(u => u.Name).FirstOrDefault(),
                db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Name).FirstOrDefault(),
                db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Source).FirstOrDefault(),
                db.Findings.Where(o => o.Id == f.MergedIntoId).Select(o => o.Number).FirstOrDefault()),
        }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条隐患");
        var hasSay = await access.HasSayAsync(found.Finding, cancel);
        var acts = Enum.GetValues<FindingVerb>()
            .Where(verb => verb != FindingVerb.Report && (hasSay || FindingAccess.NeedsNoSay(verb)) && access.MayEver(found.Finding, verb, found.Path))
            .Select(verb => new ActLine(verb, access.Obstacle(found.Finding, verb, found.Path))).ToList();
        return new(found.Finding, found.Names, found.Rules ?? new FindingRules(found.Finding.CompanyId),
            await StepsAsync(id, cancel), await PhotosAsync(id, cancel), await RelatedAsync(found.Finding, cancel), acts) { Origins = found.Origins };
    }

    /// <summary>Newest first, as the page shows it; of one act with two steps, the later one in the life of a finding.</summary>
    async Task<List<StepLine>> StepsAsync(Guid id, CancellationToken cancel)
    {
        var steps = await (
            from step in db.FindingSteps
            where step.FindingId == id
            orderby step.Version descending, step.At descending
            select new { step.Version, Line = new StepLine(step.Verb, step.To, db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault(), step.At, step.EnteredAt, step.Note) })
            .ToListAsync(cancel);
        return [.. steps.OrderByDescending(s => s.Version).ThenByDescending(s => s.Line.At).ThenByDescending(s => s.Line.Verb).Select(s => s.Line)];
    }

    Task<List<PhotoLine>> PhotosAsync(Guid id, CancellationToken cancel) => (
        from photo in db.FindingPhotos
        where photo.FindingId == id
        orderby photo.At
        select new PhotoLine(photo.FileId, photo.Stage, db.People.Where(p => p.Id == photo.ById).Select(p => p.Name).FirstOrDefault(), photo.At))
        .ToListAsync(cancel);

    /// <summary>Linked ones in both directions, and others like it lately: does it come back? Only what the caller may see.</summary>
    async Task<List<RelatedLine>> RelatedAsync(Finding finding, CancellationToken cancel)
    {
        var since = clock.GetUtcNow().AddDays(-SimilarDays);
        var (id, place, category, unit, visible) = (finding.Id, finding.PlaceId, finding.CategoryId, finding.UnitId, access.Visible().AsNoTracking());
        var similar = visible
            .Where(f => f.Id != id && f.ReportedAt >= since && f.Status != FindingStatus.Merged && f.Status != FindingStatus.Rejected
                && (place != null && f.PlaceId == place || category != null && f.CategoryId == category && f.UnitId == unit))
            .OrderByDescending(f => f.ReportedAt).Take(SimilarMost)
            .Select(f => new { Relation = RelatedLine.Similar, FromHere = true, Other = f });
        var linked = (
            from link in db.Links
            where link.FromKind == FindingActions.Kind && link.ToKind == FindingActions.Kind && (link.FromId == id || link.ToId == id)
            join f in visible on link.FromId == id ? link.ToId : link.FromId equals f.Id
            orderby link.At descending
            select new { link.Relation, FromHere = link.FromId == id, Other = f }).Take(LinkedMost);
        var rows = await linked.Select(r => new { r.Relation, r.FromHere, r.Other.Id, r.Other.Number, r.Other.Description, r.Other.Status, r.Other.ReportedAt })
            .Concat(similar.Select(r => new { r.Relation, r.FromHere, r.Other.Id, r.Other.Number, r.Other.Description, r.Other.Status, r.Other.ReportedAt }))
            .ToListAsync(cancel);
        return [.. rows.Select(r => new RelatedLine(r.Relation, r.FromHere, r.Id, r.Number, r.Description, r.Status, r.ReportedAt))
            .OrderBy(r => r.Relation == RelatedLine.Similar).ThenByDescending(r => r.ReportedAt)];
    }
}
