using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Demo;
using Ronghe.Organisation.Counts;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Tests.Platform.Journal;

namespace Ronghe.Tests.Demo;

/// <summary>The demo plant's loader, with a short story: what an interruption leaves behind, and whose data it never touches.</summary>
public sealed class DemoLoaderTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly TestFolder _folder = new();
    DemoLoader _loader = null!;

    public async ValueTask InitializeAsync()
    {
        var address = await TestServer.FreshDatabaseAsync();
        var settings = new JsonObject { ["Ronghe"] = new JsonObject { ["Database"] = address.Owner } };
        await File.WriteAllTextAsync(_folder["settings.json"], settings.ToJsonString(), Cancel);
        _loader = new DemoLoader(Program.Build, new DemoContent(ShortStory()));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_load_that_broke_off_is_cleared_and_done_anew_on_the_next_start()
    {
        await Assert.ThrowsAsync<IOException>(() => LoadAsync(what => what == "开通演示账号"));
        await InDatabaseAsync(async db =>
        {
            Assert.Equal((480, 0), (await db.People.CountAsync(Cancel), await db.Users.CountAsync(Cancel)));
            Assert.False((await db.DemoMarks.SingleAsync(Cancel)).IsFinished);
        });
        var halfBuilt = await Assert.ThrowsAsync<Refusal>(() => OpenAsync(isDemo: false));
        Assert.Contains("serve --demo", halfBuilt.Message);

        var lines = await LoadAsync();

        Assert.Equal(DemoAccounts.Roles.Length + 1, lines.Count);
        var (people, journal) = (Array.Empty<Guid>(), 0);
        await InDatabaseAsync(async db =>
        {
            people = await db.People.OrderBy(person => person.Id).Select(person => person.Id).ToArrayAsync(Cancel);
            Assert.Equal((480, DemoAccounts.Roles.Length), (people.Length, await db.Users.CountAsync(Cancel)));
            Assert.True((await db.DemoMarks.SingleAsync(Cancel)).IsFinished);
            Assert.Equal(162, await db.Findings.CountAsync(Cancel));
            Assert.Equal(1, await db.Journal.MinAsync(row => row.Seq, Cancel));
            Assert.Equal(2, await db.Journal.CountAsync(row => row.Event == "finding.reported", Cancel));
            Assert.True(await db.HazardCategories.AnyAsync(Cancel));
            journal = await db.Journal.CountAsync(Cancel);
        });

        Assert.Equal(lines, await LoadAsync());
        await InDatabaseAsync(async db =>
        {
            Assert.Equal(people, await db.People.OrderBy(person => person.Id).Select(person => person.Id).ToArrayAsync(Cancel));
            Assert.Equal(journal, await db.Journal.CountAsync(Cancel));
        });
        await using var open = await OpenAsync(isDemo: false);
        await EveryEventHasWordsAsync(open.Services);
        await JournalAndCountsHoldAsync(open.Services);
    }

    /// <summary>The demo goes through every import and most acts: what it wrote must verify, and every word of it must be in the catalogue.</summary>
    static async Task JournalAndCountsHoldAsync(IServiceProvider services)
    {
        await services.GetServices<Follower>().CatchUpAsync(services);
        await using var scope = services.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync(Cancel);
        var seals = await new SealWalk(await reading.SealsAsync(Cancel), []).RunAsync(reading.RowsAsync(Cancel));
        Assert.Empty(seals.Problems);
        Assert.True(seals.Sealed > 700, $"{seals.Sealed} rows are sealed");
        var records = await scope.ServiceProvider.GetRequiredService<RecordCheck>().RunAsync(cancel: Cancel);
        Assert.Empty(records.Problems);
        Assert.Equal(0, records.Uncovered);
        Assert.True(records.Compared > 1000, $"{records.Compared} records were compared");
        Assert.Equal(0, (await scope.ServiceProvider.GetRequiredService<CountCheck>().RunAsync(Cancel)).Wrong);
    }

    static async Task EveryEventHasWordsAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var catalogue = scope.ServiceProvider.GetRequiredService<JournalCatalogue>();
        var events = await scope.ServiceProvider.GetRequiredService<AppDb>().Journal.Select(row => new { row.SubjectKind, row.Event }).Distinct().ToListAsync(Cancel);
        Assert.DoesNotContain(events, e => catalogue.Of(e.SubjectKind) is null || catalogue.EventOf(e.SubjectKind, e.Event) == e.Event);
    }

    [Fact]
    public async Task Real_data_are_left_alone_and_get_no_mark()
    {
        await InDatabaseAsync(async db =>
        {
            db.Units.Add(new Unit(UnitKind.Plant, "10", "正式电厂", null));
            await db.SaveChangesAsync(Cancel);
        });
        Assert.Contains("正式数据", Assert.Single(await LoadAsync()));
        await InDatabaseAsync(async db => Assert.Equal((1, 0, false), (await db.Nodes.CountAsync(Cancel), await db.People.CountAsync(Cancel), await db.DemoMarks.AnyAsync(Cancel))));
        Assert.False(File.Exists(_folder[DemoAccounts.FileName]));
    }

    [Fact]
    public async Task What_people_have_signed_in_to_is_not_cleared_however_it_is_marked()
    {
        await InDatabaseAsync(async db =>
        {
            var account = new Account { PersonId = Guid.CreateVersion7() };
            db.AddRange(new DemoMark(Now), account, new SignInSession(account.Id, Now, "手机", "10.0.0.1"), new Unit(UnitKind.Plant, "10", "用过的电厂", null));
            await db.SaveChangesAsync(Cancel);
        });
        Assert.Contains("已经有人登录", (await Assert.ThrowsAsync<Refusal>(() => LoadAsync())).Message);
        await InDatabaseAsync(async db => Assert.Equal((1, 1), (await db.Nodes.CountAsync(Cancel), await db.Users.CountAsync(Cancel))));
    }

    /// <param name="dies">Where the process dies, by what it was about to do.</param>
    async Task<IReadOnlyList<string>> LoadAsync(Func<string, bool>? dies = null)
    {
        await using var product = await OpenAsync(isDemo: true);
        await using var scope = product.Services.CreateAsyncScope();
        return await _loader.EnsureAsync(scope.ServiceProvider, Now, (what, _) =>
        {
            if (dies?.Invoke(what) == true) throw new IOException("Killed.");
        }, Cancel);
    }

    Task<OpenProduct> OpenAsync(bool isDemo) => Program.Product.OpenAsync(new Deployment(_folder.Path, isDemo), LogStyle.Plain, cancel: Cancel);

    async Task InDatabaseAsync(Func<AppDb, Task> look)
    {
        await using var product = await OpenAsync(isDemo: true);
        await using var scope = product.Services.CreateAsyncScope();
        await look(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    /// <summary>The plant's own workbooks with two findings instead of a year of them.</summary>
    string ShortStory()
    {
        var (from, to) = (Path.Combine(Program.ContentFolder, "demo"), Directory.CreateDirectory(_folder["content/demo"]).FullName);
        foreach (var workbook in Directory.EnumerateFiles(from, "*.xlsx")) File.Copy(workbook, Path.Combine(to, Path.GetFileName(workbook)));
        File.WriteAllText(Path.Combine(to, "story.json"), """{ "events": [] }""");
        File.WriteAllText(Path.Combine(to, "safety.json"), "{}");
        File.WriteAllText(Path.Combine(to, "meetings.json"), """{ "branch": "发电一部党支部", "secretary": "000310", "recorder": "000390", "meetings": [] }""");
        var recent = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "recent.json")))!;
        var findings = recent["findings"]!.AsArray();
        while (findings.Count > 2) findings.RemoveAt(2);
        File.WriteAllText(Path.Combine(to, "recent.json"), recent.ToJsonString());
        return _folder["content"];
    }
}
