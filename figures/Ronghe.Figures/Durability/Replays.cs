using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Ronghe.Figures.Durability;

/// <summary>
/// R-08: a queue as an offline reporter keeps it, each report with its own id and key, sent one to five times, side by side, while the
/// product is stopped and killed in between. As many records as distinct ids; a key with another body is refused.
/// </summary>
public sealed class Replays() : Figure("R-08", isShort: true)
{
    const int Clients = 24, MostTimes = 5;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    sealed record Entry(Guid Id, string Key, int Number)
    {
        public JsonContent Content(string more = "") => JsonContent.Create(new { id = Id, description = $"第 {Number} 条，护栏松动{more}", place = "锅炉 8 米层" });
    }

    readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, int>> _numbers = [];
    int _sent, _retries;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var count = run.CountOr(run.IsShort ? 40 : 500);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        using var caller = new Caller(site.Address, run.Plant.Worker.Token);
        var entries = Enumerable.Range(1, count).Select(number => new Entry(Guid.CreateVersion7(), Guid.CreateVersion7().ToString(), number)).ToList();
        var queue = new ConcurrentQueue<Entry>(entries.SelectMany(entry => Enumerable.Repeat(entry, Random.Shared.Next(1, MostTimes + 1))).OrderBy(_ => Random.Shared.Next()));
        var (all, over) = (queue.Count, new CancellationTokenSource());
        var sending = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => DrainAsync(caller, queue, tally, run.Cancel)));
        var restarts = await DisturbAsync(site, run.IsShort, () => all - queue.Count, all, sending, run.Cancel);
        await sending;
        await OthersAsync(caller, entries, tally);
        await CompareAsync(site, caller, entries, tally, run.Cancel);
        tally.MustSee(restarts >= (run.IsShort ? 1 : 3), $"only {restarts} restarts fell into the sending");
        (tally.Load, tally.Faults) = ($"{count} reports sent {_sent:N0} times, {_retries:N0} of them tries anew", $"{restarts} restarts{(run.IsShort ? "" : ", kill -9 among them")}");
        tally.BadInputs = $"{count} keys with another body";
        tally.Remark = "control seen";
    }

    async Task DrainAsync(Caller caller, ConcurrentQueue<Entry> queue, Tally tally, CancellationToken cancel)
    {
        while (queue.TryDequeue(out var entry))
        {
            var until = TimeProvider.System.GetUtcNow() + Patience;
            while (!await SendAsync(caller, entry, tally))
            {
                if (TimeProvider.System.GetUtcNow() > until)
                {
                    tally.Lost($"report {entry.Number} was never taken");
                    break;
                }
                Interlocked.Increment(ref _retries);
                await Task.Delay(200, cancel);
            }
        }
    }

    async Task<bool> SendAsync(Caller caller, Entry entry, Tally tally)
    {
        Interlocked.Increment(ref _sent);
        var answer = await caller.TryAsync(HttpMethod.Post, "/api/v1/findings", entry.Content(), entry.Key);
        if (answer is null or { Status: 409 or >= 500 }) return false;
        if (answer.Status == 201) _numbers.GetOrAdd(entry.Id, _ => []).AddOrUpdate(answer.Json.GetProperty("number").GetString()!, 1, (_, times) => times + 1);
        else tally.Lost($"report {entry.Number} was answered {answer.Status} {answer.Words}");
        return true;
    }

    static async Task<int> DisturbAsync(Site site, bool isGentle, Func<int> taken, int all, Task sending, CancellationToken cancel)
    {
        var restarts = 0;
        foreach (var part in isGentle ? [0.5] : new[] { 0.2, 0.4, 0.6, 0.8 })
        {
            while (taken() < all * part && !sending.IsCompleted) await Task.Delay(5, cancel);
            if (sending.IsCompleted) break;
            if (isGentle || restarts % 2 == 0) await site.StopAsync();
            else
            {
                site.KillApplication();
                site.KillDatabase();
            }
            await site.StartAsync(cancel);
            restarts++;
        }
        return restarts;
    }

    static async Task OthersAsync(Caller caller, List<Entry> entries, Tally tally)
    {
        foreach (var entry in entries)
        {
            var answer = await caller.SendAsync(HttpMethod.Post, "/api/v1/findings", entry.Content("，还有别的"), entry.Key);
            tally.Holds(answer.Status == 422 && answer.IsInChinese, $"another body under the key of report {entry.Number} was answered {answer.Status} {answer.Words}");
        }
    }

    async Task CompareAsync(Site site, Caller caller, List<Entry> entries, Tally tally, CancellationToken cancel)
    {
        foreach (var (id, numbers) in _numbers.Where(pair => pair.Value.Count > 1)) tally.Lost($"{id} was answered with the numbers {string.Join('、', numbers.Keys)}");
        foreach (var wrong in await DifferencesAsync(site, entries.Count, cancel)) tally.Lost(wrong);
        // A client that draws a new id each time doubles its report, and that must show.
        for (var twice = 0; twice < 2; twice++) (await caller.SendAsync(HttpMethod.Post, "/api/v1/findings", new Entry(Guid.CreateVersion7(), Guid.CreateVersion7().ToString(), 1).Content())).Must(201);
        tally.MustSee((await DifferencesAsync(site, entries.Count, cancel)).Count > 0, "a doubled report was not noticed");
    }

    static async Task<List<string>> DifferencesAsync(Site site, int expected, CancellationToken cancel)
    {
        var wrong = new List<string>();
        foreach (var (what, sql) in new[]
        {
            ("records", "select count(*) from findings"), ("distinct texts", "select count(distinct description) from findings"),
            ("distinct numbers", "select count(distinct number) from findings"), ("journal rows", "select count(*) from journal where event = 'finding.reported'"),
            ("first steps", "select count(*) from finding_steps where verb = 'Report'"), ("reports as sent", "select count(*) from findings where description not like '%还有别的%'"),
        })
            if (await site.ValueAsync<long>(sql, cancel) is var found && found != expected) wrong.Add($"{found} {what} instead of {expected}");
        return wrong;
    }
}
