using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Watch;
using Ronghe.Safety.Zones;
using Ronghe.Tasks;
using Ronghe.Tests.Architecture;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Inspections;

/// <summary>
/// Whom 周志远 has drawn, nobody else can find out before he starts: every door that reads, with real ids filled in, answers everybody else
/// with the very same words whether 设备部 was drawn or 安全监察部.
/// </summary>
public partial class SpotCheckSecrecyTests
{
    sealed record Answer(HttpStatusCode Status, string Text);

    [Fact]
    public async Task Every_reading_door_answers_everybody_else_alike_whichever_unit_was_drawn()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        var check = await PlanAsync(app);
        var fill = await RecordsAsync(app, check);
        await DrawAsync(app, check);
        await app.FollowAsync();
        var addresses = (await Doors.OfAsync(app)).Where(door => door.Methods.Contains("GET") && !door.Route.StartsWith("/error", StringComparison.Ordinal))
            .SelectMany(door => fill.Of(door.Route)).Concat(Questions(world)).Distinct().ToList();
        Assert.Contains($"/inspections/{check}", addresses);
        var visitors = new List<(Person Person, Visitor Browser, Visitor Program)>();
        foreach (var person in world.People.Where(person => person != world.Zhou)) visitors.Add((person, await app.SignInAs(person), await app.ProgramOf(person)));
        var nodes = await app.InDatabase(db => db.Nodes.Select(node => node.Id.ToString()).ToHashSetAsync());

        // Two walks of all doors with one draw each. What differs is asked again: twice with the same draw, which shows what changes by itself, and once with the other.
        await DrawnAsync(app, check, world.Equipment.Id);
        var first = await WalkAsync(visitors, addresses, nodes);
        await DrawnAsync(app, check, world.Safety.Id);
        var second = await WalkAsync(visitors, addresses, nodes);
        var doubtful = first.Keys.Where(door => first[door] != second[door]).Select(door => door.Address).Distinct().ToList();
        await DrawnAsync(app, check, world.Equipment.Id);
        var (one, again) = (await WalkAsync(visitors, doubtful, nodes), await WalkAsync(visitors, doubtful, nodes));
        await DrawnAsync(app, check, world.Safety.Id);
        var other = await WalkAsync(visitors, doubtful, nodes);

        string[] marks = [world.Equipment.Id.ToString(), world.Equipment.Name, world.Safety.Id.ToString(), world.Safety.Name];
        var told = from door in one.Keys
                   where one[door] == again[door] ? other[door] != again[door] : marks.Any(mark => Count(other[door].Text, mark) != Count(again[door].Text, mark))
                   select $"{door.Person} at {door.Address}";
        Assert.Empty(told);
        // Nearly all doors answer alike by themselves, or the comparison would say nothing.
        Assert.True(one.Count(door => door.Value != again[door.Key]) < first.Count * 0.03, string.Join('\n', one.Keys.Where(door => one[door] != again[door]).Select(door => door.Address).Distinct()));
        Assert.True(first.Values.Count(answer => answer.Status == HttpStatusCode.OK) > first.Count / 3);

        var zhou = await app.SignInAs(world.Zhou);
        Assert.Contains($"抽到：{world.Safety.Name}", (await zhou.ReadAsync($"/inspections/{check}")).Body!.TextContent);

        // The comparison would see it: were the drawn unit written into the inspection itself, as before a start it must not be, planner and department would read it.
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"update inspections set unit_id = {world.Safety.Id} where id = {check}"), asOwner: true);
        var leaking = await WalkAsync(visitors, ["/inspections", $"/api/v1/inspections/{check}"], nodes);
        foreach (var name in new[] { world.Qian.Name, world.Sun.Name }) Assert.True(Count(leaking[(name, "/inspections")].Text, world.Safety.Name) > Count(second[(name, "/inspections")].Text, world.Safety.Name));
    }

    [Fact]
    public async Task Neither_log_nor_journal_nor_its_export_tells_what_was_drawn()
    {
        var said = new ConcurrentQueue<string>();
        await using var app = await TestApp.StartAsync(builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Listening(said)));
        var check = await PlanAsync(app);
        var zhou = await app.SignInAs(app.World.Zhou);
        said.Clear();
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync($"/inspections/{check}", handler: "Draw", form: "aside form")).StatusCode);
        var target = await app.InDatabase(db => db.SpotCheckDraws.Select(draw => draw.UnitId).SingleAsync());
        var name = await app.InDatabase(db => db.Units.Where(unit => unit.Id == target).Select(unit => unit.Name).SingleAsync());
        Assert.Contains($"抽到：{name}", (await zhou.ReadAsync($"/inspections/{check}")).Body!.TextContent);
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, line => line.Contains(target.ToString(), StringComparison.OrdinalIgnoreCase) || line.Contains(name, StringComparison.Ordinal));

        await app.FollowAsync();
        var journal = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == check).Select(row => new { row.Data, row.NodeId }).ToListAsync());
        Assert.Equal(2, journal.Count);
        Assert.DoesNotContain(target.ToString(), string.Join(' ', journal));
        Assert.DoesNotContain(target.ToString(), await app.InDatabase(async db => string.Join(' ', await db.Notices.Select(notice => notice.Text + notice.Href).ToListAsync())));
        await using var scope = app.Services.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync();
        using var file = new MemoryStream();
        await JournalFile.WriteAsync(file, reading.RowsAsync(CancellationToken.None), await reading.SealsAsync(CancellationToken.None), app.Clock.GetUtcNow());
        file.Position = 0;
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var rows = (await lines.ReadToEndAsync()).Split('\n').Where(line => line.Contains(check.ToString(), StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.DoesNotContain(rows, line => line.Contains(target.ToString(), StringComparison.Ordinal));
    }

    static async Task<Guid> PlanAsync(TestApp app)
    {
        var id = Guid.CreateVersion7();
        await app.InDatabase(async db => { await ChecklistPack.LoadAsync(db, Program.ContentFolder); return true; });
        await app.AsAsync(app.World.Qian, services => services.GetRequiredService<InspectionActions>()
            .PlanAsync(id, new(InspectionKind.SpotCheck, "11 月抽查", null, null, app.World.Zhou.Id, new(2026, 11, 20), [new(app.World.Wang.Id, TeamRole.Recorder)]), "CK16"));
        return id;
    }

    static Task DrawAsync(TestApp app, Guid check) => app.AsAsync(app.World.Zhou, services => services.GetRequiredService<SpotChecks>().DrawAsync(check, 1));

    /// <summary>As if chance had drawn this one; everything else stays as it is.</summary>
    static Task DrawnAsync(TestApp app, Guid check, Guid unit) => app.InDatabase(db => db.Database.ExecuteSqlAsync($"update spot_check_draws set unit_id = {unit} where inspection_id = {check}"), asOwner: true);

    static async Task<Dictionary<(string Person, string Address), Answer>> WalkAsync(List<(Person Person, Visitor Browser, Visitor Program)> visitors, List<string> addresses, HashSet<string> nodes)
    {
        var answers = new ConcurrentDictionary<(string, string), Answer>();
        await Parallel.ForEachAsync(visitors, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (visitor, _) =>
        {
            foreach (var address in addresses)
            {
                var answer = await (address.StartsWith("/api/", StringComparison.Ordinal) ? visitor.Program : visitor.Browser).GetAsync(address);
                answers[(visitor.Person.Name, address)] = new(answer.StatusCode, Still(await TextAsync(answer), nodes));
            }
        });
        return new(answers);
    }

    static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Set-Cookie" or "Date" or "Content-Length" or "Last-Modified")).OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {string.Join(' ', header.Value)}"));
        var content = await answer.Content.ReadAsByteArrayAsync();
        if (content is not [(byte)'P', (byte)'K', ..]) return headers + "\n" + Encoding.UTF8.GetString(content);
        using var zip = new ZipArchive(new MemoryStream(content));
        var parts = new StringBuilder(headers);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            parts.Append('\n').Append(entry.FullName).Append('\n').Append(await reader.ReadToEndAsync());
        }
        return parts.ToString();
    }

    /// <summary>Without tokens and ids made for this one answer; ids of units and organisations stay, for one of them is the secret.</summary>
    static string Still(string text, HashSet<string> nodes) =>
        Token().Replace(Id().Replace(text, match => nodes.Contains(match.Value.ToLowerInvariant()) ? match.Value : "id"), "token");

    static int Count(string text, string word)
    {
        var count = 0;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex(@"CfDJ8[\w\-]+|nonce[\-=]""?[\w+/=]+|[0-9a-f]{32}")]
    private static partial Regex Token();

    /// <summary>What people ask to find out: words, filters, units.</summary>
    static IEnumerable<string> Questions(World world) =>
    [
        "/search?q=抽查", $"/search?q={world.Equipment.Name}", $"/search?q={world.Safety.Name}", "/inspections?kind=SpotCheck", "/inspections?status=Planned", "/api/v1/inspections?kind=spotCheck",
        $"/findings?unit={world.Equipment.Id}", $"/findings?unit={world.Safety.Id}", "/pickers/units?q=部", "/pickers/units?q=sbb", "/audit/journal?kind=inspection", "/api/v1/audit/journal?kind=inspection",
        "/notices?all=true", "/watch/board?branch=all", "/findings?source=SpotCheck&status=Reported",
    ];

    /// <summary>One record of each kind that exists, so that doors to single records open.</summary>
    static async Task<Filling> RecordsAsync(TestApp app, Guid check)
    {
        var world = app.World;
        var finding = await app.ReportAsync(world.Liu, "护栏松动", world.CoalFeeder.Id);
        await app.AssignAsync(finding);
        var (zone, task) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.AsAsync(world.Sun, async services =>
        {
            await services.GetRequiredService<ZoneActions>().CreateAsync(zone, new("锅炉房责任区", world.Equipment.Id, null, [], "每周 1 次", Outline.None, [world.BoilerHouse.Id]));
            await services.GetRequiredService<ZoneActions>().AppointAsync(zone, 1, world.He.Id, ZoneRole.Lead, app.Clock.Today(), null);
            await services.GetRequiredService<TaskActions>().GiveAsync(task, new("补围栏", "", world.Liu.Id, app.Clock.Today().AddDays(9)));
        });
        await app.InDatabase(async db =>
        {
            foreach (var person in new[] { world.Zhou, world.Chen, world.Wang }) db.Memberships.Add(new Membership(world.Company.Id, person.Id, world.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            return await db.SaveChangesAsync();
        });
        await app.AsAsync(world.Zhou, services => services.GetRequiredService<WatchActions>().DrawAsync(world.OperationsBranch.Id, 2));
        var week = await app.InDatabase(db => db.WatchWeeks.Select(one => one.Id).FirstAsync());
        var told = await app.InDatabase(db => db.Notices.Select(one => one.Id.ToString()).Take(3).ToListAsync());
        var rows = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == check).Select(row => row.Seq.ToString()).ToListAsync());
        string[] units = [world.Equipment.Id.ToString(), world.Safety.Id.ToString(), world.Plant.Id.ToString()];
        return new(new()
        {
            ["inspections"] = [check.ToString()], ["findings"] = [finding.ToString()], ["zones"] = [zone.ToString()], ["tasks"] = [task.ToString()],
            ["watch"] = [week.ToString()], ["units"] = units, ["people"] = [world.Sun.Id.ToString(), world.Li.Id.ToString()], ["accounts"] = [world.Li.Id.ToString()], ["places"] = [world.BoilerHouse.Id.ToString()],
            ["checklists"] = ["CK16"], ["notices"] = [.. told, check.ToString()], ["journal"] = [.. rows], ["lists"] = ["findings"], ["jobs"] = ["send-morning-digest"], ["duties"] = ["D01"], ["pickers"] = ["units", "people", "places"],
        });
    }

    /// <summary>Addresses of a route, by the records of the kind that it names; what is left open is an id that nothing has.</summary>
    sealed partial class Filling(Dictionary<string, string[]> records)
    {
        public IEnumerable<string> Of(string route)
        {
            if (!route.Contains('{', StringComparison.Ordinal)) return [route];
            if (route.Contains("{documentName}", StringComparison.Ordinal)) return [route.Replace("{documentName}", "v1", StringComparison.Ordinal)];
            var kind = route.Split('/').TakeWhile(part => !part.StartsWith('{')).LastOrDefault(records.ContainsKey);
            var first = kind is null ? [Guid.Empty.ToString()] : records[kind];
            return first.Select(id => Parameter().Replace(Parameter().Replace(route, id, 1), Guid.Empty.ToString()));
        }

        [GeneratedRegex(@"\{[^}]*\}")]
        private static partial Regex Parameter();
    }

    /// <summary>Hears every line that the product logs, with what is put into it.</summary>
    sealed class Listening(ConcurrentQueue<string> said) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Ear(said);

        public void Dispose() { }

        sealed class Ear(ConcurrentQueue<string> said) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull
            {
                said.Enqueue(state.ToString() ?? "");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => said.Enqueue(formatter(state, exception) + exception);
        }
    }
}
