using Ronghe.Organisation.Access;
using Ronghe.Platform.Robots;

namespace Ronghe.Organisation.Robots;

/// <summary>Which robots are mine to arrange: those of every node over which I hold the right, as <see cref="OrganisationAccess.AtAsync"/> says it for one.</summary>
public sealed class RobotAccess(AppDb db, Me me)
{
    public IQueryable<GroupRobot> Visible()
    {
        var kept = db.GroupRobots.Where(robot => robot.RemovedAt == null);
        if (me.IsSystem) return kept;
        var reach = me.ReachOf(RobotPermissions.Arrange);
        if (reach.Length == 0) return kept.Where(_ => false);
        var isEverywhere = reach.Contains(me.CompanyId);
        return from robot in kept
               where robot.CompanyId == me.CompanyId
               let covering = db.NodeClosure.Where(up => up.DescendantId == robot.NodeId && db.PartyCoverage.Any(covers => covers.PartyOrganisationId == up.AncestorId))
                   .OrderBy(up => up.Depth).Select(up => (Guid?)up.AncestorId).FirstOrDefault()
               where db.Units.Any(unit => unit.Id == robot.NodeId)
                   ? db.NodeClosure.Any(up => up.DescendantId == robot.NodeId && reach.Contains(up.AncestorId))
                   : covering == null ? isEverywhere
                   : !db.PartyCoverage.Any(covers => covers.PartyOrganisationId == covering && !db.NodeClosure.Any(up => up.DescendantId == covers.UnitId && reach.Contains(up.AncestorId)))
               select robot;
    }
}

public static class RobotNodes
{
    /// <summary>Whose people all belong to one of the units: robots of those units, of what lies below them, and of Party organisations that cover nothing else.</summary>
    public static IQueryable<GroupRobot> Within(this IQueryable<GroupRobot> robots, AppDb db, Guid companyId, Guid[] units) => robots.Where(robot =>
        robot.CompanyId == companyId && robot.IsOn && (
            db.NodeClosure.Any(up => up.DescendantId == robot.NodeId && units.Contains(up.AncestorId))
            || (db.PartyCoverage.Any(covers => covers.PartyOrganisationId == robot.NodeId)
                && !db.PartyCoverage.Any(covers => covers.PartyOrganisationId == robot.NodeId && !db.NodeClosure.Any(up => up.DescendantId == covers.UnitId && units.Contains(up.AncestorId))))));
}
