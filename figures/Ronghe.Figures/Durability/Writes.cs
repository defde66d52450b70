using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Ronghe.Figures.Durability;

/// <summary>One write with the id and key that its client made: a report, or the grading of a report that was acknowledged.</summary>
sealed record Write(Guid Id, string Key, bool IsGrading)
{
    public string Url => IsGrading ? $"/api/v1/findings/{Id}/grading" : "/api/v1/findings";
    public object Body => IsGrading
        ? new { version = 1, grade = "general", basis = "可立即整改" }
        : new { id = Id, description = $"护栏松动 {Id}", place = "锅炉 8 米层" };

    public JsonContent Content => JsonContent.Create(Body, Body.GetType());
}

/// <summary>
/// Clients that write until they are cut off, and remember what was acknowledged to them. What was not is kept to be sent again under
/// its key.
/// </summary>
sealed class Writes(string reporterToken, string officerToken)
{
    readonly ConcurrentDictionary<Write, int> _acknowledged = [];
    readonly ConcurrentDictionary<Write, bool> _open = [];

    public IReadOnlyCollection<Write> Acknowledged => [.. _acknowledged.Keys];
    public int Open => _open.Count;
    public IReadOnlyCollection<Guid> Ids => [.. _acknowledged.Keys.Concat(_open.Keys).Select(write => write.Id).Distinct()];

    /// <summary>So many writes by so many clients; a killed product ends it early.</summary>
    public async Task WriteAsync(Site site, int count, int clients, Action<int> acknowledged)
    {
        using Caller reporter = new(site.Address, reporterToken), officer = new(site.Address, officerToken);
        var (begun, done, cut) = (0, 0, false);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (!Volatile.Read(ref cut) && Interlocked.Add(ref begun, 2) <= count)
            {
                var report = new Write(Guid.CreateVersion7(), Guid.CreateVersion7().ToString(), IsGrading: false);
                foreach (var write in new[] { report, new(report.Id, Guid.CreateVersion7().ToString(), IsGrading: true) })
                {
                    _open[write] = true;
                    if (await SendAsync(write.IsGrading ? officer : reporter, write)) acknowledged(Interlocked.Increment(ref done));
                    else
                    {
                        Volatile.Write(ref cut, true);
                        break;
                    }
                }
            }
        }));
    }

    /// <summary>Sends again what was never answered, as a careful client does, until all of it is or patience ends.</summary>
    public async Task ResendAsync(Site site, TimeSpan patience, CancellationToken cancel)
    {
        using Caller reporter = new(site.Address, reporterToken), officer = new(site.Address, officerToken);
        var until = TimeProvider.System.GetUtcNow() + patience;
        do
        {
            foreach (var write in _open.Keys.OrderBy(write => write.IsGrading)) await SendAsync(write.IsGrading ? officer : reporter, write);
            if (_open.IsEmpty || patience == TimeSpan.Zero) return;
            await Task.Delay(TimeSpan.FromSeconds(2), cancel);
        }
        while (TimeProvider.System.GetUtcNow() < until);
    }

    /// <summary>A grading that finds its own effect is refused as stale: the effect is there, and the client reads that it is.</summary>
    async Task<bool> SendAsync(Caller caller, Write write)
    {
        var answer = await caller.TryAsync(HttpMethod.Post, write.Url, write.Content, write.Key);
        if (answer is null) return false;
        if (!answer.IsGood && !(answer.Status == 409 && write.IsGrading && await IsGradedAsync(caller, write.Id))) return false;
        _acknowledged[write] = answer.Status;
        _open.TryRemove(write, out _);
        return true;
    }

    static async Task<bool> IsGradedAsync(Caller caller, Guid id) =>
        await caller.TryAsync(HttpMethod.Get, $"/api/v1/findings/{id}") is { IsGood: true } now && now.Json.GetProperty("grade").ValueKind != JsonValueKind.Null;
}

/// <summary>What the database holds of the writes that were acknowledged.</summary>
static class Evidence
{
    /// <summary>Each acknowledged write has its record, its step and its row in the journal, each exactly once; each number stands once.</summary>
    public static async Task<List<string>> MissingAsync(Site site, IReadOnlyCollection<Write> acknowledged, CancellationToken cancel)
    {
        var wrong = new List<string>();
        await using var database = await site.OpenDatabaseAsync(cancel);
        foreach (var (what, isGrading, sql) in Checks)
        {
            await using var command = new NpgsqlCommand(sql, database);
            command.Parameters.AddWithValue(acknowledged.Where(write => write.IsGrading == isGrading).Select(write => write.Id).ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) wrong.Add($"{reader.GetValue(0)}: {what} × {reader.GetValue(1)}");
        }
        return wrong;
    }

    static readonly (string What, bool IsGrading, string Sql)[] Checks =
    [
        ("record", false, "select id, 0 from unnest($1) id where not exists (select from findings f where f.id = id.id)"),
        ("first step", false, "select id, (select count(*) from finding_steps s where s.finding_id = id.id and s.verb = 'Report') n from unnest($1) id where (select count(*) from finding_steps s where s.finding_id = id.id and s.verb = 'Report') <> 1"),
        ("journal row of the report", false, Journal("finding.reported")),
        ("grading", true, "select id, (select count(*) from finding_steps s where s.finding_id = id.id and s.verb = 'Grade') n from unnest($1) id where (select count(*) from finding_steps s where s.finding_id = id.id and s.verb = 'Grade') <> 1"),
        ("journal row of the grading", true, Journal("finding.graded")),
        ("number", false, "select number, count(*) from findings where cardinality($1) >= 0 group by number having count(*) > 1"),
    ];

    static string Journal(string @event)
    {
        var count = $"(select count(*) from journal j where j.subject_kind = 'finding' and j.subject_id = id.id and j.event = '{@event}')";
        return $"select id, {count} n from unnest($1) id where {count} <> 1";
    }
}
