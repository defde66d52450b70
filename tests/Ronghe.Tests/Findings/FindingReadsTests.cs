using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.Findings;

/// <summary>What lists, counts and choices return, for people whose rights reach differently far.</summary>
public class FindingReadsTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public Task A_subtree_is_read_unit_by_unit_and_not_by_numbering_the_rows_of_the_company() => app.AsAsync(World.Sun, async services =>
    {
        var sql = (await services.GetRequiredService<FindingQueries>().FirstPageAsync(new() { Unit = World.Equipment.Id, Status = FindingStatus.Assigned })).ToQueryString();
        Assert.Contains("JOIN LATERAL", sql);
        Assert.DoesNotContain("ROW_NUMBER", sql);
    });

    /// <summary>Among very many findings, units with a large part of them are read in the order of the company; where that does not fill the page, unit by unit.</summary>
    [Fact]
    public async Task A_large_part_of_the_company_is_read_in_the_order_of_the_company_and_loses_nothing()
    {
        await using var own = await TestApp.StartAsync();
        var (world, many) = (own.World, 21_000);
        await own.InsertManyAsync(many, "'护栏松动'", $"(array['{world.ShiftOne.Id}', '{world.BoilerCrew.Id}', '{world.BoilerCrew.Id}']::uuid[])[1 + n % 3]", "timestamptz '2026-11-01 08:00+08' - n * interval '1 minute'");
        // Ten old ones that no look at the newest reaches.
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"update findings set source = 'Watch' where number in (select number from findings where unit_id = {world.ShiftOne.Id} order by reported_at limit 10)"), asOwner: true);
        await own.InDatabase(db => FindingIndexing.FillAsync(db));
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"analyze findings, finding_words"), asOwner: true);
        var ids = await own.InDatabase(db => db.Findings.Where(f => f.UnitId == world.ShiftOne.Id).OrderByDescending(f => f.ReportedAt).ThenByDescending(f => f.Id).Select(f => f.Id).ToListAsync());
        await own.AsAsync(world.Wu, async services =>
        {
            var queries = services.GetRequiredService<FindingQueries>();
            Assert.DoesNotContain("LATERAL", (await queries.FirstPageAsync(new())).ToQueryString());
            var first = await queries.ListAsync(new() { Limit = 60 });
            var second = await queries.ListAsync(new() { Limit = 60, After = first.Next });
            Assert.Equal(ids.Take(120), first.Rows.Concat(second.Rows).Select(row => row.Id));
            Assert.Equal(ids.Take(60), (await queries.ListAsync(new() { Limit = 60, Before = second.Previous })).Rows.Select(row => row.Id));
            Assert.Equal(ids.TakeLast(10), (await queries.ListAsync(new() { Source = FindingSource.Watch })).Rows.Select(row => row.Id));
            Assert.Empty((await queries.ListAsync(new() { Unit = world.BoilerCrew.Id })).Rows);
            Assert.Equal(ids.Take(50), (await queries.ListAsync(new() { Unit = world.ShiftOne.Id })).Rows.Select(row => row.Id));
        });
    }

    [Fact]
    public async Task Every_list_can_be_asked_for_by_everybody()
    {
        foreach (var person in new[] { World.Sun, World.Zhang, World.He, World.Zhou })
            await app.AsAsync(person, async services =>
            {
                var (work, queries) = (services.GetRequiredService<FindingWork>(), services.GetRequiredService<FindingQueries>());
                await services.GetRequiredService<Ronghe.Organisation.Work.Waiting>().CountAsync();
                await work.WaitingAsync();
                await work.ReportedByMeAsync(5);
                await queries.CountsAsync();
                await services.GetRequiredService<FindingChoices>().AllAsync(World.Equipment.Id);
                foreach (var filter in Filters)
                {
                    await queries.ListAsync(filter);
                    await foreach (var _ in services.GetRequiredService<FindingLedger>().AllAsync(filter)) { }
                }
            });
    }

    FindingFilter[] Filters =>
    [
        new(), new() { Waiting = true }, new() { Mine = true }, new() { Open = true }, new() { Overdue = true }, new() { Supervised = true },
        new() { Unit = World.Equipment.Id, Status = FindingStatus.Assigned }, new() { Text = "护栏%_", Category = "HC01", Place = World.BoilerHouse.Id },
        new() { From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 12, 31), Grade = FindingGrade.Major, Source = FindingSource.Watch },
    ];

    [Fact]
    public async Task Pages_follow_each_other_in_both_directions_without_losing_or_doubling_a_row()
    {
        for (var i = 0; i < 7; i++) await app.ReportAsync(World.Zhang, $"第 {i} 条", World.FeedPump.Id);
        await app.AsAsync(World.Sun, async services =>
        {
            var queries = services.GetRequiredService<FindingQueries>();
            var all = (await queries.ListAsync(new())).Rows.Select(r => r.Id).ToList();
            var first = await queries.ListAsync(new() { Limit = 3 });
            var second = await queries.ListAsync(new() { Limit = 3, After = first.Next });
            var third = await queries.ListAsync(new() { Limit = 3, After = second.Next });
            Assert.Equal(all, [.. first.Rows.Concat(second.Rows).Concat(third.Rows).Select(r => r.Id).Take(all.Count)]);
            Assert.Null(first.Previous);
            var back = await queries.ListAsync(new() { Limit = 3, Before = second.Previous });
            Assert.Equal(first.Rows.Select(r => r.Id), back.Rows.Select(r => r.Id));
            Assert.Null(back.Previous);
            Assert.Equal(first.Next, back.Next);
        });
    }

    [Fact]
    public async Task A_list_shows_what_lies_in_my_units_and_nothing_else()
    {
        var id = await app.ReportAsync(World.Wang, "汽机房的一条", World.FeedPump.Id);
        Assert.Contains(id, await ListOf(World.Wu));
        Assert.Contains(id, await ListOf(World.Zhou));
        Assert.DoesNotContain(id, await ListOf(World.Li));
        Assert.DoesNotContain(id, await ListOf(World.Zhang));
    }

    async Task<List<Guid>> ListOf(Person person) =>
        await app.AsAsync(person, async services => (await services.GetRequiredService<FindingQueries>().ListAsync(new() { Limit = 200 })).Rows.Select(r => r.Id).ToList());
}
