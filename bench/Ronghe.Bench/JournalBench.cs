using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Journal;

namespace Ronghe.Bench;

/// <summary>Ten million rows of the journal: what a follower handles, what verifying takes against merely reading the rows, and the history of one record.</summary>
static class JournalBench
{
    const int Rows = 10_000_000, Followed = 500_000, Timelines = 201;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        // Numbers of transactions that have been: followers wait for those to come.
        await Sql.RunAsync(address.Owner, $$"""
            insert into journal (at, actor_id, node_id, subject_kind, subject_id, subject_version, event, data, subject_digest, xid)
            select timestamptz '2024-01-01' + n * interval '9 seconds', md5('a' || n % 5000)::uuid, md5('u' || n % 3000)::uuid, 'finding', md5('f' || n % 1000000)::uuid, 1 + n / 1000000,
                (array['finding.reported', 'finding.graded', 'finding.assigned', 'finding.rectified', 'finding.verified', 'finding.closed'])[1 + n % 6],
                '{"status":"Assigned","dueOn":"2026-12-01"}', sha256(n::text::bytea), (3 + n::bigint * (pg_current_xact_id()::text::bigint - 10) / {{Rows}})::text::xid8
            from generate_series(1, {{Rows}}) n;
            analyze journal;
            """);
        await using var product = await Host.StartAsync(address, stage.Folder, 18346, follow: false);
        var ok = await FollowAsync(product.Services);
        ok &= await VerifyAsync(product.Services, address.App);
        return await TimelineAsync(product.Services) && ok;
    }

    /// <summary>The sealer is the follower that reads every row whole.</summary>
    static async Task<bool> FollowAsync(IServiceProvider services)
    {
        var (handled, watch) = (0, Stopwatch.StartNew());
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Following>().EnrolAsync(Sealer.Follower);
        double rate = 0;
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            var step = await scope.ServiceProvider.GetRequiredService<Following>().StepAsync(Sealer.Follower);
            if (step == 0) break;
            if ((handled += step) >= Followed && rate == 0) rate = handled / watch.Elapsed.TotalSeconds;
        }
        return Line.Print("a follower (the sealer), rows", $"{rate:0} /s", "-", 0, ">= 5,000 /s", rate >= 5_000);
    }

    static async Task<bool> VerifyAsync(IServiceProvider services, string connectionString)
    {
        await using var scope = services.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync();
        var watch = Stopwatch.StartNew();
        var verdict = await new SealWalk(await reading.SealsAsync(), []).RunAsync(reading.RowsAsync());
        var ours = verdict.Sealed / watch.Elapsed.TotalSeconds;
        if (!verdict.Holds || verdict.Sealed != Rows) throw new InvalidOperationException($"{verdict.Sealed} rows, {string.Join(' ', verdict.Problems)}");
        watch.Restart();
        var read = await ReadAsync(connectionString);
        var theirs = read / watch.Elapsed.TotalSeconds;
        return Line.Print("verify-journal, 10,000,000 rows", $"{ours:0} /s", $"{theirs:0} /s", ours / theirs, ">= 200,000 /s", ours >= 200_000);
    }

    /// <summary>The same rows in the same order, counted and thrown away.</summary>
    static async Task<long> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var rows = await connection.BeginBinaryExportAsync("copy (select xid, seq, at, event from journal order by xid, seq) to stdout (format binary)");
        rows.Timeout = TimeSpan.FromHours(1);
        long read = 0;
        for (; await rows.StartRowAsync() is > 0 and var columns; read++)
            for (var column = 0; column < columns; column++) await rows.SkipAsync();
        return read;
    }

    static async Task<bool> TimelineAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        var history = scope.ServiceProvider.GetRequiredService<RecordHistory>();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await db.Database.OpenConnectionAsync();
        var times = new List<double>();
        for (var at = 0; at < Timelines; at++)
        {
            var id = (await db.Database.SqlQuery<Guid>($"""select md5('f' || {at * 4099})::uuid "Value" """).ToListAsync())[0];
            var watch = Stopwatch.StartNew();
            var rows = await history.OfAsync("finding", id);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (rows.Count < 9) throw new InvalidOperationException($"{rows.Count} rows.");
        }
        var median = times.Order().ElementAt(Timelines / 2);
        return Line.Print("history of one record among 10,000,000 rows", $"{median:0.00} ms", "-", 0, "<= 2 ms", median <= 2);
    }
}
