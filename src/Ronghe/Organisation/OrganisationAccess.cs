using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Platform;

namespace Ronghe.Organisation;

/// <summary>
/// Who sees and may change what of the organisation. The trees, the places and people's business facts are open to everyone
/// of the company; a change needs its right over the node; personal facts need theirs, or to be one's own.
/// </summary>
public sealed class OrganisationAccess(AppDb db, Me me)
{
    public const string NoRight = "您没有办理这件事的权限。需要的话，请联系本单位安全保密管理员。";

    sealed record Above(Guid UnitId, Guid AncestorId);

    /// <summary>
    /// The rights that I have over a node. A Party organisation stands for the units that it, or the nearest organisation above
    /// it, covers, and for the whole company where nothing is covered: a right over it must reach all of them.
    /// </summary>
    public async Task<RightsHere> AtAsync(Guid nodeId, CancellationToken cancel = default)
    {
        if (me.IsSystem) return new(me, []);
        var above = await db.Database.SqlQuery<Above>($"""
            with covered as (
                select unit_id from party_coverage where party_organisation_id = (
                    select k.ancestor_id from node_closure k
                    where k.descendant_id = {nodeId} and exists (select from party_coverage p where p.party_organisation_id = k.ancestor_id)
                    order by k.depth limit 1)
                union select id from nodes where id = {nodeId} and tree = 'unit'
            ), stands_for as (
                select unit_id from covered
                union select company_id from nodes where id = {nodeId} and not exists (select from covered)
            )
            select s.unit_id "UnitId", k.ancestor_id "AncestorId" from stands_for s join node_closure k on k.descendant_id = s.unit_id
            """).ToListAsync(cancel);
        return new(me, [.. above.GroupBy(row => row.UnitId, row => row.AncestorId).Select(unit => unit.ToArray())]);
    }

    /// <summary>The rights over a unit whose superiors are known already, without asking the database.</summary>
    public RightsHere Within(params Guid[] unitAndAncestors) => new(me, [unitAndAncestors]);

    public async Task RequireAsync(string permission, Guid nodeId, CancellationToken cancel = default)
    {
        if (!(await AtAsync(nodeId, cancel)).May(permission)) throw new Forbidden(NoRight);
    }
}

/// <summary>What I may do at one node: for each unit that the node stands for, the unit and its ancestors.</summary>
public sealed class RightsHere(Me me, IReadOnlyList<Guid[]> units)
{
    public bool May(string permission) => me.IsSystem || (units.Count > 0 && units.All(unit => me.May(permission, unit)));
}

public static class OrganisationVisibility
{
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> nodes, Me me) where T : OrganisationNode =>
        me.IsSystem ? nodes : nodes.Where(node => node.CompanyId == me.CompanyId);

    public static IQueryable<Person> VisibleTo(this IQueryable<Person> people, Me me) =>
        me.IsSystem ? people : people.Where(person => person.CompanyId == me.CompanyId);

    public static IQueryable<Place> VisibleTo(this IQueryable<Place> places, Me me) =>
        me.IsSystem ? places : places.Where(place => place.CompanyId == me.CompanyId);

    public static IQueryable<PlaceWord> VisibleTo(this IQueryable<PlaceWord> words, Me me) =>
        me.IsSystem ? words : words.Where(word => word.CompanyId == me.CompanyId);

    public static IQueryable<Appointment> VisibleTo(this IQueryable<Appointment> appointments, Me me) =>
        me.IsSystem ? appointments : appointments.Where(appointment => appointment.CompanyId == me.CompanyId);

    /// <summary>Running on this day.</summary>
    public static IQueryable<Appointment> CurrentOn(this IQueryable<Appointment> appointments, DateOnly today) =>
        appointments.Where(appointment => appointment.From <= today && (appointment.To == null || appointment.To >= today));
}
