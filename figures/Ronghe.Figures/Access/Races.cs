using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Figures.Access;

/// <summary>
/// 64 clients race findings through the loop, several at the very same step with the same version. One wins, the others
/// read why in Chinese, and the history of every finding is a path that the table of states allows.
/// </summary>
public sealed class Races() : Figure("R-07", isShort: true)
{
    const int Clients = 64, MostRounds = 14;

    long _calls, _contests, _steps;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var count = run.CountOr(run.IsShort ? 40 : 1000);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var crew = new Crew(site, run.Plant);
        var rivals = run.IsShort ? 4 : 8;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Clients / rivals, CancellationToken = run.Cancel },
            async (number, cancel) => await RaceAsync(crew, number, rivals, tally, cancel));
        await using var database = await site.OpenDatabaseAsync(run.Cancel);
        foreach (var illegal in await IllegalAsync(database)) tally.Lost(illegal);
        await ControlAsync(database, tally);
        tally.Holds(_contests > count * 5, $"only {_contests} contests were fought");
        (tally.Load, tally.Faults) = ($"{Clients} clients, {count:N0} findings, {_contests:N0} contests, {_calls:N0} calls", $"{rivals} at the same step at once");
        tally.Remark = $"{_steps:N0} steps, control seen";
    }

    async Task RaceAsync(Crew crew, int number, int rivals, Tally tally, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var now = (await crew.Reporter.PostAsync("/api/v1/findings", new { id, description = $"第 {number} 条，护栏松动", place = "锅炉 8 米层" }, cancel: cancel)).Must(201);
        for (var round = 0; round < MostRounds; round++)
        {
            var state = now.Json;
            var moves = Moves.At(state, number, round);
            if (moves.Count == 0) return;
            var version = state.GetProperty("version").GetInt32();
            Interlocked.Increment(ref _contests);
            var answers = await Task.WhenAll(Enumerable.Range(0, rivals).Select(async rival =>
            {
                var move = moves[rival % moves.Count];
                Interlocked.Increment(ref _calls);
                return await crew.Of(move.By[rival / moves.Count % move.By.Length]).PostAsync($"/api/v1/findings/{id}/{move.Noun}", move.Body(crew.Plant, version), cancel: cancel);
            }));
            Judge(tally, id, moves, answers);
            now = (await crew.Officer.GetAsync($"/api/v1/findings/{id}", cancel)).Must();
        }
    }

    void Judge(Tally tally, Guid id, IReadOnlyList<Move> moves, Answer[] answers)
    {
        var winners = answers.Count(answer => answer.IsGood);
        Interlocked.Add(ref _steps, winners);
        tally.Holds(winners == 1, $"{id} {moves[0].Noun}: {winners} winners ({string.Join(' ', answers.Select(answer => answer.Status))})");
        foreach (var answer in answers.Where(answer => !answer.IsGood))
            tally.Holds(answer.Status is 409 or 422 && answer.IsInChinese, $"{id} {moves[0].Noun}: a rival read {answer.Status} {answer.Words}");
    }

    /// <summary>Every step must follow from the one before, be possible there, and have its row in the journal.</summary>
    static async Task<List<string>> IllegalAsync(NpgsqlConnection database)
    {
        var wrong = new List<string>();
        await using (var command = new NpgsqlCommand("""
            select finding_id, verb, from_status, to_status, version,
                   lag(to_status) over w, lag(version) over w, count(*) over (partition by finding_id), (select version from findings f where f.id = finding_id)
            from finding_steps window w as (partition by finding_id order by version)
            """, database))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                if (Fault(reader) is { } fault) wrong.Add($"{reader.GetGuid(0)}: {fault}");
        await using var unjournalled = new NpgsqlCommand("""
            select f.id from findings f where (select count(*) from journal j where j.subject_id = f.id) <> (select count(*) from finding_steps s where s.finding_id = f.id)
            """, database);
        await using var rows = await unjournalled.ExecuteReaderAsync();
        while (await rows.ReadAsync()) wrong.Add($"{rows.GetGuid(0)}: steps and journal rows differ in number");
        return wrong;
    }

    static string? Fault(NpgsqlDataReader row)
    {
        var (verb, from, to) = (Enum.Parse<FindingVerb>(row.GetString(1)), Enum.Parse<FindingStatus>(row.GetString(2)), row.GetString(3));
        if (row.IsDBNull(5)) return verb == FindingVerb.Report ? null : $"begins with {verb}";
        if (row.GetString(5) != from.ToString()) return $"{verb} from {from} after {row.GetString(5)}";
        if (row.GetInt32(4) != row.GetInt32(6) + 1) return $"{verb} at version {row.GetInt32(4)} after {row.GetInt32(6)}";
        if (row.GetInt64(7) != row.GetInt32(8)) return $"{row.GetInt64(7)} steps at version {row.GetInt32(8)}";
        return FindingStates.Possible[verb].Contains(from) ? null : $"{verb} in {from} to {to}";
    }

    /// <summary>A step slipped in past the product must be found; it is taken back at once.</summary>
    static async Task ControlAsync(NpgsqlConnection database, Tally tally)
    {
        await using var transaction = await database.BeginTransactionAsync();
        await using (var slip = new NpgsqlCommand("""
            insert into finding_steps (id, finding_id, version, verb, from_status, to_status, by_id, at, entered_at, note)
            select gen_random_uuid(), finding_id, version + 1, 'Close', 'Reported', 'Closed', by_id, at, entered_at, '' from finding_steps order by version desc limit 1
            """, database)) await slip.ExecuteNonQueryAsync();
        tally.MustSee((await IllegalAsync(database)).Count > 0, "a step slipped into the history was not noticed");
        await transaction.RollbackAsync();
    }
}

/// <summary>Who calls: one program for each person.</summary>
sealed class Crew(Site site, Plant plant)
{
    readonly Dictionary<string, Caller> _callers = plant.Players.ToDictionary(player => player.Name, player => new Caller(site.Address, player.Token));

    public Plant Plant => plant;
    public Caller Reporter => Of(plant.Worker);
    public Caller Officer => Of(plant.Officer);
    public Caller Of(Player player) => _callers[player.Name];
    public Caller Of(string postOrName) => Of(plant.Players.FirstOrDefault(player => player.Post == postOrName) ?? plant.Named(postOrName));
}

/// <summary>One thing that may be done now, and the people who may do it.</summary>
sealed record Move(string Noun, Func<Plant, int, object> Body, params string[] By);

static class Moves
{
    const string Rectifier = "杨员", Reporter = "韩员";

    static readonly Move
        Grade = new("grading", (_, version) => new { version, grade = "general", basis = "可立即整改" }, Posts.SafetyOfficer, Posts.DepartmentHead, Posts.PlantHead, Posts.DepartmentDeputy),
        Assign = new("assignment", (plant, version) => new
        {
            version, personId = plant.Named(Rectifier).PersonId, dueOn = TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd"), unitId = plant.Node(Plant.ShiftOne),
            standard = "水平推力无位移", measure = "补焊",
        }, Posts.SafetyOfficer, Posts.DepartmentHead, Posts.PlantHead, Posts.DeputyHead),
        Reject = new("rejection", (_, version) => new { version, reason = "重复" }, Posts.SafetyOfficer, Posts.DepartmentHead),
        Rectify = new("rectification", (_, version) => new { version, note = "已补焊" }, Rectifier),
        Supervise = new("supervision", (_, version) => new { version, reason = "抓紧" }, Posts.PlantHead, Posts.SafetyOfficer),
        Verify = new("verification", (_, version) => new { version, note = "合格" }, Posts.SafetyOfficer, Posts.DepartmentHead, Posts.CrewLead, Posts.Secretary),
        SendBack = new("return", (_, version) => new { version, reason = "焊缝不满" }, Posts.SafetyOfficer, Posts.DepartmentHead, Posts.CrewLead),
        Close = new("closure", (_, version) => new { version, note = "" }, Posts.SafetyOfficer),
        Confirm = new("confirmation", (_, version) => new { version, note = "好了" }, Reporter),
        Dispute = new("dispute", (_, version) => new { version, reason = "还在" }, Reporter);

    /// <summary>What the state allows now; every few findings a rival move that leads elsewhere, until the rounds grow late.</summary>
    public static IReadOnlyList<Move> At(System.Text.Json.JsonElement finding, int number, int round)
    {
        bool Sometimes(int every) => round < 8 && (number + round) % every == 0;
        bool isSupervised = finding.GetProperty("isUnderSupervision").GetBoolean(), isConfirmed = finding.GetProperty("confirmedAt").ValueKind != System.Text.Json.JsonValueKind.Null;
        return finding.GetProperty("status").GetString() switch
        {
            "reported" when finding.GetProperty("grade").ValueKind == System.Text.Json.JsonValueKind.Null => Sometimes(9) ? [Grade, Reject] : [Grade],
            "reported" => Sometimes(9) ? [Assign, Grade, Reject] : [Assign],
            "assigned" => !isSupervised && Sometimes(5) ? [Rectify, Supervise] : [Rectify],
            "rectified" => Sometimes(4) ? [Verify, SendBack] : [Verify],
            "verified" => Sometimes(4) ? [Close, SendBack] : [Close],
            "closed" when !isConfirmed => Sometimes(4) ? [Confirm, Dispute] : [Confirm],
            _ => [],
        };
    }
}
