using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Ronghe.Organisation.Appointments;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Access;

/// <summary>
/// For each unit one record of every kind that a door can lead to. The findings are in a state that allows no verb: whoever may act hears
/// so (422), whoever may not is turned away, and nothing ever changes.
/// </summary>
sealed class Targets
{
    public static readonly string[] Codes = [Plant.Group, Plant.First, Plant.Second, Plant.Operations, Plant.Repair, Plant.ShiftOne, Plant.ShiftTwo];

    /// <summary>Kind of what is nowhere.</summary>
    public const string Absent = "absent";

    readonly Dictionary<(string Kind, string Code), Guid> _ids = [];
    readonly Guid _absent = Guid.CreateVersion7();
    Guid _import;
    readonly Guid _notice = Guid.CreateVersion7();

    /// <summary>The record of a kind at a unit; null where there is none. People work in departments and crews only.</summary>
    public Guid? At(string kind, string code) => kind == "import" ? _import : kind == "notice" ? _notice : kind is Absent or Probe.Unknown ? _absent : _ids.TryGetValue((kind, code), out var id) ? id : null;

    public static async Task<Targets> MakeAsync(Site site, Plant plant, string reporter, string rectifier, CancellationToken cancel)
    {
        var targets = new Targets();
        foreach (var code in Codes)
        {
            targets._ids[("unit", code)] = plant.Node(code);
            if (plant.Players.FirstOrDefault(player => player.StandsInFor == code) is { } person) targets._ids[("person", code)] = person.PersonId;
        }
        using Caller system = new(site.Address, plant.Holder(Posts.SystemAdministrator).Token), author = new(site.Address, plant.Named(reporter).Token);
        await targets.PlacesAsync(system, plant, cancel);
        await targets.ImportAsync(system, cancel);
        var (finding, file) = await PhotographedAsync(author, cancel);
        await using var database = await site.OpenDatabaseAsync(cancel);
        foreach (var code in Codes)
        {
            targets._ids[("finding", code)] = await CopyAsync(database, "findings", finding, new() { ["unit_id"] = plant.Node(code), ["number"] = $"FX-{code}", ["status"] = "Rejected", ["rectifier_id"] = plant.Named(rectifier).PersonId }, cancel);
            targets._ids[("file", code)] = await CopyAsync(database, "stored_files", file, new() { ["owner_id"] = targets._ids[("finding", code)] }, cancel);
        }
        using Caller officer = new(site.Address, plant.Officer.Token), head = new(site.Address, plant.Holder(Posts.PlantHead).Token);
        foreach (var (key, id) in await new WingTargets(plant, plant.Named(reporter), plant.Named(rectifier), officer, head, database, cancel).MakeAsync()) targets._ids[key] = id;
        await using (var notice = new NpgsqlCommand("insert into notices (id, person_id, kind, cause, text, href, at, due_at) values ($1, $2, 'finding.assigned', 'R-20', '请看', '/findings', now(), now())", database))
        {
            notice.Parameters.AddWithValue(targets._notice);
            notice.Parameters.AddWithValue(plant.Named(reporter).PersonId);
            await notice.ExecuteNonQueryAsync(cancel);
        }
        await using var posts = new NpgsqlCommand("select node_id, id from appointments where person_id = any($1)", database);
        posts.Parameters.AddWithValue(plant.Players.Where(player => player.StandsInFor is not null).Select(player => player.PersonId).ToArray());
        await using var rows = await posts.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) targets._ids[("appointment", Codes.First(code => plant.Node(code) == rows.GetGuid(0)))] = rows.GetGuid(1);
        return targets;
    }

    async Task PlacesAsync(Caller system, Plant plant, CancellationToken cancel)
    {
        var site = Guid.CreateVersion7();
        (await system.PostAsync("/api/v1/places", new { id = site, level = "site", name = "厂区", code = "S" }, cancel: cancel)).Must(201);
        foreach (var code in Codes)
        {
            var id = _ids[("place", code)] = Guid.CreateVersion7();
            (await system.PostAsync("/api/v1/places", new { id, level = "area", name = $"区域 {code}", code = $"S-{code}", parentId = site, unitId = plant.Node(code) }, cancel: cancel)).Must(201);
        }
    }

    async Task ImportAsync(Caller system, CancellationToken cancel)
    {
        using var form = new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new StringContent("工号,姓名,部门\n000777,来人,检修部\n"), "file", "来人.csv" } };
        _import = (await system.SendAsync(HttpMethod.Post, "/api/v1/imports", form, cancel: cancel)).Must(201).Json.GetProperty("id").GetGuid();
    }

    static async Task<(Guid Finding, Guid File)> PhotographedAsync(Caller author, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        (await author.PostAsync("/api/v1/findings", new { id, description = "护栏松动", place = "锅炉 8 米层" }, cancel: cancel)).Must(201);
        var photo = new ByteArrayContent(await TestImages.JpegAsync(TestImages.Quarters(40, 30))) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var form = new MultipartFormDataContent { { photo, "photos", "现场.jpg" } };
        var answer = (await author.SendAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", form, cancel: cancel)).Must();
        return (id, Guid.Parse(answer.Json.GetProperty("photos")[0].GetProperty("href").GetString()!.Split('/')[^1]));
    }

    /// <summary>The same row once more, with an id of its own and some other values; a version is then 1.</summary>
    public static async Task<Guid> CopyAsync(NpgsqlConnection database, string table, Guid original, Dictionary<string, JsonNode> changes, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        await using var command = new NpgsqlCommand($"insert into {table} select (jsonb_populate_record(null::{table}, to_jsonb(t) || $2::jsonb)).* from {table} t where id = $1", database);
        command.Parameters.AddWithValue(original);
        command.Parameters.AddWithValue(new JsonObject([new("id", id.ToString()), new("version", 1), .. changes.Select(change => KeyValuePair.Create(change.Key, (JsonNode?)change.Value))]).ToJsonString());
        if (await command.ExecuteNonQueryAsync(cancel) != 1) throw new InvalidOperationException($"No row to copy in {table}.");
        return id;
    }
}
