using Ronghe.Organisation.Access;

namespace Ronghe.Duties.Calendar;

/// <summary>Who sees a plan: whoever is named in it, whose unit it is or lies below, and whoever looks after that unit.</summary>
public sealed class PlanAccess(AppDb db, Me me)
{
    public IQueryable<PlanEntry> Visible()
    {
        if (me.IsSystem) return db.PlanEntries;
        var reach = me.ReachOf(CalendarPermissions.View);
        return db.PlanEntries.Where(plan => plan.CompanyId == me.CompanyId && (
            plan.LeadId == me.PersonId || plan.PlannedById == me.PersonId || plan.PeopleIds.Contains(me.PersonId!.Value)
            || db.NodeClosure.Any(c => (c.DescendantId == me.UnitId && c.AncestorId == plan.UnitId) || (c.DescendantId == plan.UnitId && reach.Contains(c.AncestorId)))));
    }

    /// <summary>What concerns me: my unit's, those of the units above it, and those with my name.</summary>
    public IQueryable<PlanEntry> Mine() => db.PlanEntries.Where(plan => plan.CompanyId == me.CompanyId && (
        plan.LeadId == me.PersonId || plan.PeopleIds.Contains(me.PersonId!.Value) || db.NodeClosure.Any(c => c.DescendantId == me.UnitId && c.AncestorId == plan.UnitId)));
}
