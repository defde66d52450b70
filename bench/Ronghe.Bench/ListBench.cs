using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;

namespace Ronghe.Bench;

/// <summary>
/// The findings list at 1,000,000 rows (a plant's subtree, one state, 50 rows) as HTML, signed in, against a bare endpoint that
/// sends the very same SQL through Npgsql, writes JSON and checks nothing.
/// </summary>
static class ListBench
{
    const int Rounds = 5, Seconds = 6, WarmUp = 25, Connections = 16;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        var region = new Region(address.Owner);
        await region.FillAsync();
        await region.DivideAsync();
        // How much lies in which unit is known from what search keeps.
        await using (var db = AppDb.Open(address.App)) await FindingIndexing.FillAsync(db);
        await Sql.RunAsync(address.Owner, "vacuum analyze findings, finding_words, node_closure");
        await using var product = await Host.StartAsync(address, stage.Folder, 18341);
        var ok = await CompareAsync("findings list, 1,000,000 rows, HTML signed in", product.Services, address.App, region.AccountId, region.SessionId, region.Plant, 18342);
        return ok & await CompareAsync($"the same of a region of {Region.UnitsOfPart:N0} units", product.Services, address.App, region.PartAccountId, region.PartSessionId, region.Part, 18344);
    }

    static async Task<bool> CompareAsync(string what, IServiceProvider services, string app, Guid account, Guid session, Guid unit, int port)
    {
        var sql = await CaptureAsync(services, session, unit);
        await using var bare = await StartBareAsync(app, sql, port);
        var (page, baseline) = ($"http://127.0.0.1:18341/findings?unit={unit}&status=Assigned", $"http://127.0.0.1:{port}/");
        var header = Host.SignedIn(services, account, session);
        var (ours, theirs) = (new List<double>(), new List<double>());
        // Until the compiler has settled, which takes it most of a minute of work on two cores.
        await WrkAsync(page, header, WarmUp);
        await WrkAsync(baseline, null, WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await WrkAsync(page, header, Seconds));
            theirs.Add(await WrkAsync(baseline, null, Seconds));
        }
        var (a, b) = (ours.Order().ElementAt(Rounds / 2), theirs.Order().ElementAt(Rounds / 2));
        return Line.Print(what, $"{a:0} req/s", $"{b:0} req/s", a / b, ">= 0.50", a / b >= 0.5);
    }

    /// <summary>The command that the product itself sends for this list.</summary>
    static async Task<NpgsqlCommand> CaptureAsync(IServiceProvider services, Guid session, Guid unit)
    {
        await using var scope = services.CreateAsyncScope();
        var me = await scope.ServiceProvider.GetRequiredService<MeQuery>().BySessionAsync(session);
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me!);
        var query = scope.ServiceProvider.GetRequiredService<FindingQueries>();
        var command = (NpgsqlCommand)(await query.FirstPageAsync(new FindingFilter { Unit = unit, Status = FindingStatus.Assigned })).CreateDbCommand();
        var copy = new NpgsqlCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters) copy.Parameters.Add(parameter.Clone());
        return copy;
    }

    static async Task<WebApplication> StartBareAsync(string connectionString, NpgsqlCommand sql, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var source = new NpgsqlSlimDataSourceBuilder(DataSetup.Tuned(connectionString)).EnableArrays().Build();
        app.MapGet("/", async context =>
        {
            await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
            await using var command = new NpgsqlCommand(sql.CommandText, connection);
            foreach (NpgsqlParameter parameter in sql.Parameters) command.Parameters.Add(parameter.Clone());
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            json.WriteStartArray();
            while (await reader.ReadAsync(context.RequestAborted)) WriteRow(json, reader);
            json.WriteEndArray();
        });
        await app.StartAsync();
        return app;
    }

    static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        json.WriteStartArray();
        for (var i = 0; i < reader.FieldCount; i++)
            switch (reader.IsDBNull(i) ? null : reader.GetValue(i))
            {
                case null: json.WriteNullValue(); break;
                case string text: json.WriteStringValue(text); break;
                case Guid id: json.WriteStringValue(id); break;
                case DateTime at: json.WriteStringValue(at); break;
                case bool flag: json.WriteBooleanValue(flag); break;
                case int number: json.WriteNumberValue(number); break;
                case var other: json.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture)); break;
            }
        json.WriteEndArray();
    }

    static async Task<double> WrkAsync(string url, string? header, int seconds)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (var word in (string[])["-t1", $"-c{Connections}", $"-d{seconds}s", .. header is null ? Array.Empty<string>() : ["-H", header], url]) start.ArgumentList.Add(word);
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx")) throw new InvalidOperationException($"{url} does not answer 200:\n{output}");
        var line = output.Split('\n').First(l => l.StartsWith("Requests/sec", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
