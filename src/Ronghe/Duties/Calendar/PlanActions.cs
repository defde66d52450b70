using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Duties.Calendar;

/// <summary>A record of another wing to which an activity is tied: the task, the check for whose sake it is held.</summary>
public sealed record PlanOrigin(string Kind, Guid Id);

/// <summary>Every act on a plan. The right is asked for at the unit whose plan it is.</summary>
public sealed class PlanActions(AppDb db, Me me, PlanAccess plans, OrganisationAccess access, LinkNames links, TimeProvider clock)
{
    public const string Kind = "plan", TiedTo = "tied-to";

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    public async Task PlanAsync(Guid id, PlanFacts facts, PlanOrigin? tiedTo = null, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每项计划生成一个 UUIDv7。", "id");
        if (await IsRepeatedAsync(id, facts, cancel)) return;
        await RequireFitAsync(facts, cancel);
        if (tiedTo is not null && await links.OfAsync(tiedTo.Kind, tiedTo.Id, cancel) is null) throw new NotFound("要关联的记录");
        var plan = new PlanEntry(id, me.CompanyId, facts, me.Id, clock.GetUtcNow(), clock.Today());
        db.PlanEntries.Add(plan);
        if (tiedTo is not null) db.Link((Kind, id), (tiedTo.Kind, tiedTo.Id), TiedTo, me, clock.GetUtcNow());
        Record(plan, PlanVerb.Plan);
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, facts, cancel);
    }

    public async Task RestateAsync(Guid id, int version, PlanFacts facts, CancellationToken cancel = default)
    {
        var plan = await LoadAsync(id, version, cancel);
        await RequireFitAsync(facts, cancel);
        plan.Restate(facts, clock.Today());
        Record(plan, PlanVerb.Restate);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Two plans become one activity, entered once: the first stays.</summary>
    public async Task JoinAsync(Guid id, int version, Guid otherId, int otherVersion, CancellationToken cancel = default)
    {
        var (plan, other) = (await LoadAsync(id, version, cancel), await LoadAsync(otherId, otherVersion, cancel));
        plan.Join(other);
        Record(plan, PlanVerb.Join);
        Record(other, PlanVerb.Join);
        await db.SaveChangesAsync(cancel);
    }

    public async Task CancelAsync(Guid id, int version, string reason, CancellationToken cancel = default)
    {
        var plan = await LoadAsync(id, version, cancel);
        plan.Cancel(reason);
        Record(plan, PlanVerb.Cancel);
        await db.SaveChangesAsync(cancel);
    }

    async Task<bool> IsRepeatedAsync(Guid id, PlanFacts facts, CancellationToken cancel)
    {
        var already = await db.PlanEntries.Where(plan => plan.Id == id).Select(plan => new { plan.PlannedById, plan.Title }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.PlannedById == me.PersonId && already.Title == facts.Title.Trim() ? true : throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再填。", "id");
    }

    /// <summary>The unit and the people are of my company and still there, and I may plan for that unit.</summary>
    async Task RequireFitAsync(PlanFacts facts, CancellationToken cancel)
    {
        facts.Check(clock.Today());
        if (!await db.Units.AnyAsync(unit => unit.Id == facts.UnitId && unit.CompanyId == me.CompanyId && unit.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个单位，或它已撤销，请重新选择。没有保存，填写的内容还在。", nameof(facts.UnitId));
        if (!(await access.AtAsync(facts.UnitId, cancel)).May(CalendarPermissions.Plan))
            throw new Refusal("您只能给自己管的单位排计划，没有保存，填写的内容还在。请改选单位，或请那个单位来排。", nameof(facts.UnitId));
        Guid[] people = [.. facts.PeopleIds.Concat(facts.LeadId is { } lead ? [lead] : []).Distinct()];
        if (people.Length > 0 && await db.People.CountAsync(person => people.Contains(person.Id) && person.CompanyId == me.CompanyId && person.LeftOn == null, cancel) != people.Length)
            throw new Refusal("有的人没有找到，或已离岗，请重新选择。没有保存，填写的内容还在。", nameof(facts.LeadId));
    }

    async Task<PlanEntry> LoadAsync(Guid id, int version, CancellationToken cancel)
    {
        var plan = await plans.Visible().SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这项计划");
        if (!(await access.AtAsync(plan.UnitId, cancel)).May(CalendarPermissions.Plan)) throw new Forbidden("这项计划由排它的单位改动，您没有这个单位的权限。");
        if (plan.Version != version) throw new StaleWrite($"“{plan.Title}”刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
        return plan;
    }

    void Record(PlanEntry plan, PlanVerb verb) => db.Record(plan, Kind, EventOf(verb), me.PersonId, clock.GetUtcNow(), plan.UnitId, new { plan.Title, plan.From, plan.To, plan.Tag, plan.JoinedIntoId });

    internal static string EventOf(PlanVerb verb) => verb switch { PlanVerb.Plan => "plan.planned", PlanVerb.Restate => "plan.restated", PlanVerb.Join => "plan.joined", _ => "plan.cancelled" };
}
