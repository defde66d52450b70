using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks;

/// <summary>Every act on a risk by a person: load what I may see → may I → do → journal → one save.</summary>
public sealed class RiskActions(AppDb db, Me me, RiskAccess access, RiskRulebook rulebook, TaskActions tasks, MeQuery people, TimeProvider clock)
{
    public const string Kind = "risk", Measure = "measure";

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    /// <param name="id">UUIDv7 made by the caller.</param>
    /// <param name="kind">Safety or business.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="sessionId">A session that takes it up at once.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task IdentifyAsync(Guid id, RiskKind kind, RiskFacts facts, Guid? sessionId = null, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每个风险生成一个 UUIDv7。", "id");
        if (await IsRepeatedAsync(id, facts, cancel)) return;
        facts = await CompleteAsync(facts, cancel);
        var path = await PathAsync(facts.UnitId, cancel);
        if (!me.May(RiskPermissions.Identify, path) || (kind == RiskKind.Business && !me.May(RiskPermissions.Business, path)))
            throw new Refusal($"您只能在自己管理范围内登记{kind.Title()}，没有保存，填写的内容还在。别处的，请告诉那里的负责人。", nameof(facts.UnitId));
        var risk = Risk.Identify(id, me.CompanyId, kind, facts, me.Id, clock.GetUtcNow());
        db.Risks.Add(risk);
        Record(risk, "identified");
        if (sessionId is { } at) await TakeUpAsync(at, risk, cancel);
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, facts, cancel);
    }

    public async Task RestateAsync(Guid id, int version, RiskFacts facts, CancellationToken cancel = default)
    {
        var (risk, _) = await LoadAsync(id, version, RiskVerb.Restate, cancel);
        facts = await CompleteAsync(facts, cancel);
        if (facts.UnitId != risk.UnitId && !access.MayEver(risk, RiskVerb.Control, await PathAsync(facts.UnitId, cancel))) throw new Refusal("您不能把风险交给自己管理范围以外的单位，没有保存，填写的内容还在。", nameof(facts.UnitId));
        risk.Restate(facts);
        Record(risk, "restated");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>By the rules that hold now; made in a session when one that studies this risk is being held.</summary>
    public async Task AssessAsync(Guid id, int version, RiskMethod method, IReadOnlyList<decimal> values, string note, Guid? confirmerId, CancellationToken cancel = default)
    {
        var (risk, path) = await LoadAsync(id, version, RiskVerb.Assess, cancel);
        if (confirmerId is { } confirmer) await RequireConfirmerAsync(risk, confirmer, path, cancel);
        var rating = (await rulebook.CurrentAsync(cancel)).Rate(method, values);
        var session = await db.RiskSessions.Where(one => one.CompanyId == me.CompanyId && one.Status == RiskSessionStatus.Held && one.RiskIds.Contains(id)).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(cancel);
        var before = risk.Level;
        var assessment = risk.Assess(rating, new(note, confirmerId, session), me.Id, clock.GetUtcNow(), clock.Today());
        Record(risk, assessment.Standing == AssessmentStanding.Proposed ? "proposed" : "assessed", before, assessment);
        await db.SaveChangesAsync(cancel);
    }

    public async Task ConfirmAsync(Guid id, int version, string note, CancellationToken cancel = default)
    {
        var (risk, _) = await LoadAsync(id, version, RiskVerb.Confirm, cancel);
        var (before, proposed) = (risk.Agreed, risk.Proposed);
        risk.Confirm(note, me.Id, clock.GetUtcNow(), clock.Today());
        Record(risk, "confirmed", before, proposed);
        await db.SaveChangesAsync(cancel);
    }

    public async Task SendBackAsync(Guid id, int version, string reason, CancellationToken cancel = default)
    {
        var (risk, _) = await LoadAsync(id, version, RiskVerb.SendBack, cancel);
        var (before, proposed) = (risk.Level, risk.Proposed);
        risk.SendBack(reason, me.Id, clock.GetUtcNow());
        Record(risk, "sent-back", before, proposed);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A measure is a task born of the risk: it has its owner and date from the first moment, and another person confirms it.</summary>
    /// <param name="id">The risk.</param>
    /// <param name="version">As it was seen.</param>
    /// <param name="taskId">Made by the caller: sent twice, there is one measure.</param>
    /// <param name="measure">What, by whom, until when.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task AddMeasureAsync(Guid id, int version, Guid taskId, NewTask measure, CancellationToken cancel = default)
    {
        if (taskId == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每条措施生成一个 UUIDv7。", "id");
        if (await HasMeasureAsync(id, taskId, cancel)) return;
        var (risk, _) = await LoadAsync(id, version, RiskVerb.AddMeasure, cancel);
        risk.AddMeasure();
        await tasks.AddAsync(taskId, measure, new TaskOrigin(Kind, id, Measure), cancel);
        Record(risk, "measure-added");
        if (!await db.SaveNewAsync(cancel) && !await HasMeasureAsync(id, taskId, cancel)) throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再提交。", "id");
    }

    public async Task ControlAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var (risk, _) = await LoadAsync(id, version, RiskVerb.Control, cancel);
        risk.Control(await db.MeasuresOf(id).CountAsync(task => task.State != TaskState.Cancelled, cancel));
        Record(risk, "controlled");
        await db.SaveChangesAsync(cancel);
    }

    public async Task CloseAsync(Guid id, int version, string reason, CancellationToken cancel = default)
    {
        var (risk, _) = await LoadAsync(id, version, RiskVerb.Close, cancel);
        risk.Close(reason, await db.MeasuresOf(id).CountAsync(task => TaskStates.Open.Contains(task.State), cancel), clock.GetUtcNow());
        Record(risk, "closed");
        await db.SaveChangesAsync(cancel);
    }

    async Task<bool> IsRepeatedAsync(Guid id, RiskFacts facts, CancellationToken cancel)
    {
        var already = await db.Risks.Where(risk => risk.Id == id).Select(risk => new { risk.IdentifiedById, risk.Title }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.IdentifiedById == me.PersonId && already.Title == facts.Title.Trim() ? true : throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再登记。", "id");
    }

    Task<bool> HasMeasureAsync(Guid id, Guid taskId, CancellationToken cancel) => db.MeasuresOf(id).AnyAsync(task => task.Id == taskId && task.GiverId == me.PersonId, cancel);

    async Task TakeUpAsync(Guid sessionId, Risk risk, CancellationToken cancel)
    {
        var session = await access.VisibleSessions().SingleOrDefaultAsync(one => one.Id == sessionId, cancel) ?? throw new NotFound("这次研判会");
        if (session.Kind != risk.Kind) throw new Refusal($"这次研判的是{session.Kind.Title()}，没有保存，填写的内容还在。", "Kind");
        if (!session.Concerns(me.PersonId) && session.PlannedById != me.PersonId) throw new Forbidden("参加研判会的人才能在会上提出风险。");
        session.Take([risk.Id]);
        db.Record(session, RiskSessionActions.Kind, RiskSessionActions.Kind + ".taken", me.PersonId, clock.GetUtcNow(), session.NodeId, new { risks = 1 });
    }

    async Task<(Risk Risk, IReadOnlyList<Guid> Path)> LoadAsync(Guid id, int version, RiskVerb verb, CancellationToken cancel)
    {
        var risk = await access.Visible().Include(one => one.Assessments).SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这个风险");
        var path = await PathAsync(risk.UnitId, cancel);
        if (risk.Version != version) throw new StaleWrite("您打开以后这个风险有了变化，这次没有办，填写的内容还在。请看过最新情况再办。");
        if (!access.MayEver(risk, verb, path)) throw new Forbidden(access.Stranger(risk, verb));
        return (risk, path);
    }

    async Task<IReadOnlyList<Guid>> PathAsync(Guid unit, CancellationToken cancel) => await db.NodeClosure.Where(c => c.DescendantId == unit).Select(c => c.AncestorId).ToListAsync(cancel);

    /// <summary>The place's words, if unit, place and owner are there.</summary>
    async Task<RiskFacts> CompleteAsync(RiskFacts facts, CancellationToken cancel)
    {
        facts.Check();
        var known = await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new
        {
            HasUnit = db.Units.Any(unit => unit.Id == facts.UnitId && unit.CompanyId == me.CompanyId && unit.ClosedOn == null),
            Place = db.Places.Where(place => place.Id == facts.PlaceId && place.CompanyId == me.CompanyId).Select(place => place.FullName).SingleOrDefault(),
            HasOwner = db.People.Any(person => person.Id == facts.OwnerId && person.CompanyId == me.CompanyId && person.LeftOn == null),
        }).SingleAsync(cancel);
        if (!known.HasUnit) throw new Refusal("没有找到这个单位，或它已撤销，没有保存。请重新选择。", nameof(facts.UnitId));
        if (facts.PlaceId is not null && known.Place is null) throw new Refusal("没有找到这个地点，没有保存。请重新选择或用文字写明。", nameof(facts.PlaceText));
        if (facts.OwnerId is not null && !known.HasOwner) throw new Refusal("没有找到这位管控责任人，或他已离岗，没有保存。请重新选择。", nameof(facts.OwnerId));
        return known.Place is null ? facts : facts with { PlaceText = known.Place };
    }

    /// <summary>Whoever is asked must be able to answer today.</summary>
    async Task RequireConfirmerAsync(Risk risk, Guid confirmer, IReadOnlyList<Guid> path, CancellationToken cancel)
    {
        var other = await people.ByPersonAsync(confirmer, cancel);
        if (other is null || other.CompanyId != me.CompanyId || !other.May(RiskPermissions.Confirm, [.. path]) || (risk.Kind == RiskKind.Business && !other.May(RiskPermissions.Business, [.. path])))
            throw new Refusal("这位同事没有确认这个风险的权限，或任职已经结束，没有保存，填写的内容还在。请选厂领导或党委书记。", "ConfirmerId");
    }

    void Record(Risk risk, string @event, RiskLevel? before = null, RiskAssessment? assessment = null) => db.Record(risk, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), risk.UnitId, new
    {
        risk.State, from = assessment is null ? null : before?.Say() ?? "未评级", to = assessment is null ? null : risk.Level?.Say() ?? "未评级",
        assessment?.Method, points = assessment?.Values, assessment?.Score, rated = assessment?.Level, rules = assessment?.RulesNumber, session = assessment?.SessionId,
    });
}

public static class RiskMeasures
{
    /// <summary>The tasks that are a risk's measures.</summary>
    public static IQueryable<GivenTask> MeasuresOf(this AppDb db, Guid riskId) => db.Tasks.Where(task =>
        db.Links.Any(link => link.FromKind == RiskActions.Kind && link.FromId == riskId && link.ToKind == TaskActions.Kind && link.ToId == task.Id && link.Relation == RiskActions.Measure));
}
