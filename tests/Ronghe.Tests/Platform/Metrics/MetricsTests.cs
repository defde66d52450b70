using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Platform;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Metrics;

public class MetricsTests
{
    const string Token = "long-enough-token-of-the-collector";

    [Fact]
    public async Task Requests_are_counted_by_the_template_of_their_route_and_by_nothing_that_grows_without_end()
    {
        await using var app = await TestApp.StartAsync();
        var feng = await app.SignInAs(app.World.Feng);
        foreach (var person in new[] { app.World.Wang, app.World.Zhang }) await feng.ReadAsync($"/people/{person.Id}");
        var text = await ScrapeAsync(app.Stranger());
        var line = Assert.Single(Lines(text, "http_server_request_duration_seconds_count"), line => line.Contains("http_route=\"people/{id:guid}\"", StringComparison.Ordinal));
        Assert.EndsWith(" 2", line);
        Assert.DoesNotContain(app.World.Wang.Id.ToString(), text);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text);
        Assert.Contains(Lines(text, "http_server_request_duration_seconds_bucket"), bucket => bucket.Contains("le=\"+Inf\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_database_pool_and_the_process_are_there()
    {
        await using var app = await TestApp.StartAsync();
        await (await app.SignInAs(app.World.Feng)).ReadAsync("/me");
        var text = await ScrapeAsync(app.Stranger());
        Assert.NotEmpty(Lines(text, "db_client_connection_count"));
        Assert.NotEmpty(Lines(text, "dotnet_process_memory_working_set_bytes"));
        Assert.NotEmpty(Lines(text, "dotnet_gc_collections_total"));
    }

    [Fact]
    public async Task A_wrong_password_is_counted()
    {
        await using var app = await TestApp.StartAsync();
        await app.Stranger().SubmitAsync("/sign-in", new { Number = "000481", Password = "falsch" });
        Assert.EndsWith(" 1", Assert.Single(Lines(await ScrapeAsync(app.Stranger()), "ronghe_sign_in_failures_total")));
    }

    [Fact]
    public async Task A_run_of_a_job_is_measured_with_its_outcome()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            builder.Configuration[JobNode.SettingsKey] = "on";
            builder.Services.AddSingleton(new RecurringJob("measured", "", "", JobTime.Every(TimeSpan.FromHours(1)), (_, _) => throw new Refusal("不行。")));
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        async Task<List<string>> RunsAsync() =>
            [.. Lines(await ScrapeAsync(app.Stranger()), "ronghe_job_duration_seconds_count").Where(line => line.Contains("job=\"measured\"", StringComparison.Ordinal))];
        while ((await RunsAsync()).Count == 0) await Task.Delay(100, limit.Token);
        Assert.EndsWith("{job=\"measured\",outcome=\"failed\"} 1", Assert.Single(await RunsAsync()));
    }

    [Fact]
    public async Task How_far_each_follower_is_behind_is_told_in_rows_and_seconds()
    {
        await using var app = await TestApp.StartAsync();
        var watch = app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<FollowerWatch>().Single();
        await app.FollowAsync();
        await UntilToldAsync(0, 0);
        await app.ReportAsync(app.World.Wang, "护栏松动", app.World.FeedPump.Id);
        await app.ReportAsync(app.World.Wang, "阀门渗漏", app.World.FeedPump.Id);
        app.Clock.Pass(TimeSpan.FromSeconds(90));
        // The older of the two was written a second before the other.
        await UntilToldAsync(2, 91);
        await app.FollowAsync();
        await UntilToldAsync(0, 0);

        // The product looks as well, now and then; what it shows may be a moment old.
        async Task UntilToldAsync(double rows, double seconds)
        {
            var told = (Rows: -1.0, Seconds: -1.0);
            for (var tries = 0; tries < 50 && told != (rows, seconds); tries++)
            {
                await watch.LookAsync();
                var text = await ScrapeAsync(app.Stranger());
                told = (Told(text, "ronghe_journal_waiting"), Told(text, "ronghe_journal_lag_seconds"));
            }
            Assert.Equal((rows, seconds), told);
        }

        static double Told(string text, string name) => double.Parse(
            Assert.Single(Lines(text, name), line => line.Contains($"follower=\"{Sealer.Follower.Name}\"", StringComparison.Ordinal)).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Only_this_machine_or_a_collector_with_the_token_gets_in()
    {
        await using var app = await TestApp.StartAsync(builder => builder.Configuration["Ronghe:Metrics:Token"] = Token);
        Assert.Equal(HttpStatusCode.OK, (await app.Stranger().GetAsync("/metrics")).StatusCode);
        var elsewhere = app.Stranger();
        elsewhere.Address = "10.0.0.7";
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync("/metrics")).StatusCode);
        elsewhere.Bearer = Token + "x";
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync("/metrics")).StatusCode);
        elsewhere.Bearer = Token;
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/metrics")).StatusCode);
        var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Stranger().SendAsync(proxied)).StatusCode);
    }

    [Fact]
    public async Task Without_a_token_in_the_settings_no_token_opens()
    {
        await using var app = await TestApp.StartAsync();
        var elsewhere = app.Stranger();
        (elsewhere.Address, elsewhere.Bearer) = ("10.0.0.7", "");
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task What_a_capability_measures_appears_and_what_would_break_the_text_is_escaped()
    {
        await using var app = await TestApp.StartAsync();
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Ronghe.Test");
        meter.CreateObservableGauge("ronghe.test.lag", () => new Measurement<double>(2.5, new KeyValuePair<string, object?>("who", "a\"b\\c\nd")), "s", "Zeile eins\nzwei");
        var text = await ScrapeAsync(app.Stranger());
        Assert.Contains("# HELP ronghe_test_lag_seconds Zeile eins\\nzwei\n# TYPE ronghe_test_lag_seconds gauge\nronghe_test_lag_seconds{who=\"a\\\"b\\\\c\\nd\"} 2.5\n", text);
    }

    [Fact]
    public async Task Metrics_and_traces_go_to_the_collector_that_is_named()
    {
        var seen = new ConcurrentDictionary<string, int>();
        await using var collector = await CollectorAsync(seen);
        await using (var app = await TestApp.StartAsync(builder =>
        {
            builder.Configuration["Ronghe:Otlp"] = collector.Urls.Single();
            builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        })) await (await app.SignInAs(app.World.Feng)).ReadAsync("/me");
        Assert.True(seen.ContainsKey("/v1/metrics") && seen.ContainsKey("/v1/traces"), string.Join(' ', seen.Keys));
    }

    [Fact]
    public async Task An_address_of_a_collector_that_is_none_is_refused_at_the_start() =>
        Assert.Contains("Ronghe:Otlp", (await Assert.ThrowsAsync<Refusal>(() => TestApp.StartAsync(builder => builder.Configuration["Ronghe:Otlp"] = "not an address"))).Message);

    static async Task<string> ScrapeAsync(Visitor collector)
    {
        var answer = await collector.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    static List<string> Lines(string text, string name) => [.. text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))];

    static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, int> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort()}");
        var collector = builder.Build();
        collector.MapPost("/{**path}", (HttpContext http) => { seen.AddOrUpdate(http.Request.Path, 1, (_, n) => n + 1); });
        await collector.StartAsync();
        return collector;
    }

    static int FreePort()
    {
        while (true)
            try
            {
                using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Taken: another one.
            }
    }
}
