using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections;

/// <summary>A fault that is written down as a finding.</summary>
/// <param name="Id">Made by the form, so that sent twice it is stored once.</param>
public sealed record NewProblem(Guid Id, string? ItemId, string Description, Guid? PlaceId, string Place, bool IsUrgent);

/// <summary>Every act on an inspection: load what I may see → may I → do → journal → one save.</summary>
public sealed class InspectionActions(AppDb db, Me me, InspectionAccess access, FindingActions findings, FindingReporting reporting, PhotoActions photos, TimeProvider clock)
{
    public const string Kind = "inspection", FoundBy = FindingOrigins.FoundBy;

    /// <returns>Id of the inspection; the same answer when the same id was sent before.</returns>
    public async Task<Guid> PlanAsync(Guid id, InspectionPlan plan, string? checklistCode, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每次检查生成一个 UUIDv7。", "id");
        if (await db.Inspections.AnyAsync(i => i.Id == id && i.CompanyId == me.CompanyId && i.PlannedById == me.PersonId, cancel)) return id;
        plan = await CompleteAsync(plan, checklistCode, cancel);
        plan.Check();
        await access.RequirePlanAsync(plan, cancel);
        var inspection = new Inspection(me.CompanyId, plan, me.Id, id);
        db.Inspections.Add(inspection);
        Record(inspection, "planned", new { inspection.Kind, inspection.LeadId });
        await db.SaveChangesAsync(cancel);
        return id;
    }

    /// <summary>Of a spot check the start uncovers what was drawn, and the draw with it.</summary>
    public Task StartAsync(Guid id, int version, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Start, async inspection =>
    {
        var draw = inspection.Kind == InspectionKind.SpotCheck ? await db.SpotCheckDraws.SingleOrDefaultAsync(draw => draw.InspectionId == id, cancel) : null;
        inspection.Start(draw?.UnitId, clock.GetUtcNow());
        Record(inspection, "started", draw is null ? new { } : new { to = draw.UnitId, draw.Candidates, Seed = Convert.ToHexStringLower(draw.Seed) });
    }, cancel);

    /// <param name="id">Of the inspection.</param>
    /// <param name="version">As it was seen; null for single answers saved one by one, which put out nobody else's.</param>
    /// <param name="replies">What was filled in.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task FillAsync(Guid id, int? version, IReadOnlyList<InspectionReply> replies, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Fill, async inspection =>
    {
        inspection.Fill(await ItemsAsync(inspection, cancel), replies, me.PersonId, clock.GetUtcNow());
        Record(inspection, "filled", new { items = replies.Where(reply => !reply.IsBlank).Select(reply => reply.ItemId) });
    }, cancel);

    /// <summary>Photos of one item. What would be refused is refused before anything is taken in, which is work.</summary>
    public async Task<IReadOnlyList<StoredFile>> PhotographAsync(Guid id, string itemId, Func<PhotoActions, FileOwner, Task<List<StoredFile>>> takeIn, CancellationToken cancel = default)
    {
        var (inspection, _) = await LoadAsync(id, null, InspectionVerb.Fill, cancel);
        var item = (await ItemsAsync(inspection, cancel)).FirstOrDefault(item => item.Id == itemId) ?? throw new Refusal("检查表里没有这一项，没有保存。", "item");
        inspection.Photograph(item, [], me.PersonId, clock.GetUtcNow());
        var files = await takeIn(photos, new FileOwner(Kind, id, inspection.CompanyId));
        if (files.Count == 0) throw new Refusal("没有收到照片，请重新选择。", "photos");
        await LeaveOutKnownAsync(inspection, item, files, cancel);
        if (files.Count == 0) return files;
        inspection.Photograph(item, [.. files.Select(file => file.Id)], me.PersonId, clock.GetUtcNow());
        Record(inspection, "photographed", new { item = itemId, photos = files.Count });
        await db.SaveChangesAsync(cancel);
        return files;
    }

    /// <summary>An upload whose answer got lost is sent again: a picture that stands at the item already is not added once more.</summary>
    async Task LeaveOutKnownAsync(Inspection inspection, ChecklistItem item, List<StoredFile> files, CancellationToken cancel)
    {
        var there = inspection.Photos.Where(photo => photo.ItemId == item.Id).Select(photo => photo.FileId).ToList();
        if (there.Count == 0) return;
        var hashes = await db.Files.Where(file => there.Contains(file.Id)).Select(file => file.Hash).ToHashSetAsync(cancel);
        foreach (var known in files.Where(file => hashes.Contains(file.Hash)).ToList())
        {
            db.Entry(known).State = EntityState.Detached;
            files.Remove(known);
        }
    }

    /// <summary>Into the one closed loop, with the inspection as where it was found.</summary>
    /// <returns>Number of the finding.</returns>
    public async Task<string> ReportAsync(Guid id, NewProblem problem, IReadOnlyList<StoredFile> photos, CancellationToken cancel = default)
    {
        var (inspection, report) = await ReportOfAsync(id, problem, cancel);
        var number = await findings.ReportAsync(problem.Id, report, photos, cancel);
        // Stored already when the form is sent once more after a crash in between: then only the link is missing.
        if (await db.Links.AnyAsync(link => link.FromKind == FindingActions.Kind && link.FromId == problem.Id && link.ToKind == Kind && link.ToId == id, cancel)) return number;
        db.Link((FindingActions.Kind, problem.Id), (Kind, id), problem.ItemId is null ? FoundBy : $"{FoundBy}:{problem.ItemId}", me, clock.GetUtcNow());
        Record(inspection, "found", new { finding = problem.Id, number, problem.ItemId });
        await db.SaveChangesAsync(cancel);
        return number;
    }

    /// <summary>Asked before photos are taken in, which is work: refuses what <see cref="ReportAsync"/> would refuse.</summary>
    public async Task RequireReportableAsync(Guid id, NewProblem problem, CancellationToken cancel = default) => await ReportOfAsync(id, problem, cancel);

    async Task<(Inspection, FindingReport)> ReportOfAsync(Guid id, NewProblem problem, CancellationToken cancel)
    {
        var (inspection, _) = await LoadAsync(id, null, InspectionVerb.Report, cancel);
        if (inspection.Obstacle(InspectionVerb.Report) is { } obstacle) throw new Refusal(obstacle);
        if (problem.ItemId is { } item && (await ItemsAsync(inspection, cancel)).All(known => known.Id != item)) throw new Refusal("检查表里没有这一项，没有保存。", nameof(problem.ItemId));
        var report = await reporting.CompleteAsync(problem.Description, problem.PlaceId, problem.Place, problem.IsUrgent, inspection.Kind.Source(), null, false, cancel);
        report.Check(clock.GetUtcNow());
        if (problem.PlaceId is null) report = report with { UnitId = inspection.UnitId ?? report.UnitId };
        // What a patrol finds is about the department, wherever it stands, and out of that department's hands (M14).
        if (inspection.Kind == InspectionKind.WorkerPatrol) report = report with { UnitId = inspection.UnitId ?? report.UnitId, IndependentOfId = inspection.UnitId };
        return (inspection, report);
    }

    public Task FinishAsync(Guid id, int version, string conclusion, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Finish, async inspection =>
    {
        var found = (await ProblemsAsync(id, cancel)).Select(problem => problem.ItemId).OfType<string>().ToHashSet();
        inspection.Finish(await ItemsAsync(inspection, cancel), found, conclusion, clock.GetUtcNow());
        Record(inspection, "finished", new { });
    }, cancel);

    public Task CloseAsync(Guid id, int version, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Close, async inspection =>
    {
        inspection.Close(await ProblemsAsync(id, cancel), clock.GetUtcNow());
        Record(inspection, "closed", new { });
    }, cancel);

    public Task CancelAsync(Guid id, int version, string reason, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Cancel, inspection =>
    {
        inspection.Cancel(reason, clock.GetUtcNow());
        Record(inspection, "cancelled", new { });
        return Task.CompletedTask;
    }, cancel);

    public Task ExplainAsync(Guid id, int version, Guid findingId, ExplanationWords words, CancellationToken cancel = default) => ActAsync(id, version, InspectionVerb.Explain, async inspection =>
    {
        if ((await ProblemsAsync(id, cancel)).All(problem => problem.FindingId != findingId)) throw new NotFound("这次检查发现的这个问题");
        inspection.Explain(findingId, words, me.Id, clock.GetUtcNow(), clock.Today());
        Record(inspection, "explained", new { finding = findingId });
    }, cancel);

    /// <summary>Heard by whoever led the inspection.</summary>
    public async Task HearAsync(Guid id, int version, Guid explanationId, bool accepted, string note, CancellationToken cancel = default)
    {
        var (inspection, _) = await LoadAsync(id, version, InspectionVerb.Close, cancel);
        inspection.Hear(explanationId, accepted, note, me.Id, clock.GetUtcNow());
        Record(inspection, accepted ? "explanation-accepted" : "explanation-repeat", new { explanation = explanationId });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The list in the version that the inspection keeps.</summary>
    internal async Task<IReadOnlyList<ChecklistItem>> ItemsAsync(Inspection inspection, CancellationToken cancel) => inspection.ChecklistId is null ? []
        : ChecklistItem.Read(await db.ChecklistVersions.Where(version => version.ChecklistId == inspection.ChecklistId && version.Number == inspection.ChecklistNumber)
            .Select(version => version.Items).SingleAsync(cancel));

    /// <summary>What was found, whoever may see it: the inspection stays open as long as one of them is nobody's.</summary>
    internal async Task<List<InspectionProblem>> ProblemsAsync(Guid id, CancellationToken cancel) => await (
        from link in db.Links
        where link.ToKind == Kind && link.ToId == id && link.FromKind == FindingActions.Kind
        join f in db.Findings on link.FromId equals f.Id
        orderby f.ReportedAt, f.Id
        select new InspectionProblem(f.Id, f.Number, f.Description, f.Status, f.RectifierId, f.DueOn, link.Relation.Length > FoundBy.Length + 1 ? link.Relation.Substring(FoundBy.Length + 1) : null))
        .ToListAsync(cancel);

    async Task ActAsync(Guid id, int? version, InspectionVerb verb, Func<Inspection, Task> act, CancellationToken cancel)
    {
        var (inspection, _) = await LoadAsync(id, version, verb, cancel);
        await act(inspection);
        await db.SaveChangesAsync(cancel);
    }

    internal async Task<(Inspection Inspection, List<Guid> Path)> LoadAsync(Guid id, int? version, InspectionVerb verb, CancellationToken cancel)
    {
        var inspection = await access.Visible().Include(i => i.Members).Include(i => i.Answers).Include(i => i.Explanations).Include(i => i.Photos).AsSplitQuery()
            .SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw new NotFound("这次检查");
        var path = await db.NodeClosure.Where(c => c.DescendantId == inspection.UnitId).Select(c => c.AncestorId).ToListAsync(cancel);
        if (!access.MayEver(inspection, verb, path)) throw new Forbidden(InspectionAccess.Stranger(verb));
        if (version is { } seen && inspection.Version != seen) throw new StaleWrite("这次检查刚刚被组里别的人改过，您的改动没有保存，填写的内容还在。请再提交一次：没有填的项不会盖掉别人填的。");
        return (inspection, path);
    }

    async Task<InspectionPlan> CompleteAsync(InspectionPlan plan, string? checklistCode, CancellationToken cancel)
    {
        if (plan.ZoneId is { } zoneId)
        {
            var zone = await db.Zones.Where(zone => zone.Id == zoneId && zone.CompanyId == me.CompanyId && zone.IsActive).Select(zone => new { zone.UnitId }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个责任区");
            plan = plan with { UnitId = plan.UnitId ?? zone.UnitId ?? me.CompanyId };
        }
        if (plan.UnitId is { } unit && !await db.Units.AnyAsync(u => u.Id == unit && u.CompanyId == me.CompanyId && u.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个单位，请重新选择。没有保存，填写的内容还在。", nameof(plan.UnitId));
        if (plan.Kind == InspectionKind.SpotCheck) plan = plan with { On = new DateOnly(plan.On.Year, plan.On.Month, 1) };
        if (string.IsNullOrWhiteSpace(checklistCode)) return plan;
        var list = await db.Checklists.Where(list => list.Code == checklistCode && list.IsActive).Select(list => new { list.Id, list.Number }).SingleOrDefaultAsync(cancel)
            ?? throw new Refusal("没有找到这张检查表，或它已停用，请重新选择。没有保存，填写的内容还在。", "Checklist");
        return plan with { ChecklistId = list.Id, ChecklistNumber = list.Number };
    }

    /// <summary>Before a spot check starts no row names a unit: the company stands for it.</summary>
    void Record(Inspection inspection, string @event, object data) =>
        db.Record(inspection, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), inspection.UnitId ?? inspection.CompanyId, data);
}
