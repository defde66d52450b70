using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Organisation.People;
using Ronghe.Platform.Robots;
using Ronghe.Tests.Findings;
using Ronghe.Tests.Platform.Robots;

namespace Ronghe.Tests.Organisation.Robots;

/// <summary>Who may arrange which group's robot, and that nobody ever reads its address or secret again.</summary>
public sealed class RobotTests : IAsyncLifetime
{
    const string Secret = "SECnever-to-be-seen-again";

    readonly RobotsThere there = new();
    readonly RobotSettingsThere settings = new(Guid.CreateVersion7().ToString("N"), Secret);

    TestApp App => there.App;
    World World => there.World;

    public ValueTask InitializeAsync() => there.InitializeAsync();
    public ValueTask DisposeAsync() => there.DisposeAsync();

    object Settings(string title = "发电一部党支部群") => new { title, home = "https://ronghe.example/", kinds = new[] { "watch.found" }, isGathered = false, showsPlaces = false, quietFrom = "22:00:00", quietTo = "07:00:00", digestAt = "08:00:00", isOn = true };

    object Body(Guid id, Guid? node = null, string? address = null, string? secret = Secret) =>
        new { id, nodeId = node ?? World.OperationsBranch.Id, platform = "DingTalk", address = address ?? there.Double.DingTalk(settings), secret, settings = Settings() };

    async Task<HttpStatusCode> Post(Person person, object body) => (await (await App.ProgramOf(person)).CallAsync(HttpMethod.Post, "/api/v1/robots", body)).StatusCode;

    [Fact]
    public async Task A_secretary_arranges_his_own_branch_officers_the_plant_and_nobody_else_anything()
    {
        Assert.Equal(HttpStatusCode.Created, await Post(World.Zhou, Body(Guid.CreateVersion7())));
        Assert.Equal(HttpStatusCode.Created, await Post(World.Sun, Body(Guid.CreateVersion7(), World.BoilerCrew.Id)));
        Assert.Equal(HttpStatusCode.Created, await Post(World.Ma, Body(Guid.CreateVersion7(), World.Committee.Id)));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(World.Zhou, Body(Guid.CreateVersion7(), World.EquipmentBranch.Id)));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(World.Zhou, Body(Guid.CreateVersion7(), World.Plant.Id)));
        foreach (var person in new[] { World.Zhang, World.Zhao, World.Wu, World.Chen, World.Feng, World.Xu, World.Zheng }) Assert.Equal(HttpStatusCode.Forbidden, await Post(person, Body(Guid.CreateVersion7())));
        Assert.Equal(HttpStatusCode.NotFound, await Post(World.Ma, Body(Guid.CreateVersion7(), Guid.CreateVersion7())));
        foreach (var (person, count) in new[] { (World.Zhou, 1), (World.Sun, 3), (World.Ma, 3) }) Assert.Equal(count, (await Json(person, "/api/v1/robots")).GetArrayLength());
        var robot = (await Json(World.Zhou, "/api/v1/robots"))[0].GetProperty("id").GetGuid();
        var li = await App.SignInAs(World.Li);
        Assert.Equal(HttpStatusCode.NotFound, (await li.GetAsync($"/robots/{robot}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await App.ProgramOf(World.Li)).CallAsync(HttpMethod.Post, $"/api/v1/robots/{robot}/test")).StatusCode);
    }

    [Fact]
    public async Task Sent_twice_it_is_stored_once_and_a_stale_change_is_refused()
    {
        var (id, zhou) = (Guid.CreateVersion7(), await App.ProgramOf(World.Zhou));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Post(World.Zhou, Body(id)))), status => Assert.Equal(HttpStatusCode.Created, status));
        Assert.Equal(1, await App.InDatabase(db => db.GroupRobots.CountAsync()));
        Assert.Equal(HttpStatusCode.OK, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/robots/{id}/settings", new { version = 1, settings = Settings("新名字") })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/robots/{id}/settings", new { version = 1, settings = Settings() })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/robots/{id}/removal", new { version = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await zhou.CallAsync(HttpMethod.Post, $"/api/v1/robots/{id}/removal", new { version = 2 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await zhou.GetAsync($"/api/v1/robots/{id}")).StatusCode);
        var gone = await App.InDatabase(db => db.GroupRobots.SingleAsync());
        Assert.Equal((0, null, 0), (gone.Token.Length, gone.Secret, gone.AddressHash.Length));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/robot/send?access_token=0123456789abcdef"), InlineData("https://evil.example/robot/send?access_token=0123456789abcdef")]
    [InlineData("https://oapi.dingtalk.com@127.0.0.1/robot/send?access_token=0123456789abcdef"), InlineData("javascript:alert(1)"), InlineData("")]
    public async Task An_address_elsewhere_is_refused_beside_its_field_and_not_repeated(string address)
    {
        var visitor = await App.SignInAs(World.Zhou);
        var answer = await visitor.SubmitAsync("/robots/new", new { NodeId = World.OperationsBranch.Id.ToString(), Place__Platform = "DingTalk", Place__Address = address, Place__Secret = Secret, Form__Title = "群" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("没有保存", await answer.ProblemsAsync());
        Assert.DoesNotContain("0123456789abcdef", text);
        Assert.DoesNotContain(Secret, text);
        Assert.Equal(0, await App.InDatabase(db => db.GroupRobots.CountAsync()));
    }

    [Fact]
    public async Task Of_address_and_secret_nothing_comes_out_again_anywhere()
    {
        var log = new Lines();
        await using var beside = await App.StartBesideAsync(builder =>
        {
            there.Adjust(builder);
            builder.Services.AddSingleton<ILoggerProvider>(log);
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
        });
        var zhou = beside.Same(await App.SignInAs(World.Zhou));
        var added = await zhou.SubmitAsync("/robots/new", new { NodeId = World.OperationsBranch.Id.ToString(), Place__Platform = "DingTalk", Place__Address = there.Double.DingTalk(settings), Place__Secret = Secret, Form__Title = "支部群", Form__Kinds = "watch.found" });
        var page = added.Headers.Location!.ToString();
        var id = page.Split('/')[^1];
        var seen = new StringBuilder();
        async Task SeeAsync(HttpResponseMessage answer) => seen.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
        await SeeAsync(await zhou.SubmitAsync(page, handler: "Test", form: "form:has(button[formaction*=Test])"));
        Assert.Single(there.Double.Shown);
        await SeeAsync(await zhou.SubmitAsync(page, new { Place__Address = there.Double.DingTalk(settings), Place__Secret = "SECanother" }, "Address", "form:has(button[formaction*=Address])"));
        await SeeAsync(await zhou.SubmitAsync(page, handler: "Test", form: "form:has(button[formaction*=Test])"));
        Assert.Equal([310000], there.Double.Refused);
        foreach (var url in new[] { page, "/robots", $"/api/v1/robots/{id}", $"/api/v1/robots/{id}/messages", "/api/v1/robots" }) await SeeAsync(await zhou.GetAsync(url));
        await SeeAsync(await beside.Same(await App.SignInAs(World.Zheng)).GetAsync("/audit/journal"));
        var rows = await App.InDatabase(db => db.Journal.Where(row => row.SubjectKind == "robot").Select(row => row.Event + row.Data).ToListAsync());
        Assert.Equal(4, rows.Count);
        var stored = await App.InDatabase(db => db.Database.SqlQuery<string>($"""select (to_jsonb(r)::text || (select coalesce(string_agg(to_jsonb(m)::text, ''), '') from robot_messages m)) as "Value" from group_robots r""").ToListAsync(), asOwner: true);
        var everything = seen + string.Join('\n', rows) + string.Join('\n', stored) + log;
        Assert.Contains("310000", everything);
        foreach (var secret in new[] { settings.Token, Secret, "SECanother" }) Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(settings.Token[^4..], everything);
    }

    [Fact]
    public async Task The_page_shows_what_the_platform_really_said_and_sends_again_what_failed()
    {
        var id = await there.AddAsync(World.Zhou, World.OperationsBranch.Id, RobotPlatform.DingTalk, there.Double.DingTalk(settings), "SECwrong");
        var zhou = await App.SignInAs(World.Zhou);
        var answer = await zhou.SubmitAsync($"/robots/{id}", handler: "Test", form: "form:has(button[formaction*=Test])");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("310000", await answer.ProblemsAsync());
        Assert.Contains("加签密钥", await answer.ProblemsAsync());
        Assert.Contains("停发", (await zhou.ReadAsync("/robots")).Body!.TextContent);

        await zhou.SubmitAsync($"/robots/{id}", new { Place__Address = there.Double.DingTalk(settings), Place__Secret = Secret }, "Address", "form:has(button[formaction*=Address])");
        await there.TellAsync(World.OperationsBranch.Id, 1);
        there.Double.Always(1, http => http.Response.WriteAsync("""{"errcode":430102,"errmsg":"inappropriate"}"""));
        await there.SendAsync();
        var page = await zhou.ReadAsync($"/robots/{id}");
        Assert.Contains("没发成", page.Body!.TextContent);
        var again = page.QuerySelector("a[href*='again=']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.SubmitAsync(again.Split('#')[0], handler: "Again", form: "form:has(button[formaction*=Again])")).StatusCode);
        Assert.Equal(1, await there.SendAsync());
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_and_kept()
    {
        var id = await there.AddAsync(World.Zhou, World.OperationsBranch.Id, RobotPlatform.DingTalk, there.Double.DingTalk(settings), Secret);
        var zhou = await App.SignInAs(World.Zhou);
        foreach (var (field, value) in new[] { ("Form__Title", ""), ("Form__Title", new string('长', 41)), ("Form__Home", "ronghe.example"), ("Form__Home", "javascript:alert(1)"), ("Form__Home", "https://x.example/path"), ("Form__Kinds", "no.such"), ("Form__DigestAt", "") })
        {
            var answer = await zhou.SubmitAsync($"/robots/{id}", new Dictionary<string, string> { [field.Replace("__", ".")] = value }, "Save", "form:has(button[formaction*=Save])");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.NotEqual("", await answer.ProblemsAsync());
        }
        for (var i = 1; i < GroupRobot.MostPerNode; i++) Assert.Equal(HttpStatusCode.Created, await Post(World.Zhou, Body(Guid.CreateVersion7())));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Post(World.Zhou, Body(Guid.CreateVersion7())));
    }

    async Task<System.Text.Json.JsonElement> Json(Person person, string url) => await (await (await App.ProgramOf(person)).GetAsync(url)).JsonAsync();

    /// <summary>Every line of the log.</summary>
    sealed class Lines : ILoggerProvider, ILogger
    {
        readonly StringBuilder text = new();

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text) text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
        }

        public override string ToString()
        {
            lock (text) return text.ToString();
        }

        public void Dispose()
        {
        }
    }
}
