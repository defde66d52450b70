using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Robots;

namespace Ronghe.Findings;

/// <summary>What the group of a unit or Party organisation hears of findings once a day: how many are overdue in what it stands for.</summary>
public sealed class FindingRobots(AppDb db)
{
    const string Overdue = "finding.overdue";

    public static readonly IReadOnlyList<RobotNewsKind> Kinds = [new(Overdue, "超期隐患", "超期未整改 {0} 条", "每个工作日汇总时数一次，没有就不发") { IsDaily = true }];

    public static readonly RobotDailySource Daily = new((scope, nodes, today, cancel) => scope.GetRequiredService<FindingRobots>().OverdueAsync(nodes, today, cancel));

    sealed record Load(Guid NodeId, int Count);

    async Task<IReadOnlyList<RobotNews>> OverdueAsync(IReadOnlyList<Guid> nodes, DateOnly today, CancellationToken cancel)
    {
        var asked = nodes.ToArray();
        var loads = await db.Database.SqlQuery<Load>($"""
            with stands_for as (
                select id node_id, id unit_id from nodes where id = any({asked}) and tree = 'unit'
                union select party_organisation_id, unit_id from party_coverage where party_organisation_id = any({asked})
            )
            select s.node_id "NodeId", count(distinct f.id)::int "Count"
            from stands_for s join node_closure k on k.ancestor_id = s.unit_id join findings f on f.unit_id = k.descendant_id
            where f.status = 'Assigned' and f.due_on < {today}
            group by s.node_id
            """).ToListAsync(cancel);
        return [.. loads.Select(load => new RobotNews(load.NodeId, Overdue, $"overdue {today:yyyy-MM-dd}", "/findings?overdue=true") { Count = load.Count })];
    }
}
