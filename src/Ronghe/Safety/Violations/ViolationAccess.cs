using System.Linq.Expressions;
using Ronghe.Organisation.Access;

namespace Ronghe.Safety.Violations;

/// <summary>Who may see a violation, who may see whose it is, and who may do what with it.</summary>
public sealed class ViolationAccess(AppDb db, Me me)
{
    /// <summary>What concerns me or I noted, whatever I may read with names; of the rest only what counts, and without names (F14).</summary>
    public IQueryable<Violation> Visible()
    {
        if (me.IsSystem) return db.Violations;
        var (names, view) = (me.ReachOf(ViolationPermissions.Names), me.ReachOf(ViolationPermissions.View));
        return db.Violations.Where(violation => violation.CompanyId == me.CompanyId && (
            violation.PersonId == me.PersonId || violation.NotedById == me.PersonId
            || db.NodeClosure.Any(c => c.DescendantId == violation.UnitId && names.Contains(c.AncestorId))
            || (violation.State == ViolationState.Confirmed && db.NodeClosure.Any(c => c.DescendantId == violation.UnitId && view.Contains(c.AncestorId)))));
    }

    /// <summary>Whether I may read whose it is, what was seen and what was said.</summary>
    public Expression<Func<Violation, bool>> IsNamedToMe()
    {
        var names = me.ReachOf(ViolationPermissions.Names);
        return violation => violation.PersonId == me.PersonId || violation.NotedById == me.PersonId
            || db.NodeClosure.Any(c => c.DescendantId == violation.UnitId && names.Contains(c.AncestorId));
    }

    /// <summary>Whether the verb is this person's business at all, in whatever state.</summary>
    public bool MayEver(Violation violation, ViolationVerb verb, IReadOnlyCollection<Guid> unitAndAncestors) => verb switch
    {
        ViolationVerb.Hear => violation.PersonId == me.PersonId || violation.NotedById == me.PersonId || me.May(ViolationPermissions.Note, unitAndAncestors),
        ViolationVerb.Confirm => violation.PersonId != me.PersonId && violation.NotedById != me.PersonId && me.May(ViolationPermissions.Decide, unitAndAncestors),
        ViolationVerb.Drop => violation.PersonId != me.PersonId
            && (violation.NotedById == me.PersonId ? violation.State != ViolationState.Heard : me.May(ViolationPermissions.Decide, unitAndAncestors)),
        _ => false,
    };

    internal string Stranger(Violation violation, ViolationVerb verb) =>
        verb != ViolationVerb.Hear && violation.NotedById == me.PersonId ? $"记录的人不能一个人{verb.Title()}，请由另一位有权的同事办理。"
        : violation.PersonId == me.PersonId ? $"不能{verb.Title()}自己的违章。"
        : $"您在这个单位没有{verb.Title()}的权限。";
}
