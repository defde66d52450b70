using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Duties;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Rules;

namespace Ronghe.Bench;

/// <summary>
/// 100,000 people who each owe 30 duties, with the records of a year: my week and the coverage, computed by the product's own engine. The
/// baselines ask the same without it: a query for each duty and period of the week, and a plain outer join with GROUP BY for the coverage.
/// </summary>
static class DutyBench
{
    const int Plants = 100, PeoplePerPlant = 1_000, Rules = 30;
    const int WeekRounds = 51, CoverageRounds = 3;
    const double MostForWeek = 5, MostForPlant = 500, MostForCompany = 30_000;

    /// <summary>One weekly, four monthly, ten quarterly, nine of half a year, six yearly: 164 records a year, of which nine in ten are there.</summary>
    static (int Every, string Unit) Rhythm(int rule) => rule switch { < 1 => (1, "week"), < 5 => (1, "month"), < 15 => (1, "quarter"), < 24 => (6, "month"), _ => (1, "year") };

    static string CodeOf(int rule) => $"BE-{rule:00}";

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        var watch = Stopwatch.StartNew();
        var records = await FillAsync(address);
        Console.Error.WriteLine($"{records:N0} records of {Plants * PeoplePerPlant:N0} people in {watch.Elapsed.TotalSeconds:0} s");
        await using var product = await Host.StartAsync(address, stage.Folder, 18345, follow: false);
        await using var bare = NpgsqlDataSource.Create(address.App);
        var pack = DutyPack.Load(WriteRules(stage.Folder));
        var ok = await WeekAsync(product.Services, bare, pack);
        ok &= await CoverageAsync(product.Services, bare, pack, "one plant, 1,000 people", "bench_id(2, 50)", MostForPlant);
        return ok & await CoverageAsync(product.Services, bare, pack, "the company, 100,000 people", "bench_id(1, 0)", MostForCompany);
    }

    static async Task<bool> WeekAsync(IServiceProvider services, NpgsqlDataSource bare, DutyPack pack)
    {
        var (today, person) = (TimeProvider.System.Today(), await IdAsync(bare, "bench_id(5, 50500)"));
        using var database = new DatabaseTime();
        var owed = 0;
        var ours = await MedianAsync(WeekRounds, async () =>
        {
            database.Milliseconds = 0;
            owed = await AskAsync(services, pack, await IdAsync(bare, "bench_id(1, 0)"), person, "bench_id(2, 50)", bare, async engine => (await engine.Week.OfMineAsync()).Count);
            return database.Milliseconds;
        });
        if (owed == 0) throw new InvalidOperationException("Nothing is owed.");
        var cadences = pack.ByCode.OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => rule.Value.Cadence).ToList();
        var theirs = await MedianAsync(WeekRounds, async () =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var rule = 0; rule < Rules; rule++)
                foreach (var period in (DutyPeriod[])[cadences[rule].Before(cadences[rule].Of(today)), cadences[rule].Of(today)])
                {
                    await using var command = bare.CreateCommand("select on_day, record_id from bench_records where kind = $1 and subject_id = $2 and on_day between $3 and $4");
                    foreach (var value in (object[])[(short)rule, person, period.From, period.To]) command.Parameters.AddWithValue(value);
                    await using var reader = await command.ExecuteReaderAsync();
                    while (await reader.ReadAsync()) { }
                }
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        return Line.Print($"my week, {Rules} duties of 100,000 people", $"{ours:0.0} ms", $"{theirs:0.0} ms", ours / theirs, $"<= {MostForWeek} ms", ours <= MostForWeek);
    }

    static async Task<bool> CoverageAsync(IServiceProvider services, NpgsqlDataSource bare, DutyPack pack, string whose, string reach, double most)
    {
        var (today, person, company) = (TimeProvider.System.Today(), await IdAsync(bare, "bench_id(5, 50500)"), await IdAsync(bare, "bench_id(1, 0)"));
        using var database = new DatabaseTime();
        var (subjects, met) = (0, 0);
        var ours = await MedianAsync(CoverageRounds, async () =>
        {
            database.Milliseconds = 0;
            var tallies = await AskAsync(services, pack, company, person, reach, bare, engine => engine.Coverage.TallyAsync(today));
            (subjects, met) = (tallies.Sum(tally => tally.Subjects), tallies.Sum(tally => tally.Met));
            return database.Milliseconds;
        });
        var cadences = pack.ByCode.OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => rule.Value.Cadence).ToList();
        var (allSubjects, allMet) = (0, 0);
        var theirs = await MedianAsync(1, async () =>
        {
            var start = Stopwatch.GetTimestamp();
            (allSubjects, allMet) = (0, 0);
            for (var rule = 0; rule < Rules; rule++)
            {
                var period = cadences[rule].Of(today);
                await using var command = bare.CreateCommand($"""
                    select p.id, count(r.record_id) from people p join memberships m on m.person_id = p.id join node_closure up on up.descendant_id = p.unit_id and up.ancestor_id = {reach}
                    left join bench_records r on r.subject_id = p.id and r.kind = $1 and r.on_day between $2 and $3
                    where p.left_on is null group by p.id
                    """);
                command.CommandTimeout = 0;
                foreach (var value in (object[])[(short)rule, period.From, period.To]) command.Parameters.AddWithValue(value);
                await using var reader = await command.ExecuteReaderAsync();
                for (; await reader.ReadAsync(); allSubjects++) allMet += reader.GetInt64(1) > 0 ? 1 : 0;
            }
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        if ((subjects, met) != (allSubjects, allMet)) throw new InvalidOperationException($"{subjects} subjects, {met} met; the baseline counts {allSubjects} and {allMet}.");
        return Line.Print($"coverage of {Rules} duties, {whose}", $"{ours:0} ms", $"{theirs:0} ms", ours / theirs, $"<= {most:0} ms", ours <= most);
    }

    sealed record Engine(DutyWeek Week, DutyCoverage Coverage);

    /// <summary>The product's engine with the bench's rules: each evidence is a kind of its own, asked for by an index that begins with kind, subject and day.</summary>
    static async Task<T> AskAsync<T>(IServiceProvider services, DutyPack pack, Guid company, Guid person, string reach, NpgsqlDataSource bare, Func<Engine, Task<T>> ask)
    {
        await using var scope = services.CreateAsyncScope();
        var me = new Me(person, "测量") { CompanyId = company, UnitId = company, Reach = new Dictionary<string, Guid[]> { [DutyPermissions.Oversee] = [await IdAsync(bare, reach)] }.ToFrozenDictionary() };
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var evidence = Enumerable.Range(0, Rules).Select(rule => new DutyEvidence($"Bench:{rule}", "记录",
            context => context.Database.SqlQuery<DutyRecord>($"""select subject_id "SubjectId", on_day "On", record_id "RecordId" from bench_records where kind = {(short)rule}"""), _ => "/")).ToList();
        var rulebook = new DutyRulebook(db, me, pack, scope.ServiceProvider.GetServices<DutySubjectKind>(), evidence, [], scope.ServiceProvider.GetRequiredService<RuleBook>(), TimeProvider.System);
        return await ask(new(new(new DutyDues(db, me, rulebook), TimeProvider.System), new(db, me, rulebook, TimeProvider.System)));
    }

    static string WriteRules(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "rules", "party-life"));
        File.WriteAllText(Path.Combine(folder, "rules", "party-life", "duty-rules.json"), JsonSerializer.Serialize(new
        {
            codes = new { subject_kind = new { member = "党员" } },
            items = Enumerable.Range(0, Rules).Select(rule => new
            {
                id = CodeOf(rule), name = $"义务 {rule}", subject_kind = "member", enabled_by_default = true, severity = "low", source = "", cadence_given_by = "default", purpose = "", note = "",
                cadence = new { type = "periodic", every = Rhythm(rule).Every, unit = Rhythm(rule).Unit, due = new { anchor = "period_end", offset = 0, offset_unit = "day" }, working_day_rule = "none" },
                evidence = new { text = "", match = new { record = "Bench", where = new[] { new { field = "kind", value = $"{rule}" } }, at_least = 1 } }, reminder = new { lead = 7 },
            }),
        }));
        return Path.Combine(folder, "rules");
    }

    static async Task<long> FillAsync(DatabaseAddress address)
    {
        await Sql.RunAsync(address.Owner, $"""
            create function bench_id(kind int, n int) returns uuid immutable language sql as $$
                select ('00000000-0000-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
            insert into nodes (id, version, company_id, code, name, parent_id, position, tree, kind, head_text, search_tokens)
                select bench_id(1, 0), 1, bench_id(1, 0), 'R', '集团', null, 0, 'unit', 'Company', '', '{"{}"}'::text[]
                union all select bench_id(2, p), 1, bench_id(1, 0), 'P' || p, '电厂' || p, bench_id(1, 0), p, 'unit', 'Plant', '', '{"{}"}' from generate_series(1, {Plants}) p;
            insert into nodes (id, version, company_id, code, name, parent_id, position, tree, party_kind, head_text, search_tokens)
                select bench_id(3, p), 1, bench_id(1, 0), 'Z' || p, '党支部' || p, null, p, 'party', 'Branch', '', '{"{}"}' from generate_series(1, {Plants}) p;
            insert into node_closure (ancestor_id, descendant_id, depth)
                with recursive up(ancestor, descendant, depth) as (
                    select id, id, 0 from nodes union all
                    select n.parent_id, up.descendant, up.depth + 1 from up join nodes n on n.id = up.ancestor where n.parent_id is not null)
                select * from up;
            insert into people (id, version, company_id, number, name, unit_id, gender, ethnicity, position, job_title, employment_kind, education, qualification, political_status, phone, search_tokens)
                select bench_id(5, p * 1000 + k), 1, bench_id(1, 0), lpad((p * 1000 + k)::text, 6, '0'), '员工' || k, bench_id(2, p),
                    '男', '汉族', '值班员', '', '劳动合同制', '本科', '', 'Full', '', '{"{}"}'
                from generate_series(1, {Plants}) p, generate_series(0, {PeoplePerPlant - 1}) k;
            insert into memberships (id, version, company_id, person_id, party_organisation_id, kind)
                select gen_random_uuid(), 1, bench_id(1, 0), bench_id(5, p * 1000 + k), bench_id(3, p), 'Full' from generate_series(1, {Plants}) p, generate_series(0, {PeoplePerPlant - 1}) k;
            create unlogged table bench_records (kind smallint not null, subject_id uuid not null, on_day date not null, record_id uuid not null);
            """);
        for (var rule = 0; rule < Rules; rule++)
            await Sql.RunAsync(address.Owner, $"""
                insert into bench_records
                    select {rule}::smallint, p.id, begun::date + (random() * ({DaysOf(rule)} - 1))::int, gen_random_uuid()
                    from people p, generate_series(date_trunc('{Rhythm(rule).Unit}', now() - interval '1 year'), now(), interval '{DaysOf(rule)} days') begun where random() < 0.9
                """);
        await Sql.RunAsync(address.Owner, $"""
            set maintenance_work_mem = '512MB';
            create index bench_records_by_subject on bench_records (kind, subject_id, on_day);
            grant select on bench_records to {DatabaseAddress.AppRole};
            """);
        await Sql.RunAsync(address.Owner, "vacuum analyze");
        await using var connection = new NpgsqlConnection(address.Owner);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select count(*) from bench_records", connection) { CommandTimeout = 0 };
        return (long)(await count.ExecuteScalarAsync())!;
    }

    static int DaysOf(int rule) => Rhythm(rule) switch { (1, "week") => 7, (1, "month") => 30, (1, "quarter") => 91, (6, _) => 182, _ => 365 };

    static async Task<Guid> IdAsync(NpgsqlDataSource bare, string id)
    {
        await using var command = bare.CreateCommand("select " + id);
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    static async Task<double> MedianAsync(int rounds, Func<Task<double>> measure)
    {
        await measure();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++) times.Add(await measure());
        return times.Order().ElementAt(rounds / 2);
    }
}
