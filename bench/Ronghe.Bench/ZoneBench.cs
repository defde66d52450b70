using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Safety.Zones;

namespace Ronghe.Bench;

/// <summary>
/// Health of all zones of one site: 60 zones, 1,200 places on three levels, 1,000,000 findings of ten years of which 10,000 are open. Against
/// a plain GROUP BY; once as the database lies after its own upkeep, once with a day's work (4,000 acts) since.
/// </summary>
static class ZoneBench
{
    const int Zones = 60, Areas = 120, Findings = 1_000_000, OpenEvery = 100;
    const int Rounds = 201, BaselineRounds = 5;
    const double MostMilliseconds = 8;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        await FillAsync(address.Owner);
        await using var db = AppDb.Open(address.App);
        await db.Database.OpenConnectionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var ask = new NpgsqlCommand("select zone_bench_id(1, 0)", connection);
        var company = (Guid)(await ask.ExecuteScalarAsync())!;
        var healths = new ZoneHealths(db, TimeProvider.System);
        var ok = await MeasureAsync("health of 60 zones, 1,000,000 findings", healths, connection, company);
        await Sql.RunAsync(address.Owner, "update findings set version = version + 1, due_on = due_on + 1 where id in (select id from findings where status = 'Assigned' limit 4000)");
        return ok & await MeasureAsync("the same, 4,000 acts later", healths, connection, company);
    }

    static async Task<bool> MeasureAsync(string name, ZoneHealths healths, NpgsqlConnection connection, Guid company)
    {
        var ours = await MedianAsync(Rounds, async () => Check((await healths.OfAsync(company)).Count));
        var plain = await MedianAsync(BaselineRounds, () => GroupByAsync(connection));
        return Line.Print(name, $"{ours:0.00} ms", $"{plain:0} ms", ours / plain, $"<= {MostMilliseconds:0} ms", ours <= MostMilliseconds);
    }

    static async Task FillAsync(string owner)
    {
        await Sql.RunAsync(owner, $"""
        create function zone_bench_id(kind int, n int) returns uuid immutable language sql as $$
            select ('00000000-0000-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
        insert into nodes (id, version, company_id, code, name, parent_id, position, tree, kind, head_text, search_tokens)
            values (zone_bench_id(1, 0), 1, zone_bench_id(1, 0), 'R', '电厂', null, 0, 'unit', 'Company', '', '{"{}"}'::text[]);
        insert into node_closure (ancestor_id, descendant_id, depth) values (zone_bench_id(1, 0), zone_bench_id(1, 0), 0);
        insert into places (id, version, company_id, code, kks, name, full_name, level, parent_id, position, is_active, search_tokens, aliases)
            select zone_bench_id(2, 0), 1, zone_bench_id(1, 0), 'S', '', '厂区', '厂区', 'Site', null, 0, true, '{"{}"}'::text[], '{"{}"}'::text[]
            union all select zone_bench_id(2, a), 1, zone_bench_id(1, 0), 'A' || a, '', '区域' || a, '区域' || a, 'Area', zone_bench_id(2, 0), a, true, '{"{}"}', '{"{}"}' from generate_series(1, {Areas}) a
            union all select zone_bench_id(3, a * 10 + e), 1, zone_bench_id(1, 0), 'A' || a || '-' || e, '', '设备' || e, '区域' || a || '设备' || e, 'Equipment', zone_bench_id(2, a), e, true, '{"{}"}', '{"{}"}'
                from generate_series(1, {Areas}) a, generate_series(1, 9) e;
        insert into zones (id, version, company_id, name, cadence, checklist_codes, corners, is_active)
            select zone_bench_id(4, z), 1, zone_bench_id(1, 0), '责任区' || z, '每周 1 次', '{"{}"}', '{"{}"}', true from generate_series(1, {Zones}) z;
        insert into zone_places (zone_id, place_id) select zone_bench_id(4, 1 + a % {Zones}), zone_bench_id(2, a) from generate_series(1, {Areas}) a;
        insert into findings (id, version, company_id, number, description, source, is_urgent, place_id, place_text, found_at, reported_at, co_reporter_ids, unit_id, status, grade, grade_basis,
                due_on, duty, standard, measure, extensions, escalation_level, reopenings)
            select zone_bench_id(6, n), 1, zone_bench_id(1, 0), 'YH-' || n, '护栏松动，第 ' || n || ' 条', 'Routine', false, zone_bench_id(3, (1 + n / 7 % {Areas}) * 10 + 1 + n / 11 % 9), '锅炉房',
                now() - n * interval '5 minutes', now() - n * interval '5 minutes', '{"{}"}', zone_bench_id(1, 0),
                case when n % {OpenEvery} <> 0 then 'Closed' else (array['Reported', 'Assigned', 'Assigned', 'Rectified', 'Verified'])[1 + (n / {OpenEvery}) % 5] end, 'General', '',
                current_date - 15 + n / 11 % 60, '', '无位移', '补焊', 0, 0, 0
            from generate_series(1, {Findings}) n;
        select fold_unit_counts(null);
        """);
        await Sql.RunAsync(owner, "vacuum analyze");
    }

    static async Task GroupByAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            select zone_id, count(*), count(*) filter (where f.status = 'Assigned' and f.due_on < current_date), min(f.reported_at)
            from findings f join places p on p.id = f.place_id join zone_places z on z.place_id in (p.id, p.parent_id)
            where f.status <> 'Closed' group by 1
            """, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync()) rows++;
        Check(rows);
    }

    static void Check(int rows)
    {
        if (rows != Zones) throw new InvalidOperationException($"{rows} zones were counted, not {Zones}.");
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
