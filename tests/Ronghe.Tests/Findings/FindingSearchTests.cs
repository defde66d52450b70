using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.People;
using Ronghe.Platform.Search;

namespace Ronghe.Tests.Findings;

/// <summary>Finding a finding by what it says: in the list, on the search page, by whoever may see it and by nobody else.</summary>
public class FindingSearchTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    async Task<List<Guid>> FoundBy(Person person, FindingFilter filter) => await app.AsAsync(person, async services =>
        (await services.GetRequiredService<FindingQueries>().ListAsync(filter)).Rows.Select(row => row.Id).ToList());

    Task<List<Guid>> FoundBy(Person person, string text) => FoundBy(person, new FindingFilter { Text = text, Limit = 200 });

    [Fact]
    public async Task A_finding_is_found_by_two_characters_pinyin_place_and_number_in_the_very_next_request()
    {
        var id = await app.ReportAsync(World.Wang, "挡板卡涩，励磁小室", World.FeedPump.Id);
        var number = await app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => f.Number).SingleAsync());
        foreach (var text in new[] { "卡涩", "励磁", "dangban", "给水泵", "挡板 给水", number, number[..^1], number[3..] })
            Assert.Contains(id, await FoundBy(World.Sun, text));
        foreach (var text in new[] { "涩卡", "励磁 叶轮", "", " ", "，。", "%", "_", "'; drop table findings; --", "🔥", new string('卡', 5000), "\u0001" })
            if (!string.IsNullOrWhiteSpace(text)) Assert.DoesNotContain(id, await FoundBy(World.Sun, text));
    }

    [Fact]
    public async Task Only_those_find_it_who_may_see_it_however_it_comes_to_them()
    {
        var id = await app.ReportAsync(World.Zhang, "省煤器吹灰异响", World.CoalFeeder.Id);
        Assert.Contains(id, await FoundBy(World.Zhang, "吹灰"));
        Assert.Contains(id, await FoundBy(World.Li, "吹灰"));
        foreach (var stranger in new[] { World.Wu, World.Chen, World.Liu }) Assert.DoesNotContain(id, await FoundBy(stranger, "吹灰"));
        await app.AssignAsync(id);
        Assert.Contains(id, await FoundBy(World.Liu, "吹灰"));
        Assert.Contains(id, await FoundBy(World.He, "吹灰"));
        Assert.DoesNotContain(id, await FoundBy(World.Wu, "吹灰"));
        Assert.DoesNotContain(id, await FoundBy(World.Wu, new FindingFilter { Text = "吹灰", Unit = World.Equipment.Id }));
        Assert.Contains(id, await FoundBy(World.Sun, new FindingFilter { Text = "吹灰", Unit = World.Equipment.Id }));
        Assert.DoesNotContain(id, await FoundBy(World.Sun, new FindingFilter { Text = "吹灰", Unit = World.Operations.Id }));
    }

    [Fact]
    public async Task When_a_unit_moves_the_next_search_follows()
    {
        await using var own = await TestApp.StartAsync();
        var world = own.World;
        async Task<bool> Finds(Person person) => await own.AsAsync(person, async services =>
            (await services.GetRequiredService<FindingQueries>().ListAsync(new() { Text = "吹灰" })).Rows.Count == 1);
        var id = await own.ReportAsync(world.Zhang, "省煤器吹灰异响", world.CoalFeeder.Id);
        await own.AssignAsync(id);
        Assert.Equal((true, false), (await Finds(world.Li), await Finds(world.Wu)));
        var version = await own.InDatabase(db => db.Nodes.Where(n => n.Id == world.BoilerCrew.Id).Select(n => n.Version).SingleAsync());
        await own.AsAsync(world.Feng, services => services.GetRequiredService<TreeActions>().MoveAsync(world.BoilerCrew.Id, world.Operations.Id, version));
        Assert.Equal((false, true), (await Finds(world.Li), await Finds(world.Wu)));
        Assert.True(await Finds(world.Zhang));
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"delete from node_closure"));
        await own.AsAsync(world.Feng, services => services.GetRequiredService<TreeClosure>().RebuildAsync(world.Company.Id));
        Assert.Equal((false, true), (await Finds(world.Li), await Finds(world.Wu)));
    }

    /// <summary>With statistics the database is known to be small, and those within reach are read one by one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_a_search_follow_each_other_in_both_directions_over_years(bool hasStatistics)
    {
        await using var own = await TestApp.StartAsync();
        var ids = new List<Guid>();
        foreach (var days in new[] { 0, 0, 0, 1, 6, 9, 30, 50, 200, 400, 500, 900, 2 })
        {
            own.Clock.Pass(TimeSpan.FromDays(days));
            ids.Insert(0, await own.ReportAsync(own.World.Zhang, "护栏松动", own.World.FeedPump.Id));
            await own.ReportAsync(own.World.Zhang, "阀门渗漏", own.World.FeedPump.Id);
        }
        if (hasStatistics) await own.InDatabase(db => db.Database.ExecuteSqlAsync($"analyze findings, finding_words"), asOwner: true);
        await own.AsAsync(own.World.Sun, async services =>
        {
            var queries = services.GetRequiredService<FindingQueries>();
            var (forth, back) = (new List<Guid>(), new List<Guid>());
            var page = await queries.ListAsync(new() { Text = "护栏", Limit = 4 });
            while (true)
            {
                forth.AddRange(page.Rows.Select(row => row.Id));
                if (page.Next is null) break;
                page = await queries.ListAsync(new() { Text = "护栏", Limit = 4, After = page.Next });
            }
            Assert.Equal(ids, forth);
            while (page.Previous is not null)
            {
                page = await queries.ListAsync(new() { Text = "护栏", Limit = 4, Before = page.Previous });
                back.InsertRange(0, page.Rows.Select(row => row.Id));
            }
            Assert.Equal(ids.Take(12), back);
        });
    }

    [Fact]
    public async Task Words_go_together_with_every_other_filter()
    {
        var id = await app.ReportAsync(World.Wang, "磨煤机漏粉", World.FeedPump.Id);
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddHours(8).Date);
        FindingFilter[] fitting =
        [
            new() { Status = FindingStatus.Reported }, new() { Open = true }, new() { From = today, To = today }, new() { Place = World.TurbineHall.Id },
            new() { Unit = World.Operations.Id }, new() { Unit = World.Company.Id }, new() { Waiting = true },
        ];
        FindingFilter[] others =
        [
            new() { Status = FindingStatus.Closed }, new() { From = today.AddDays(1) }, new() { To = today.AddDays(-1) }, new() { Supervised = true },
            new() { Place = World.BoilerHouse.Id }, new() { Grade = FindingGrade.Major }, new() { Mine = true },
        ];
        foreach (var filter in fitting) Assert.Contains(id, await FoundBy(World.Sun, filter with { Text = "漏粉" }));
        foreach (var filter in others) Assert.DoesNotContain(id, await FoundBy(World.Sun, filter with { Text = "漏粉" }));
        await app.AssignAsync(id);
        await app.ActAsync(World.Sun, id, (actions, version) => actions.ListForSupervisionAsync(id, version, "盯紧"));
        Assert.Equal([id], await FoundBy(World.Sun, new FindingFilter { Supervised = true, Text = "漏粉" }));
        Assert.Empty(await FoundBy(World.Wu, new FindingFilter { Supervised = true, Text = "漏粉" }));
        Assert.Contains(id, await FoundBy(World.Wang, new FindingFilter { Mine = true, Text = "漏粉" }));
    }

    [Fact]
    public async Task Findings_from_before_there_was_a_search_become_findable_once()
    {
        var id = await app.ReportAsync(World.Wang, "捞渣机链条断裂", World.FeedPump.Id);
        await app.InDatabase(db => db.FindingWords.Where(words => words.FindingId == id).ExecuteDeleteAsync());
        Assert.DoesNotContain(id, await FoundBy(World.Sun, "捞渣"));
        Assert.Equal(1, await app.InDatabase(db => FindingIndexing.FillAsync(db)));
        Assert.Contains(id, await FoundBy(World.Sun, "捞渣"));
        Assert.Equal(0, await app.InDatabase(db => FindingIndexing.FillAsync(db)));
    }

    [Fact]
    public async Task Common_words_of_days_that_are_over_are_kept_account_of_and_what_comes_later_for_them_is_found_at_once()
    {
        await using var own = await TestApp.StartAsync();
        Task<int> FoundAsync(string text) => own.AsAsync(own.World.Sun, async services => (await services.GetRequiredService<FindingQueries>().ListAsync(new() { Text = text, Limit = 200 })).Rows.Count);
        Task<int> SettleAsync() => own.AsAsync(own.World.Sun, services => services.GetRequiredService<FindingBlocks>().SettleAsync());
        var crowded = DayBlocks.Of(new(2026, 10, 30))[DayBlocks.PlaceOfFour];
        Task<int> KnownAsync() => own.InDatabase(db => db.WordBlocks.CountAsync(block => block.Block == crowded && block.Word == WordBlock.Everything && block.Bits != null));
        var unit = $"'{own.World.ShiftOne.Id}'::uuid";
        await own.InsertManyAsync(1, "'吊架倾斜'", unit, "timestamptz '2026-10-01 08:00+08'");
        await own.InsertManyAsync(WordBlock.Worthwhile + 100, "(array['护栏松动', '阀门渗漏'])[1 + n % 2] || case when n = 7 then '，捞渣机' else '' end", unit, "timestamptz '2026-10-30 08:00+08' + n * interval '1 second'");
        await own.InDatabase(db => FindingIndexing.FillAsync(db));
        Assert.Equal((12, 1), (await SettleAsync(), await KnownAsync()));
        Assert.Equal(0, await SettleAsync());
        Assert.Equal((200, 0, 1, 1, 0), (await FoundAsync("护栏"), await FoundAsync("护栏 阀门"), await FoundAsync("捞渣机"), await FoundAsync("阀门 捞渣"), await FoundAsync("护栏 捞渣")));

        await own.InsertManyAsync(1, "'护栏和阀门'", unit, "timestamptz '2026-10-30 07:00+08'");
        Assert.Equal(1, await own.InDatabase(db => FindingIndexing.FillAsync(db)));
        Assert.Equal((1, 0), (await FoundAsync("护栏 阀门"), await KnownAsync()));
        Assert.Equal((1, 1, 1), (await SettleAsync(), await KnownAsync(), await FoundAsync("护栏 阀门")));

        // Were the account wrong, it would be believed: so it is asked.
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"update finding_word_blocks set bits = bits # bits where word = {WordCodes.Of("护栏")}"));
        Assert.Equal((0, 200), (await FoundAsync("护栏 阀门"), await FoundAsync("阀门")));
    }

    [Fact]
    public async Task While_somebody_stores_findings_no_account_is_made_of_what_he_might_add()
    {
        await using var own = await TestApp.StartAsync();
        await own.InsertManyAsync(10, "'护栏松动'", $"'{own.World.ShiftOne.Id}'::uuid", "timestamptz '2026-10-30 08:00+08'");
        await using (var other = AppDb.Open(own.Database.App))
        {
            await using var open = await other.Database.BeginTransactionAsync();
            await FindingIndexing.FillAsync(other);
            Assert.Equal(0, await own.AsAsync(own.World.Sun, services => services.GetRequiredService<FindingBlocks>().SettleAsync()));
            await open.CommitAsync();
        }
        Assert.Equal(5, await own.AsAsync(own.World.Sun, services => services.GetRequiredService<FindingBlocks>().SettleAsync()));
    }

    [Fact]
    public async Task The_list_and_the_search_page_mark_what_was_found_and_never_run_it()
    {
        await app.ReportAsync(World.Wang, "<b>冷凝器</b>端盖渗漏", World.FeedPump.Id);
        var wang = await app.SignInAs(World.Wang);
        foreach (var url in new[] { "/findings?q=冷凝", "/findings?q=lengning", "/search?q=冷凝" })
        {
            var page = await wang.ReadAsync(url);
            Assert.Equal("冷凝", Assert.Single(page.QuerySelectorAll("main mark")).TextContent);
            Assert.Empty(page.QuerySelectorAll(".t b"));
        }
        var section = (await wang.ReadAsync("/search?q=冷凝")).QuerySelector("main .box")!;
        Assert.Contains("隐患与问题", section.TextContent);
        Assert.Contains("待", section.TextContent);
    }

    [Fact]
    public async Task Nonsense_gets_a_calm_answer()
    {
        var wang = await app.SignInAs(World.Wang);
        foreach (var text in new[] { "，。", "%%%", "'\"\\", "🔥🔥🔥", new string('卡', 900), "<script>alert(1)</script>", "((((", "a&b=c" })
            foreach (var page in new[] { "/search", "/findings", "/people", "/pickers/findings", "/places" })
                Assert.Equal(System.Net.HttpStatusCode.OK, (await wang.GetAsync($"{page}?q={Uri.EscapeDataString(text)}")).StatusCode);
        Assert.Contains("没有可以找的字", (await wang.ReadAsync("/search?q=" + Uri.EscapeDataString("，。！"))).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task The_picker_finds_by_the_same_words_and_offers_no_merged_one()
    {
        var id = await app.ReportAsync(World.Wang, "盘车手轮缺失", World.FeedPump.Id);
        var gone = await app.ReportAsync(World.Wang, "盘车手轮缺失，重复", World.FeedPump.Id);
        await app.ActAsync(World.Sun, gone, (actions, version) => actions.RejectAsync(gone, version, "重复"));
        var picks = await app.AsAsync(World.Sun, services => services.GetRequiredService<FindingChoices>().FindAsync("panche", null));
        Assert.Equal(id, Assert.Single(picks).Id);
        Assert.Empty(await app.AsAsync(World.Sun, services => services.GetRequiredService<FindingChoices>().FindAsync("盘车", id)));
    }
}
