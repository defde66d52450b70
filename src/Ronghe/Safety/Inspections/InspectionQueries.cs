using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Offline;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections;

public sealed record InspectionRow(
    Guid Id, InspectionKind Kind, string Title, string? Unit, string? Zone, string Lead, DateOnly PlannedOn, InspectionStatus Status, int Problems, DateTimeOffset? StartedAt)
{
    /// <summary>What stands where the unit would: of a spot check it is not known before it starts.</summary>
    public string Where => Zone ?? Unit ?? (Kind == InspectionKind.SpotCheck ? "开始后公开" : "");
}

public sealed record InspectionFilter(InspectionKind? Kind, InspectionStatus? Status, Guid? Zone, string? After)
{
    public int Limit { get; init; } = 50;
}

/// <summary>One item with its answer and the finding that came of it.</summary>
public sealed record InspectionLine(ChecklistItem Item, Verdict? Verdict, decimal? Number, string Note, bool IsFault, IReadOnlyList<InspectionProblem> Problems, IReadOnlyList<InspectionPicture> Photos);

/// <summary>A photo of an item: its file, by whom and when.</summary>
public sealed record InspectionPicture(Guid FileId, string By, DateTimeOffset At);

public sealed record ExplanationLine(
    Guid Id, Guid FindingId, string What, string Why, string Duty, string Measure, DateOnly DueOn, string By, DateTimeOffset At, string? HeardBy, DateTimeOffset? HeardAt, bool? IsAccepted, string HeardNote);

/// <summary>One inspection with everything that its page shows; of a spot check the target only as far as I may know it.</summary>
/// <param name="Target">Drawn and not yet public: only the checker's own answer carries it.</param>
public sealed record InspectionDetail(
    Guid Id, int Version, InspectionKind Kind, string Title, InspectionStatus Status, Guid? UnitId, string? Unit, Guid? ZoneId, string? Zone, string Lead, string PlannedBy, IReadOnlyList<string> Team,
    DateOnly PlannedOn, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset? ClosedAt, string Conclusion, string? Checklist, string? ChecklistCode, int? ChecklistNumber,
    IReadOnlyList<InspectionLine> Lines, IReadOnlyList<InspectionProblem> Problems, IReadOnlyList<ExplanationLine> Explanations, string? Target, string? WhyNotClosed, ActOffers Acts)
{
    public int Unanswered => Lines.Count(line => Inspection.MustBeAnswered(line.Item) && line.Verdict is null && line.Number is null);
    public bool IsExplained(Guid finding) => Explanations.Any(one => one.FindingId == finding && one.IsAccepted == true);
    public bool WaitsToBeHeard(Guid finding) => Explanations.Any(one => one.FindingId == finding && one.IsAccepted is null);
}

public sealed class InspectionQueries(AppDb db, Me me, InspectionAccess access, InspectionActions actions, SpotChecks spotChecks)
{
    const int MostOnTheSpot = 10;

    public async Task<Paged<InspectionRow>> ListAsync(InspectionFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, 200);
        var inspections = access.Visible().AsNoTracking();
        if (filter.Kind is { } kind) inspections = inspections.Where(i => i.Kind == kind);
        if (filter.Status is { } status) inspections = inspections.Where(i => i.Status == status);
        if (filter.Zone is { } zone) inspections = inspections.Where(i => i.ZoneId == zone);
        if (Cursor.Parse(filter.After) is { } after)
        {
            var day = after.At.PlantDate();
            inspections = inspections.Where(i => EF.Functions.LessThan(ValueTuple.Create(i.PlannedOn, i.Id), ValueTuple.Create(day, after.Id)));
        }
        var rows = await inspections.OrderByDescending(i => i.PlannedOn).ThenByDescending(i => i.Id).Take(limit + 1).Select(i => new InspectionRow(
            i.Id, i.Kind, i.Title, db.Units.Where(unit => unit.Id == i.UnitId).Select(unit => unit.Name).FirstOrDefault(), db.Zones.Where(z => z.Id == i.ZoneId).Select(z => z.Name).FirstOrDefault(),
            db.People.First(person => person.Id == i.LeadId).Name, i.PlannedOn, i.Status, db.Links.Count(link => link.ToKind == InspectionActions.Kind && link.ToId == i.Id), i.StartedAt)).ToListAsync(cancel);
        if (rows.Count <= limit) return new(rows);
        var last = rows[limit - 1];
        return new(rows[..limit], new Cursor(last.PlannedOn.At(new TimeOnly(12, 0)), last.Id).ToString());
    }

    /// <summary>Inspections that are under way and that I take part in: the list to fill in and the form for what is found. Before the start none, for a draw is on the page.</summary>
    public async Task<IReadOnlyList<OfflinePage>> PagesOnTheSpotAsync(CancellationToken cancel = default)
    {
        if (me.PersonId is not { } person) return [];
        var own = await db.Inspections.Where(i => i.CompanyId == me.CompanyId && i.Status == InspectionStatus.Started && (i.LeadId == person || i.Members.Any(member => member.PersonId == person)))
            .OrderByDescending(i => i.StartedAt).Take(MostOnTheSpot).Select(i => new { i.Id, i.Title }).ToListAsync(cancel);
        return [.. own.SelectMany(i => new OfflinePage[] { new($"/inspections/{i.Id}", i.Title, "clipboard-check"), new($"/inspections/{i.Id}/finding", $"登记隐患 · {i.Title}", "camera") })];
    }

    public async Task<InspectionDetail> DetailAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Include(i => i.Members).Include(i => i.Answers).Include(i => i.Explanations).Include(i => i.Photos).AsSplitQuery()
            .SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw new NotFound("这次检查");
        var items = await actions.ItemsAsync(found, cancel);
        var problems = await actions.ProblemsAsync(id, cancel);
        var path = await db.NodeClosure.Where(c => c.DescendantId == found.UnitId).Select(c => c.AncestorId).ToListAsync(cancel);
        var names = await NamesAsync(found, cancel);
        string Name(Guid? person) => person is { } known ? names.GetValueOrDefault(known, "") : "";
        var heads = await db.Units.Where(unit => unit.Id == found.CompanyId).Select(unit => new
        {
            Unit = db.Units.Where(u => u.Id == found.UnitId).Select(u => u.Name).FirstOrDefault(),
            Zone = db.Zones.Where(z => z.Id == found.ZoneId).Select(z => z.Name).FirstOrDefault(),
            List = db.Checklists.Where(list => list.Id == found.ChecklistId).Select(list => list.Code).FirstOrDefault(),
            ListName = db.ChecklistVersions.Where(version => version.ChecklistId == found.ChecklistId && version.Number == found.ChecklistNumber).Select(version => version.Name).FirstOrDefault(),
        }).SingleAsync(cancel);
        var target = found is { Kind: InspectionKind.SpotCheck, Status: InspectionStatus.Planned } ? await spotChecks.TargetAsync(id, cancel) : null;
        return new(found.Id, found.Version, found.Kind, found.Title, found.Status, found.UnitId, heads.Unit, found.ZoneId, heads.Zone, Name(found.LeadId), Name(found.PlannedById),
            [.. found.Members.Select(member => $"{Name(member.PersonId)}（{member.Role.Title()}）")], found.PlannedOn, found.StartedAt, found.FinishedAt, found.ClosedAt, found.Conclusion,
            heads.ListName, heads.List, found.ChecklistNumber, [.. items.Select(item => LineOf(found, item, problems, Name))], problems,
            [.. found.Explanations.OrderByDescending(one => one.At).Select(one => new ExplanationLine(one.Id, one.FindingId, one.What, one.Why, one.Duty, one.Measure, one.DueOn, Name(one.ById), one.At,
                one.HeardById is null ? null : Name(one.HeardById), one.HeardAt, one.IsAccepted, one.HeardNote))],
            target, found.WhyNotClosed(problems), Offers(found, path, problems, target));
    }

    ActOffers Offers(Inspection inspection, IReadOnlyCollection<Guid> path, IReadOnlyList<InspectionProblem> problems, string? target) => new(
        Enum.GetValues<InspectionVerb>().Where(verb => access.MayEver(inspection, verb, path)).Select(verb => new ActOffer(verb.ToString().ToLowerInvariant(), inspection.Obstacle(verb) ?? verb switch
        {
            InspectionVerb.Start when inspection.Kind == InspectionKind.SpotCheck && target is null => "先抽取检查对象。",
            InspectionVerb.Close => inspection.WhyNotClosed(problems),
            _ => null,
        })));

    static InspectionLine LineOf(Inspection inspection, ChecklistItem item, IReadOnlyList<InspectionProblem> problems, Func<Guid?, string> name)
    {
        var answer = inspection.AnswerTo(item);
        return new(item, answer?.Verdict, answer?.Number, answer?.Note ?? "", answer?.IsFault(item) == true, [.. problems.Where(problem => problem.ItemId == item.Id)],
            [.. inspection.Photos.Where(photo => photo.ItemId == item.Id).OrderBy(photo => photo.At).Select(photo => new InspectionPicture(photo.FileId, name(photo.ById), photo.At))]);
    }

    Task<Dictionary<Guid, string>> NamesAsync(Inspection i, CancellationToken cancel)
    {
        Guid[] ids = [i.LeadId, i.PlannedById, .. i.Members.Select(member => member.PersonId), .. i.Explanations.Select(one => one.ById), .. i.Explanations.Select(one => one.HeardById).OfType<Guid>(), .. i.Photos.Select(photo => photo.ById).OfType<Guid>()];
        return db.People.Where(person => ids.Contains(person.Id) && person.CompanyId == me.CompanyId).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
    }
}
