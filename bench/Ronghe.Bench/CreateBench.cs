using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;

namespace Ronghe.Bench;

/// <summary>
/// Reports at 16 clients, each with its number, first step, journal row and counts, through the product's own action, against a bare
/// transaction of two rows. Meanwhile the followers follow; how far behind they fall is measured as well.
/// </summary>
static class CreateBench
{
    const int Clients = 16, Rounds = 3;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25), Time = TimeSpan.FromSeconds(8);

    public static async Task<bool> RunAsync(Stage stage)
    {
        var (address, region) = await stage.RegionAsync();
        await using var product = await Host.StartAsync(address, stage.Folder, 18345);
        var units = await UnitsAsync(address);
        var (ours, theirs, behind) = (new List<double>(), new List<double>(), 0.0);
        var me = await MeAsync(product.Services, region);
        await OursAsync(product.Services, me, units, WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            using var over = new CancellationTokenSource();
            var watching = WatchAsync(address, over.Token);
            ours.Add(await OursAsync(product.Services, me, units, Time));
            await over.CancelAsync();
            behind = Math.Max(behind, await watching);
            theirs.Add(await RawAsync(address, units, Time));
        }
        var (a, b) = (ours.Order().ElementAt(Rounds / 2), theirs.Order().ElementAt(Rounds / 2));
        var isFast = Line.Print($"create a finding, {Clients} clients", $"{a:0} /s", $"{b:0} /s", a / b, ">= 0.50", a / b >= 0.5);
        return Line.Print("followers behind, under that load", $"{behind:0.0} s", "-", 0, "<= 2.0 s", behind <= 2) && isFast;
    }

    static async Task<Guid[]> UnitsAsync(DatabaseAddress address)
    {
        await using var db = AppDb.Open(address.Owner);
        return await db.Units.Where(unit => unit.Code.StartsWith("C450-")).Select(unit => unit.Id).ToArrayAsync();
    }

    /// <summary>Who asks is found out once: the bare transaction does not ask either.</summary>
    static async Task<Me> MeAsync(IServiceProvider services, Region region)
    {
        await using var scope = services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<MeQuery>().BySessionAsync(region.SessionId))!;
    }

    static Task<double> OursAsync(IServiceProvider services, Me me, Guid[] units, TimeSpan time) => RateAsync(time, async client =>
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me);
        await scope.ServiceProvider.GetRequiredService<FindingActions>().ReportAsync(Guid.CreateVersion7(),
            new FindingReport("给煤机平台护栏松动，焊口开裂约 3 厘米", null, "锅炉 8 米层", units[client % units.Length])
            {
                ReporterId = me.PersonId, ReporterUnitId = me.UnitId, FoundAt = TimeProvider.System.GetUtcNow(),
            }, []);
    });

    /// <summary>The same finding and its journal row, prepared, with nothing else around them.</summary>
    static async Task<double> RawAsync(DatabaseAddress address, Guid[] units, TimeSpan time)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(address.Owner) { MaxPoolSize = Clients, MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 }.ConnectionString);
        await Sql.RunAsync(address.Owner, """
            create table if not exists bench_raw (like findings including defaults including indexes);
            create table if not exists bench_raw_journal (like journal including defaults including indexes including identity);
            """);
        return await RateAsync(time, async client =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            var id = Guid.CreateVersion7();
            var finding = new NpgsqlBatchCommand("""
                insert into bench_raw (id, version, company_id, number, description, source, is_urgent, place_text, found_at, reported_at, co_reporter_ids, unit_id, status, grade_basis,
                    duty, standard, measure, extensions, escalation_level, reopenings)
                values ($1, 1, $2, $3, '给煤机平台护栏松动，焊口开裂约 3 厘米', 'Routine', false, '锅炉 8 米层', now(), now(), '{}', $2, 'Reported', '', '', '', '', 0, 0, 0)
                """) { Parameters = { new() { Value = id }, new() { Value = units[client % units.Length] }, new() { Value = id.ToString("n") } } };
            var row = new NpgsqlBatchCommand("insert into bench_raw_journal (at, subject_kind, subject_id, subject_version, event) values (now(), 'finding', $1, 1, 'finding.reported')") { Parameters = { new() { Value = id } } };
            batch.BatchCommands.Add(finding);
            batch.BatchCommands.Add(row);
            await batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        });
    }

    static async Task<double> RateAsync(TimeSpan time, Func<int, Task> act)
    {
        var (done, watch) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            while (watch.Elapsed < time)
            {
                await act(client);
                Interlocked.Increment(ref done);
            }
        }));
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The age of the oldest row that the counts have not seen, looked at ten times a second; seals gather on purpose and are left out.</summary>
    static async Task<double> WatchAsync(DatabaseAddress address, CancellationToken over)
    {
        await using var connection = new NpgsqlConnection(address.Owner);
        await connection.OpenAsync(CancellationToken.None);
        var most = 0.0;
        while (!over.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand($"""
                select coalesce(extract(epoch from now() - (
                    select j.at from journal_followers f cross join lateral (select at from journal where (xid, seq) > (f.xid, f.seq) order by xid, seq limit 1) j
                    where f.name = 'unit-counts')), 0)::float8
                """, connection);
            most = Math.Max(most, (double)(await command.ExecuteScalarAsync(CancellationToken.None))!);
            await Task.Delay(100, CancellationToken.None);
        }
        return most;
    }
}
