using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Findings;

/// <summary>Every act on a finding by a person: load what I may see → may I → do → journal → one save.</summary>
public sealed class FindingActions(AppDb db, Me me, FindingAccess access, FindingIntake intake, FindingRulebook rulebook, FindingOrigins origins, TimeProvider clock)
{
    public const string Kind = "finding";

    /// <summary>Reports with an id made by the caller: sent twice, also at the same moment, it is stored once.</summary>
    public async Task<string> ReportAsync(Guid id, FindingReport report, IReadOnlyList<StoredFile> photos, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每条上报生成一个 UUIDv7。", "id");
        report.Check(clock.GetUtcNow());
        // A report without a name leaves no name in the journal either.
        var row = Recording.Row(id, Kind, "finding.reported", report.ReporterId, clock.GetUtcNow(), report.UnitId, new { report.Source, report.IsUrgent });
        var stored = await intake.StoreAsync(new(id, me.CompanyId, report, photos, clock.GetUtcNow(), row, await origins.LinkAsync(id, report, cancel)));
        db.State.HasChanged();
        // Stored with the report, by another context.
        foreach (var photo in photos) db.Entry(photo).State = EntityState.Detached;
        if (!stored.IsNew) await RequireSameAsync(id, report, cancel);
        return stored.Number;
    }

    async Task RequireSameAsync(Guid id, FindingReport report, CancellationToken cancel)
    {
        var already = await db.Findings.Where(f => f.Id == id).Select(f => new { f.Number, f.ReporterId, f.Description, f.PlaceText }).SingleAsync(cancel);
        if (already.ReporterId != report.ReporterId) throw new AlreadyReported("这个编号已被别的上报使用，这次没有保存，填写的内容还在。请再点一次“上报”。");
        if (already.Description != report.Description.Trim() || already.PlaceText != report.PlaceText.Trim())
            throw new AlreadyReported($"这张表单刚才已经报过一条，编号 {already.Number}；这次写的不一样，没有保存，填写的内容还在。要报另一条，请再点一次“上报”。");
    }

    public async Task GradeAsync(Guid id, int version, FindingGrade grade, string? categoryId, string basis, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Grade, cancel);
        await RequireCategoryAsync(categoryId, cancel);
        finding.GradeAs(grade, categoryId, basis, me.PersonId, clock.GetUtcNow());
        Record(finding, "graded", new { grade, categoryId });
        await db.SaveChangesAsync(cancel);
    }

    public async Task AssignAsync(Guid id, int version, FivePoints points, Guid? verifierId, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Assign, cancel);
        await RequireAssignableAsync(points, verifierId, cancel);
        finding.Assign(points, verifierId, me.PersonId, clock.GetUtcNow(), clock.Today());
        Record(finding, "assigned", new { points.PersonId, points.DueOn, points.UnitId, verifierId });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Both in one step, for whoever decides both at once: all of it is kept, or nothing.</summary>
    public async Task GradeAndAssignAsync(Guid id, int version, Grading grading, FivePoints points, Guid? verifierId, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Assign, cancel);
        await RequireCategoryAsync(grading.CategoryId, cancel);
        await RequireAssignableAsync(points, verifierId, cancel);
        finding.GradeAs(grading.Grade, grading.CategoryId, grading.Basis, me.PersonId, clock.GetUtcNow());
        finding.Assign(points, verifierId, me.PersonId, clock.GetUtcNow(), clock.Today());
        Record(finding, "graded", new { grading.Grade, grading.CategoryId });
        Record(finding, "assigned", new { points.PersonId, points.DueOn, points.UnitId, verifierId });
        await db.SaveChangesAsync(cancel);
    }

    public async Task RectifyAsync(Guid id, int version, string note, IReadOnlyList<StoredFile> photos, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Rectify, cancel);
        finding.Rectify(note, me.PersonId, clock.GetUtcNow());
        Attach(finding, photos, PhotoStage.After, me.PersonId);
        Record(finding, "rectified", new { photos = photos.Count });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Asked before photos are taken in, which is work: refuses what <see cref="RectifyAsync"/> would refuse. Returns the company.</summary>
    public async Task<Guid> RequireRectifiableAsync(Guid id, int version, string note, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Rectify, cancel);
        if (finding.Obstacle(FindingVerb.Rectify) is { } obstacle) throw new Refusal(obstacle);
        Finding.CheckRectification(note);
        return finding.CompanyId;
    }

    public Task SendBackAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.SendBack, "sent-back", (finding, at) => finding.SendBack(reason, me.PersonId, at), cancel);

    public async Task ExtendAsync(Guid id, int version, DateOnly until, string reason, CancellationToken cancel = default)
    {
        var rules = await rulebook.ForAsync(me.CompanyId, cancel);
        await ActAsync(id, version, FindingVerb.Extend, "extended", (finding, at) => finding.Extend(until, reason, rules.ExtensionsMost, me.PersonId, at), cancel);
    }

    public Task ListForSupervisionAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.ListForSupervision, "listed", (finding, at) => finding.ListForSupervision(reason, me.PersonId, at), cancel);

    public Task VerifyAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.Verify, "verified", (finding, at) => finding.Verify(note, me.PersonId, at), cancel);

    public Task CloseAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.Close, "closed", (finding, at) => finding.Close(note, me.PersonId, at), cancel);

    public Task ConfirmAsync(Guid id, int version, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.Confirm, "confirmed", (finding, at) => finding.Confirm(note, me.Id, at), cancel);

    public async Task DisputeAsync(Guid id, int version, string reason, CancellationToken cancel = default)
    {
        var rules = await rulebook.ForAsync(me.CompanyId, cancel);
        await ActAsync(id, version, FindingVerb.Dispute, "disputed", (finding, at) =>
        {
            if (finding.Obstacle(FindingVerb.Dispute) is { } obstacle) throw new Refusal(obstacle);
            var last = WorkCalendar.China.AddWorkdays(finding.ClosedAt!.Value.PlantDate(), rules.ConfirmDays);
            if (at.PlantDate() > last) throw new Refusal($"异议期已在 {last:yyyy-MM-dd} 结束。问题还在的话，请再上报一条，会与这条关联。");
            finding.Dispute(reason, me.Id, at);
        }, cancel);
    }

    public Task RejectAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.Reject, "rejected", (finding, at) => finding.Reject(reason, me.PersonId, at), cancel);

    public async Task MergeAsync(Guid id, int version, Guid otherId, string reason, CancellationToken cancel = default)
    {
        var (finding, _) = await LoadAsync(id, version, FindingVerb.Merge, cancel);
        var other = await access.Visible().SingleOrDefaultAsync(f => f.Id == otherId, cancel) ?? throw new NotFound("要并入的隐患");
        finding.MergeInto(other, reason, me.PersonId, clock.GetUtcNow());
        db.Link((Kind, id), (Kind, otherId), "duplicate-of", me, clock.GetUtcNow());
        Record(finding, "merged", new { into = otherId });
        await db.SaveChangesAsync(cancel);
    }

    public Task RecheckAsync(Guid id, int version, bool held, string note, CancellationToken cancel = default) =>
        ActAsync(id, version, FindingVerb.Recheck, held ? "recheck-held" : "recheck-recurred", (finding, at) => finding.NoteRecheck(held, note, me.PersonId, at), cancel,
            finding => FinishRecheckAsync(finding.Id, held, note, cancel));

    async Task ActAsync(Guid id, int version, FindingVerb verb, string @event, Action<Finding, DateTimeOffset> act, CancellationToken cancel, Func<Finding, Task>? also = null)
    {
        var (finding, _) = await LoadAsync(id, version, verb, cancel);
        act(finding, clock.GetUtcNow());
        if (also is not null) await also(finding);
        Record(finding, @event, new { finding.Status });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What I may see, in the version I saw, if I may do this to it.</summary>
    internal async Task<(Finding Finding, Guid[] Path)> LoadAsync(Guid id, int version, FindingVerb verb, CancellationToken cancel)
    {
        var found = await access.Visible().Where(f => f.Id == id)
            .Select(f => new { Finding = f, Path = db.NodeClosure.Where(c => c.DescendantId == f.UnitId).Select(c => c.AncestorId).ToArray() })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条隐患");
        if (found.Finding.Version != version) throw new StaleWrite(await WhatChangedAsync(id, version, cancel));
        if (!access.MayEver(found.Finding, verb, found.Path)) throw new Forbidden(FindingAccess.Stranger(verb));
        if (!FindingAccess.NeedsNoSay(verb) && !await access.HasSayAsync(found.Finding, cancel)) throw new Forbidden(FindingAccess.NoSay);
        return (found.Finding, found.Path);
    }

    async Task<string> WhatChangedAsync(Guid id, int version, CancellationToken cancel)
    {
        var steps = await (
            from step in db.FindingSteps
            where step.FindingId == id && step.Version > version
            orderby step.Version
            select new { step.Verb, step.EnteredAt, By = db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault() }).Take(5).ToListAsync(cancel);
        var changes = string.Join("；", steps.Select(s => $"{s.By ?? "系统"} {s.EnteredAt.ToPlant():MM-dd HH:mm} {s.Verb.Title()}"));
        return $"您打开以后这条隐患有了变化：{changes}。您的这次办理没有保存，填写的内容还在。请看过最新情况再办。";
    }

    async Task RequireCategoryAsync(string? categoryId, CancellationToken cancel)
    {
        if (categoryId is not null && !await db.HazardCategories.AnyAsync(c => c.Id == categoryId, cancel))
            throw new Refusal("没有这个隐患类别，可能刚被改动。没有保存，填写的内容还在，请重新选择类别。", "CategoryId");
    }

    async Task RequireAssignableAsync(FivePoints points, Guid? verifierId, CancellationToken cancel)
    {
        var facts = await db.Units.Where(u => u.Id == points.UnitId && u.CompanyId == me.CompanyId).Select(u => new
        {
            Path = db.NodeClosure.Where(c => c.DescendantId == u.Id).Select(c => c.AncestorId).ToArray(),
            RectifierIsHere = db.People.Any(p => p.Id == points.PersonId && p.CompanyId == me.CompanyId && p.LeftOn == null),
            VerifierIsHere = verifierId == null || db.People.Any(p => p.Id == verifierId && p.CompanyId == me.CompanyId && p.LeftOn == null),
        }).SingleOrDefaultAsync(cancel) ?? throw new Refusal("定责任：没有找到这个责任单位，请重新选择。", "UnitId");
        if (!me.May(FindingPermissions.Assign, facts.Path)) throw new Refusal("您只能派发给自己管理范围内的单位，请改选或请安全监察部门派发。", "UnitId");
        if (!facts.RectifierIsHere) throw new Refusal("定人员：没有找到这位整改责任人，或他已离岗，请重新选择。", "RectifierId");
        if (!facts.VerifierIsHere) throw new Refusal("没有找到这位复核人，或他已离岗，请重新选择。", "VerifierId");
    }

    async Task FinishRecheckAsync(Guid findingId, bool held, string note, CancellationToken cancel)
    {
        var drawn = await db.Rechecks.Where(r => r.FindingId == findingId && r.CheckedAt == null).FirstOrDefaultAsync(cancel);
        drawn?.Finish(me.PersonId, held, note, clock.GetUtcNow());
    }

    void Attach(Finding finding, IReadOnlyList<StoredFile> photos, PhotoStage stage, Guid? by)
    {
        foreach (var photo in photos)
            db.FindingPhotos.Add(FindingPhoto.Of(finding.Id, photo, stage, by, clock.GetUtcNow()));
    }

    void Record(Finding finding, string @event, object data) => Record(finding, @event, data, me.PersonId);

    void Record(Finding finding, string @event, object data, Guid? by) =>
        db.Record(finding, Kind, $"finding.{@event}", by, clock.GetUtcNow(), finding.UnitId, data);
}

/// <summary>The id of a report came a second time with other words: neither a repetition nor a new report.</summary>
public sealed class AlreadyReported(string message) : Refusal(message);
