using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Counts;
using Ronghe.Platform.Calendar;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Organisation.Counts;

/// <summary>Kept counts say what counting anew says, before and after they are added up, and while units move.</summary>
public class CountTests
{
    [Fact]
    public async Task Whatever_happens_to_findings_and_units_the_counts_are_right_in_the_next_read()
    {
        await using var app = await TestApp.StartAsync();
        var dice = new Random(20261121);
        var world = app.World;
        Guid[] units = [world.Operations.Id, world.ShiftOne.Id, world.ShiftTwo.Id, world.Equipment.Id, world.BoilerCrew.Id, world.Safety.Id];
        var reported = new List<Guid>();
        var (moves, refusals) = (0, 0);
        for (var step = 0; step < 120; step++)
        {
            switch (dice.Next(7))
            {
                case 0 or 1:
                    reported.Add(await ReportAsync(app, units[dice.Next(units.Length)]));
                    break;
                case 2 or 3 when reported.Count > 0:
                    await ChangeAsync(app, reported[dice.Next(reported.Count)], units[dice.Next(units.Length)], dice);
                    break;
                case 4:
                    if (await MoveAsync(app, units[dice.Next(units.Length)], dice.Next(3) == 0 ? world.Plant.Id : units[dice.Next(units.Length)])) moves++; else refusals++;
                    break;
                case 5:
                    await app.AsAsync(world.Sun, services => services.GetRequiredService<CountKeeping>().FoldAsync());
                    break;
                case 6:
                    app.Clock.Pass(TimeSpan.FromDays(dice.Next(4)));
                    await app.AsAsync(world.Sun, services => services.GetRequiredService<CountKeeping>().SettleAsync());
                    break;
            }
            await AssertRightAsync(app, step);
        }
        Assert.True(moves > 3 && refusals > 3 && reported.Count > 20, $"{moves} moves, {refusals} refused, {reported.Count} findings");
        await app.FollowAsync();
        await AssertRightAsync(app, int.MaxValue);
        Assert.Equal(0, await app.InDatabase(db => db.UnitCountChanges.CountAsync()));
    }

    [Fact]
    public async Task Folding_and_moving_at_the_same_time_lose_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        using var done = new CancellationTokenSource();
        var folding = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await app.AsAsync(world.Sun, services => services.GetRequiredService<CountKeeping>().FoldAsync());
        });
        var reporting = Enumerable.Range(0, 3).Select(async _ =>
        {
            for (var at = 0; at < 30; at++) await ReportAsync(app, at % 2 == 0 ? world.ShiftOne.Id : world.BoilerCrew.Id);
        });
        var moving = Task.Run(async () =>
        {
            for (var at = 0; at < 12; at++) await MoveAsync(app, world.ShiftOne.Id, at % 2 == 0 ? world.Equipment.Id : world.Operations.Id);
        });
        await Task.WhenAll([.. reporting, moving]);
        await done.CancelAsync();
        await folding;
        await AssertRightAsync(app, 0);
    }

    [Fact]
    public async Task Past_deadlines_become_one_row_and_nothing_leaves_no_row()
    {
        await using var app = await TestApp.StartAsync();
        var ids = new List<Guid>();
        for (var days = 5; days < 9; days++) ids.Add(await AssignAsync(app, days));
        await FoldAsync(app);
        Assert.Equal((4, 0L), await DueAsync(app));
        app.Clock.Pass(TimeSpan.FromDays(7));
        Assert.Equal((4, 2L), await DueAsync(app));
        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<CountKeeping>().SettleAsync());
        Assert.Equal((3, 2L), await DueAsync(app));
        await app.ActAsync(app.World.Liu, ids[0], (actions, version) => actions.RectifyAsync(ids[0], version, "已补焊", []));
        Assert.Equal((3, 1L), await DueAsync(app));
        await app.ActAsync(app.World.Liu, ids[3], (actions, version) => actions.RectifyAsync(ids[3], version, "已补焊", []));
        await FoldAsync(app);
        await AssertRightAsync(app, 0);
        // One day that is past, the sum of the past, one day to come.
        Assert.Equal((3, 1L), await DueAsync(app));
        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<CountKeeping>().SettleAsync());
        Assert.Equal((2, 1L), await DueAsync(app));
    }

    static Task<int> FoldAsync(TestApp app) => app.AsAsync(app.World.Sun, async services =>
    {
        await services.GetRequiredService<CountKeeping>().FoldAsync();
        return 0;
    });

    static async Task<Guid> AssignAsync(TestApp app, int days)
    {
        var id = await ReportAsync(app, app.World.BoilerCrew.Id);
        await app.ActAsync(app.World.Sun, id, (actions, version) => actions.GradeAndAssignAsync(id, version, new Grading(FindingGrade.General, null, ""),
            new FivePoints(app.World.Liu.Id, app.Clock.Today().AddDays(days), app.World.BoilerCrew.Id, "", "无松动", "补焊"), null));
        return id;
    }

    /// <summary>Rows kept for deadlines at the company, and how many findings are overdue there.</summary>
    static async Task<(int Rows, long Overdue)> DueAsync(TestApp app) => (
        await app.InDatabase(db => db.UnitCounts.CountAsync(count => count.UnitId == app.World.Company.Id && count.Name == FindingCounting.Due)),
        (await app.AsAsync(app.World.Sun, services => services.GetRequiredService<UnitCounts>().OfAsync([app.World.Company.Id], [FindingCounting.Due], app.Clock.Today()))).Sum(sum => sum.Total));

    [Fact]
    public async Task A_rebuilt_tree_keeps_its_counts()
    {
        await using var app = await TestApp.StartAsync();
        await ReportAsync(app, app.World.ShiftOne.Id);
        await ReportAsync(app, app.World.BoilerCrew.Id);
        await app.FollowAsync();
        await ReportAsync(app, app.World.ShiftTwo.Id);
        await app.AsAsync(app.World.Feng, services => services.GetRequiredService<TreeClosure>().RebuildAsync(app.World.Company.Id));
        await AssertRightAsync(app, 0);
        Assert.Equal(3, await CountAsync(app, app.World.Company.Id));
        Assert.Equal(2, await CountAsync(app, app.World.Operations.Id));
    }

    [Fact]
    public async Task Units_below_one_another_are_counted_once_together()
    {
        await using var app = await TestApp.StartAsync();
        await ReportAsync(app, app.World.ShiftOne.Id);
        await ReportAsync(app, app.World.Operations.Id);
        var together = await app.AsAsync(app.World.Sun, services => services.GetRequiredService<UnitCounts>()
            .OfTopmost([app.World.ShiftOne.Id, app.World.Operations.Id], [FindingCounting.NameOf(FindingStatus.Reported)], DateOnly.MaxValue).ToListAsync());
        Assert.Equal(2, Assert.Single(together).Total);
    }

    [Fact]
    public async Task The_check_finds_a_count_that_somebody_changed()
    {
        await using var app = await TestApp.StartAsync();
        await ReportAsync(app, app.World.ShiftOne.Id);
        await app.FollowAsync();
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"update unit_counts set amount = amount + 1 where unit_id = {app.World.Operations.Id} and name = 'finding.Reported'"));
        var verdict = await app.AsAsync(app.World.Sun, services => services.GetRequiredService<CountCheck>().RunAsync());
        Assert.Equal(1, verdict.Wrong);
        Assert.Equal((app.World.Operations.Id, 2L, 1L), (verdict.First[0].UnitId, verdict.First[0].Kept, verdict.First[0].Recounted));
    }

    static async Task AssertRightAsync(TestApp app, int step)
    {
        var verdict = await app.AsAsync(app.World.Sun, services => services.GetRequiredService<CountCheck>().RunAsync());
        Assert.True(verdict.Wrong == 0, $"step {step}: {string.Join(", ", verdict.First)}");
    }

    static async Task<long> CountAsync(TestApp app, Guid unit) => (await app.AsAsync(app.World.Sun, services => services.GetRequiredService<UnitCounts>()
        .OfAsync([unit], [FindingCounting.NameOf(FindingStatus.Reported)], DateOnly.MaxValue))).Sum(sum => sum.Total);

    static async Task<Guid> ReportAsync(TestApp app, Guid unit)
    {
        var id = Guid.CreateVersion7();
        await app.AsAsync(app.World.Sun, services => services.GetRequiredService<FindingActions>().ReportAsync(id, new FindingReport("护栏松动", null, "锅炉房", unit)
        {
            FoundAt = app.Clock.GetUtcNow(), ReporterId = app.World.Sun.Id, ReporterUnitId = app.World.Safety.Id, Source = FindingSource.Routine,
        }, []));
        return id;
    }

    static Task<int> ChangeAsync(TestApp app, Guid id, Guid unit, Random dice) => app.InDatabase(db => dice.Next(4) switch
    {
        0 => db.Database.ExecuteSqlAsync($"update findings set status = 'Assigned', due_on = {new DateOnly(2026, 11, 1).AddDays(dice.Next(40))}, unit_id = {unit} where id = {id}"),
        1 => db.Database.ExecuteSqlAsync($"update findings set status = 'Closed' where id = {id}"),
        2 => db.Database.ExecuteSqlAsync($"update findings set unit_id = {unit} where status <> 'Closed'"),
        _ => db.Database.ExecuteSqlAsync($"update findings set description = description || '。' where id = {id}"),
    });

    static async Task<bool> MoveAsync(TestApp app, Guid node, Guid parent)
    {
        try
        {
            await app.AsAsync(app.World.Feng, async services =>
            {
                var version = await services.GetRequiredService<AppDb>().Nodes.Where(n => n.Id == node).Select(n => n.Version).SingleAsync();
                await services.GetRequiredService<TreeActions>().MoveAsync(node, parent, version);
            });
            return true;
        }
        catch (Ronghe.Platform.Refusal)
        {
            return false;
        }
    }
}
