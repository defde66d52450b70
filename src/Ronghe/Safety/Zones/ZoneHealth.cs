using Ronghe.Findings;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Zones;

/// <summary>How a zone stands: what is open there, since when, and how much of it is past its date.</summary>
/// <param name="Fresh">Open for a week at most.</param>
/// <param name="Old">Open for more than thirty days.</param>
public sealed record ZoneHealth(int Open, int Overdue, int Fresh, int Old, DateTimeOffset? Oldest)
{
    public const int FreshDays = 7, OldDays = 30;

    public static readonly ZoneHealth Clear = new(0, 0, 0, 0, null);

    public int Aged => Open - Fresh - Old;

    /// <summary>The name of its colour: overdue before open before clear.</summary>
    public string Tone => Overdue > 0 ? "overdue" : Open > 0 ? "assigned" : "closed";

    public string Words => Open == 0 ? "没有未关闭的隐患" : Overdue == 0 ? $"未关闭 {Open} 条" : $"未关闭 {Open} 条，其中超期 {Overdue} 条";
}

/// <summary>
/// Reads the open findings of all zones at once, from an index that holds nothing but them (docs/decisions/0028): how many findings a
/// place ever had does not matter.
/// </summary>
public sealed class ZoneHealths(AppDb db, TimeProvider clock)
{
    static readonly string Sql = $$"""
        with zone_of as ({{ZoneOf}})
        select z.zone_id, count(*)::int, (count(*) filter (where f.status = 'Assigned' and f.due_on < $2))::int,
            (count(*) filter (where f.reported_at >= $3))::int, (count(*) filter (where f.reported_at < $4))::int, min(f.reported_at)
        from (select place_id, status, due_on, reported_at from findings where company_id = $1 and {{FindingTables.OpenSomewhere}}) f
        join zone_of z on z.place_id = f.place_id and z.zone_id is not null
        group by z.zone_id
        """;

    /// <summary>The zone of each place of company $1: its own, or that of what it stands in.</summary>
    internal const string ZoneOf = """
        select p.id place_id, coalesce(own.zone_id, up.zone_id, top.zone_id) zone_id
        from places p
        left join zone_places own on own.place_id = p.id
        left join zone_places up on up.place_id = p.parent_id
        left join places parent on parent.id = p.parent_id
        left join zone_places top on top.place_id = parent.parent_id
        where p.company_id = $1
        """;

    public async Task<IReadOnlyDictionary<Guid, ZoneHealth>> OfAsync(Guid companyId, CancellationToken cancel = default)
    {
        var today = clock.Today();
        var rows = await db.PreparedAsync(
            Sql, [companyId, today, Since(today, ZoneHealth.FreshDays), Since(today, ZoneHealth.OldDays)],
            row => (Zone: row.GetGuid(0), Health: new ZoneHealth(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5))), cancel);
        return rows.ToDictionary(row => row.Zone, row => row.Health);
    }

    static DateTimeOffset Since(DateOnly today, int days) => today.AddDays(-days).At(TimeOnly.MinValue);
}
