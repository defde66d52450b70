using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation.Counts;
using Ronghe.Platform.Calendar;

namespace Ronghe.Bench;

/// <summary>Open and overdue for each unit right below a plant and below the company (30 of them): the kept counts against a plain GROUP BY.</summary>
static class RollupBench
{
    const int Rounds = 201, BaselineRounds = 3;
    const double MostMilliseconds = 2;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var (address, region) = await stage.RegionAsync();
        await using var db = AppDb.Open(address.App);
        await db.Database.OpenConnectionAsync();
        var ok = true;
        foreach (var (name, unit) in new[] { ("one plant, 13 units below", region.Plant), ("the company, 30 units below", region.Company) })
        {
            var units = await db.Units.Where(u => u.ParentId == unit || u.Id == unit).Select(u => u.Id).ToArrayAsync();
            var counts = new UnitCounts(db);
            var today = TimeProvider.System.Today();
            var ours = await MedianAsync(Rounds, async () => Check((await counts.OfAsync(units, [FindingCounting.Open, FindingCounting.Due], today)).Count));
            var plain = await MedianAsync(BaselineRounds, () => GroupByAsync((NpgsqlConnection)db.Database.GetDbConnection(), unit));
            ok &= Line.Print($"roll-up of {name}", $"{ours:0.00} ms", $"{plain:0} ms", ours / plain, "<= 2 ms", ours <= MostMilliseconds);
        }
        return ok;
    }

    static async Task GroupByAsync(NpgsqlConnection connection, Guid unit)
    {
        await using var command = new NpgsqlCommand("""
            select up.ancestor_id, count(*), count(*) filter (where f.status = 'Assigned' and f.due_on < current_date)
            from findings f join node_closure up on up.descendant_id = f.unit_id join nodes n on n.id = up.ancestor_id
            where (n.parent_id = @unit or n.id = @unit) and f.status <> 'Closed' group by 1
            """, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("unit", unit);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync()) rows++;
        Check(rows);
    }

    static void Check(int rows)
    {
        if (rows == 0) throw new InvalidOperationException("Nothing was counted.");
    }

    static async Task<double> MedianAsync(int rounds, Func<Task> act)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return times.Order().ElementAt(rounds / 2);
    }
}
