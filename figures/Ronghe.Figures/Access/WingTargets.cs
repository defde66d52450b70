using System.Text.Json.Nodes;
using Npgsql;

namespace Ronghe.Figures.Access;

/// <summary>
/// Records of the wings beside findings: one of each kind made through the product's own doors, then one for each unit in a state that allows
/// no verb any more, with the names of the same two workers on it. Watch weeks belong to Party organisations; swaps and absences to a person.
/// </summary>
sealed class WingTargets(Plant plant, Player reporter, Player rectifier, Caller officer, Caller head, NpgsqlConnection database, CancellationToken cancel)
{
    /// <summary>The Party organisation that stands for a unit.</summary>
    static readonly Dictionary<string, string> Parties = new() { [Plant.First] = Plant.Committee, [Plant.Operations] = Plant.Branch, [Plant.ShiftOne] = Plant.Cell };

    readonly Dictionary<(string Kind, string Code), Guid> _ids = [];

    /// <summary>Their ids, by kind and unit.</summary>
    public async Task<IReadOnlyDictionary<(string Kind, string Code), Guid>> MakeAsync()
    {
        await TasksAsync();
        await PublicNoticesAsync();
        await ViolationsAsync();
        await ZonesAsync();
        await InspectionsAsync();
        await WatchAsync();
        return _ids;
    }

    static string Later => TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd");
    static string Today => TimeProvider.System.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd");

    async Task TasksAsync()
    {
        var id = Guid.CreateVersion7();
        (await head.PostAsync("/api/v1/tasks", new { id, title = "补齐护栏", requirement = "无松动", ownerId = rectifier.PersonId, dueOn = Later }, cancel: cancel)).Must(201);
        await ForEachUnitAsync("task", "tasks", id, code => new() { ["unit_id"] = plant.Node(code), ["giver_id"] = reporter.PersonId, ["confirmer_id"] = reporter.PersonId, ["state"] = "Cancelled" });
    }

    async Task PublicNoticesAsync()
    {
        var id = Guid.CreateVersion7();
        (await officer.PostAsync("/api/v1/public-notices", new { id, title = "拟定名单", text = "名单如下", shownTo = new[] { plant.Node(Plant.Operations) }, workdays = 5 }, cancel: cancel)).Must(201);
        await ForEachUnitAsync("public-notice", "public_notices", id, code => new()
        {
            ["unit_id"] = plant.Node(code), ["shown_to"] = new JsonArray(plant.Node(code).ToString()), ["author_id"] = reporter.PersonId, ["state"] = "Withdrawn", ["from"] = "2026-01-05", ["until"] = "2026-01-09",
        });
    }

    async Task ViolationsAsync()
    {
        var (id, kindId) = (Guid.CreateVersion7(), (await officer.GetAsync("/api/v1/violations/kinds", cancel)).Must().Json[0].GetProperty("id").GetString());
        (await officer.PostAsync("/api/v1/violations", new { id, kindId, personId = rectifier.PersonId, place = "锅炉 8 米层", on = Today, evidence = "没有系安全带，照片为证" }, cancel: cancel)).Must(201);
        await ForEachUnitAsync("violation", "violations", id, code => new() { ["unit_id"] = plant.Node(code), ["noted_by_id"] = reporter.PersonId, ["state"] = "Confirmed" });
    }

    async Task ZonesAsync()
    {
        var id = Guid.CreateVersion7();
        (await officer.PostAsync("/api/v1/zones", new { id, facts = new { name = "责任区", unitId = plant.Node(Plant.Operations), corners = new[] { 10, 10, 200, 10, 200, 200 }, cadence = "每周 1 次" } }, cancel: cancel)).Must(201);
        (await officer.PostAsync($"/api/v1/zones/{id}/leads", new { version = 1, personId = rectifier.PersonId, role = "lead", from = "2026-01-05", to = "2026-02-05" }, cancel: cancel)).Must();
        var lead = await ValueAsync("select id from zone_leads where zone_id = $1", id);
        await ForEachUnitAsync("zone", "zones", id, code => new() { ["unit_id"] = plant.Node(code), ["name"] = $"责任区 {code}", ["is_active"] = false });
        await ForEachUnitAsync("lead", "zone_leads", lead, code => new() { ["zone_id"] = _ids[("zone", code)] });
    }

    async Task InspectionsAsync()
    {
        var id = Guid.CreateVersion7();
        (await officer.PostAsync("/api/v1/inspections", new { id, kind = "special", title = "专项检查", unitId = plant.Node(Plant.Operations), leadId = rectifier.PersonId, on = Today }, cancel: cancel)).Must(201);
        await ForEachUnitAsync("inspection", "inspections", id, code => new() { ["unit_id"] = plant.Node(code), ["planned_by_id"] = reporter.PersonId, ["status"] = "Cancelled" });
    }

    /// <summary>A rota needs members, whom the roster of this plant does not name: the weeks are written as they would stand after their end.</summary>
    async Task WatchAsync()
    {
        var (worker, other) = (rectifier.PersonId, reporter.PersonId);
        foreach (var (code, party) in Parties)
        {
            _ids[("branch", code)] = plant.Node(party);
            _ids[("watch", code)] = await NewAsync("insert into watch_weeks (id, version, company_id, branch_id, monday, closed_at) values ($1, 1, $2, $3, '2026-01-05', now())", plant.Node(Plant.Group), plant.Node(party));
            _ids[("excuse", code)] = await NewAsync("""
                insert into duty_excuses (id, version, company_id, code, subject_id, from_on, to_on, reason, at, withdrawn_at) values ($1, 1, $2, 'DU-26', $3, '2026-01-05', '2026-01-11', '停机大修', now(), now())
                """, plant.Node(Plant.Group), plant.Node(party));
        }
        var swap = await NewAsync("insert into watch_swaps (id, version, company_id, week_id, asker_id, asked_id, reason, asked_at, status) values ($1, 1, $2, $3, $4, $5, '', now(), 'Withdrawn')",
            plant.Node(Plant.Group), _ids[("watch", Plant.Operations)], other, worker);
        var absence = await NewAsync("insert into watch_absences (id, version, company_id, person_id, from_on, to_on, is_cancelled) values ($1, 1, $2, $3, '2026-01-05', '2026-01-11', true)", plant.Node(Plant.Group), worker);
        foreach (var code in Targets.Codes) (_ids[("swap", code)], _ids[("absence", code)]) = (swap, absence);
    }

    async Task ForEachUnitAsync(string kind, string table, Guid original, Func<string, Dictionary<string, JsonNode>> changes)
    {
        foreach (var code in Targets.Codes) _ids[(kind, code)] = await Targets.CopyAsync(database, table, original, changes(code), cancel);
    }

    async Task<Guid> NewAsync(string sql, params Guid[] values)
    {
        var id = Guid.CreateVersion7();
        await using var command = new NpgsqlCommand(sql, database);
        foreach (var value in values.Prepend(id)) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(cancel);
        return id;
    }

    async Task<Guid> ValueAsync(string sql, Guid id)
    {
        await using var command = new NpgsqlCommand(sql, database);
        command.Parameters.AddWithValue(id);
        return (Guid)(await command.ExecuteScalarAsync(cancel))!;
    }
}
