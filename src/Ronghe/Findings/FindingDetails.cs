using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>One finding with everything a page shows: facts with names, the course so far, photos, and what the caller may do now.</summary>
public sealed record FindingDetail(Finding Finding, FindingNames Names, IReadOnlyList<StepLine> Steps, IReadOnlyList<PhotoLine> Photos, IReadOnlyList<SimilarLine> Similar, IReadOnlyList<ActLine> Acts);

public sealed record FindingNames(string? Reporter, string[] CoReporters, string? Rectifier, string? Assigner, string? Verifier, string? EscalatedTo, string Unit, string? ReporterUnit, string? Category, string? CategorySource, string? MergedInto);

public sealed record StepLine(FindingVerb Verb, FindingStatus To, string? By, DateTimeOffset At, DateTimeOffset EnteredAt, string Note)
{
    /// <summary>Entered more than a day after it happened: marked, not punished (F15).</summary>
    public bool IsLate => EnteredAt - At > TimeSpan.FromDays(1);
}

public sealed record PhotoLine(Guid FileId, PhotoStage Stage, string? By, DateTimeOffset At);

public sealed record SimilarLine(Guid Id, string Number, string Description, FindingStatus Status, DateTimeOffset ReportedAt);

/// <summary>An act that is this person's business: possible now, or not, with the reason in one sentence.</summary>
public sealed record ActLine(FindingVerb Verb, string? Obstacle)
{
    public bool IsPossible => Obstacle is null;
}

public sealed class FindingDetails(AppDb db, FindingAccess access, TimeProvider clock)
{
    const int SimilarDays = 90, SimilarMost = 5;

    public async Task<FindingDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Where(f => f.Id == id).Select(f => new
        {
            Finding = f,
            Path = db.NodeClosure.Where(c => c.DescendantId == f.UnitId).Select(c => c.AncestorId).ToArray(),
            Names = new FindingNames(
                db.People.Where(p => p.Id == f.ReporterId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => f.CoReporterIds.Contains(p.Id)).Select(p => p.Name).ToArray(),
                db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.AssignerId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.VerifierId).Select(p => p.Name).FirstOrDefault(),
                db.People.Where(p => p.Id == f.EscalatedToId).Select(p => p.Name).FirstOrDefault(),
                db.Units.Where(u => u.Id == f.UnitId).Select(u => u.Name).First(),
                db.Units.Where(u => u.Id == f.ReporterUnitId).Select(u => u.Name).FirstOrDefault(),
                db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Name).FirstOrDefault(),
                db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Source).FirstOrDefault(),
                db.Findings.Where(o => o.Id == f.MergedIntoId).Select(o => o.Number).FirstOrDefault()),
        }).AsSplitQuery().SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条隐患");
        var acts = Enum.GetValues<FindingVerb>()
            .Where(verb => verb != FindingVerb.Report && access.MayEver(found.Finding, verb, found.Path))
            .Select(verb => new ActLine(verb, access.Obstacle(found.Finding, verb, found.Path))).ToList();
        return new(found.Finding, found.Names, await StepsAsync(id, cancel), await PhotosAsync(id, cancel), await SimilarAsync(found.Finding, cancel), acts);
    }

    /// <summary>Newest first, as the page shows it.</summary>
    Task<List<StepLine>> StepsAsync(Guid id, CancellationToken cancel) => (
        from step in db.FindingSteps
        where step.FindingId == id
        orderby step.Version descending, step.At descending
        select new StepLine(step.Verb, step.To, db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault(), step.At, step.EnteredAt, step.Note))
        .ToListAsync(cancel);

    Task<List<PhotoLine>> PhotosAsync(Guid id, CancellationToken cancel) => (
        from photo in db.FindingPhotos
        where photo.FindingId == id
        orderby photo.At
        select new PhotoLine(photo.FileId, photo.Stage, db.People.Where(p => p.Id == photo.ById).Select(p => p.Name).FirstOrDefault(), photo.At))
        .ToListAsync(cancel);

    /// <summary>Others at the same place or of the same kind in the same unit, lately: does it come back?</summary>
    Task<List<SimilarLine>> SimilarAsync(Finding finding, CancellationToken cancel)
    {
        var since = clock.GetUtcNow().AddDays(-SimilarDays);
        return access.Visible()
            .Where(f => f.Id != finding.Id && f.ReportedAt >= since && f.Status != FindingStatus.Merged && f.Status != FindingStatus.Rejected
                && (finding.PlaceId != null && f.PlaceId == finding.PlaceId || finding.CategoryId != null && f.CategoryId == finding.CategoryId && f.UnitId == finding.UnitId))
            .OrderByDescending(f => f.ReportedAt).Take(SimilarMost)
            .Select(f => new SimilarLine(f.Id, f.Number, f.Description, f.Status, f.ReportedAt)).ToListAsync(cancel);
    }
}
