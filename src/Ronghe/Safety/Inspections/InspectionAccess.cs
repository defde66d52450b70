using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Safety.Inspections;

/// <summary>Who sees an inspection and who may write in it: only its own team, whatever rights others hold.</summary>
public sealed class InspectionAccess(AppDb db, Me me, TimeProvider clock)
{
    static readonly string[] Secretaries = [Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary];

    /// <summary>What I planned or take part in, and what my units are inspected by. A spot check has no unit before it starts.</summary>
    public IQueryable<Inspection> Visible()
    {
        if (me.IsSystem) return db.Inspections;
        var reach = me.ReachOf(InspectionPermissions.View);
        return db.Inspections.Where(i => i.CompanyId == me.CompanyId && (
            i.LeadId == me.PersonId || i.PlannedById == me.PersonId || i.Members.Any(member => member.PersonId == me.PersonId)
            || db.NodeClosure.Any(c => c.DescendantId == i.UnitId && reach.Contains(c.AncestorId))));
    }

    /// <summary>Whether the verb is this person's business at all, in whatever state.</summary>
    /// <param name="inspection">Which one.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="unitAndAncestors">Of the inspected unit; empty while it is not known.</param>
    public bool MayEver(Inspection inspection, InspectionVerb verb, IReadOnlyCollection<Guid> unitAndAncestors) => verb switch
    {
        InspectionVerb.Fill or InspectionVerb.Report => inspection.IsOfTeam(me.PersonId),
        InspectionVerb.Start or InspectionVerb.Finish or InspectionVerb.Close => inspection.LeadId == me.PersonId,
        InspectionVerb.Cancel => inspection.LeadId == me.PersonId || inspection.PlannedById == me.PersonId,
        _ => inspection.LeadId != me.PersonId && me.May(InspectionPermissions.Explain, unitAndAncestors),
    };

    internal static string Stranger(InspectionVerb verb) => verb switch
    {
        InspectionVerb.Fill or InspectionVerb.Report => "只有检查组的人能填写和登记问题。",
        InspectionVerb.Cancel => "只有带队的人和安排的人能取消。",
        InspectionVerb.Explain => "由被检查单位的负责人说清楚。",
        _ => $"只有带队的人能{verb.Title()}。",
    };

    /// <summary>Who may plan what: patrols are the union's, spot checks the committee's, a round its zone's leads'.</summary>
    public async Task RequirePlanAsync(InspectionPlan plan, CancellationToken cancel)
    {
        var path = await db.NodeClosure.Where(c => c.DescendantId == (plan.UnitId ?? me.CompanyId)).Select(c => c.AncestorId).ToListAsync(cancel);
        var may = plan.Kind switch
        {
            InspectionKind.SpotCheck => me.May(InspectionPermissions.SpotCheck),
            InspectionKind.WorkerPatrol => me.May(InspectionPermissions.Patrol, path),
            InspectionKind.ZoneRound => plan.LeadId == me.PersonId && await LeadsZoneAsync(plan.ZoneId, me.Id, cancel) || me.May(InspectionPermissions.Plan, path),
            _ => me.May(InspectionPermissions.Plan, path),
        };
        if (!may) throw new Forbidden(plan.Kind switch
        {
            InspectionKind.SpotCheck => "四不两直抽查由党委安排，您没有这个权限。", InspectionKind.WorkerPatrol => "职工代表巡视由工会组织，您没有这个权限。",
            _ => "您在这个单位没有组织这种检查的权限。",
        });
        await RequireTeamAsync(plan, cancel);
    }

    public Task<bool> LeadsZoneAsync(Guid? zoneId, Guid personId, CancellationToken cancel)
    {
        var today = clock.Today();
        return db.ZoneLeads.AnyAsync(lead => lead.ZoneId == zoneId && lead.PersonId == personId && lead.From <= today && (lead.To == null || lead.To >= today), cancel);
    }

    async Task RequireTeamAsync(InspectionPlan plan, CancellationToken cancel)
    {
        Guid[] team = [plan.LeadId, .. plan.Members.Select(member => member.PersonId)];
        var here = await db.People.CountAsync(person => team.Contains(person.Id) && person.CompanyId == me.CompanyId && person.LeftOn == null, cancel);
        if (here != team.Distinct().Count()) throw new Refusal("有的人没有找到，或已离岗，请重新选择。没有保存，填写的内容还在。", nameof(plan.LeadId));
        if (plan.Kind is InspectionKind.SpotCheck or InspectionKind.Campaign
            && !await db.Appointments.CurrentOn(clock.Today()).AnyAsync(held => held.PersonId == plan.LeadId && Secretaries.Contains(held.Post), cancel))
            throw new Refusal($"{plan.Kind.Title()}要由支部书记带队，请改选。没有保存，填写的内容还在。", nameof(plan.LeadId));
        if (plan.Kind == InspectionKind.WorkerPatrol
            && await db.People.AnyAsync(person => team.Contains(person.Id) && db.NodeClosure.Any(c => c.AncestorId == plan.UnitId && c.DescendantId == person.UnitId), cancel))
            throw new Refusal("巡视组不能有被巡视部门的人，请改选。没有保存，填写的内容还在。", nameof(plan.Members));
    }
}
