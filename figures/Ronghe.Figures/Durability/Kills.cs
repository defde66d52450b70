
namespace Ronghe.Figures.Durability;

/// <summary>
/// R-01: application and database are killed (-9) in the midst of 1,000 writes, again and again. Nothing that was acknowledged may be
/// missing, nothing sent again may stand twice, the journal must verify, the product must be back within five seconds.
/// </summary>
public sealed class Kills() : Figure("R-01")
{
    const int PerRound = 1000, Clients = 16;
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5), ClaimsRunOut = TimeSpan.FromMinutes(4);

    readonly List<TimeSpan> _restarts = [];
    int _kills, _verified;
    bool _hasVerifier;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var rounds = run.CountOr(30);
        var lostByControl = await ControlAsync(run, tally);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        _hasVerifier = (await site.CommandAsync(["--help"], cancel: run.Cancel)).Output.Contains("verify-journal", StringComparison.Ordinal);
        var writes = new Writes(run.Plant.Worker.Token, run.Plant.Officer.Token);
        for (var round = 1; round <= rounds; round++) await RoundAsync(site, writes, round, tally, run.Cancel);
        await writes.ResendAsync(site, ClaimsRunOut, run.Cancel);
        tally.Holds(writes.Open == 0, $"{writes.Open} writes were never taken, though they were sent again under their keys");
        foreach (var missing in await Evidence.MissingAsync(site, writes.Acknowledged, run.Cancel)) tally.Lost($"at the end: {missing}");
        var stored = await site.ValueAsync<long>("select count(*) from findings", run.Cancel);
        tally.Holds(stored == writes.Ids.Count, $"{stored} findings stored for {writes.Ids.Count} ids");
        var p95 = _restarts.Order().ElementAt((int)Math.Ceiling(_restarts.Count * 0.95) - 1);
        tally.Holds(p95 < Limit, $"restart p95 {p95.TotalSeconds:0.0} s");
        (tally.Load, tally.Faults) = ($"{PerRound:N0} writes × {rounds}, {writes.Acknowledged.Count:N0} acknowledged", $"{_kills} kill -9 of application and database");
        tally.Remark = $"duplicates 0, journal {(_hasVerifier ? "verified" : "complete row by row")} {_verified}/{rounds}, restart p95 {p95.TotalSeconds:0.0} s; control lost {lostByControl}";
    }

    async Task RoundAsync(Site site, Writes writes, int round, Tally tally, CancellationToken cancel)
    {
        var at = Random.Shared.Next(PerRound / 10, PerRound * 9 / 10);
        if (await KilledAtAsync(site, writes, at)) _kills++;
        else tally.Invalid($"round {round}: application or database was gone before it was killed");
        _restarts.Add(await site.StartAsync(cancel));
        var missing = await Evidence.MissingAsync(site, writes.Acknowledged, cancel);
        foreach (var write in missing) tally.Lost($"round {round}: {write}");
        if (missing.Count == 0 && await VerifiesAsync(site, round, tally, cancel)) _verified++;
        await writes.ResendAsync(site, TimeSpan.Zero, cancel);
        tally.Say($"round {round}: killed after {at} answers, back in {_restarts[^1].TotalSeconds:0.0} s, {writes.Acknowledged.Count} acknowledged so far, {writes.Open} open");
    }

    /// <summary>Which of the two dies first, and how much later the other, differs from round to round.</summary>
    static async Task<bool> KilledAtAsync(Site site, Writes writes, int at)
    {
        var wasThere = false;
        var killing = new TaskCompletionSource();
        var writing = writes.WriteAsync(site, PerRound, Clients, acknowledged =>
        {
            if (acknowledged >= at) killing.TrySetResult();
        });
        await Task.WhenAny(killing.Task, writing);
        if (!killing.Task.IsCompleted) return false;
        var isDatabaseFirst = Random.Shared.Next(2) == 0;
        if (isDatabaseFirst) wasThere = site.KillDatabase();
        await Task.Delay(Random.Shared.Next(0, 30));
        wasThere &= site.IsRunning || !isDatabaseFirst;
        site.KillApplication();
        if (!isDatabaseFirst) wasThere = site.KillDatabase();
        await writing;
        return wasThere;
    }

    async Task<bool> VerifiesAsync(Site site, int round, Tally tally, CancellationToken cancel)
    {
        if (!_hasVerifier) return true;
        var (exit, output, remarks) = await site.CommandAsync(["verify-journal"], cancel: cancel);
        return tally.Holds(exit == 0, $"round {round}: the journal does not verify: {output} {remarks}");
    }

    /// <summary>The same with a database that answers before it has written: what is lost then must be seen.</summary>
    static async Task<int> ControlAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        await site.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Data, "postgres", "cluster", "local.conf"), "synchronous_commit = off\nwal_writer_delay = 10s\n", run.Cancel);
        await site.StartAsync(run.Cancel);
        var writes = new Writes(run.Plant.Worker.Token, run.Plant.Officer.Token);
        await KilledAtAsync(site, writes, 200);
        await site.StartAsync(run.Cancel);
        var lost = (await Evidence.MissingAsync(site, writes.Acknowledged, run.Cancel)).Select(line => line[..36]).Distinct().Count();
        tally.MustSee(lost > 0, "with commits that are not waited for, no loss was seen");
        tally.Say($"control: {lost} of {writes.Acknowledged.Count} acknowledged writes are gone, as they must be");
        return lost;
    }
}
