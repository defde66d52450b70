using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.People;
using Ronghe.Tests.Organisation.Imports;

namespace Ronghe.Tests.Findings.Ledgers;

/// <summary>A living plant with findings in every state moves into an empty product through the three files.</summary>
public class LedgerRoundTripTests
{
    [Fact]
    public async Task Findings_of_every_state_and_of_people_who_have_left_come_back()
    {
        await using var app = await TestApp.StartAsync();
        await LiveAsync(app);
        await using var copy = await ImportDesk.OpenAsync();
        foreach (var kind in new[] { "org", "people", "findings" })
        {
            var result = await copy.ImportAsync(kind, await ExportAsync(app, kind), $"{kind}.xlsx");
            Assert.Empty(result.Errors);
        }
        Assert.Equal(await app.InDatabase(FactsAsync), await copy.ReadAsync(FactsAsync));
        var zhang = await copy.ReadAsync(db => db.People.SingleAsync(p => p.Number == "0205"));
        Assert.Equal(new DateOnly(2026, 11, 20), zhang.LeftOn);
        Assert.False(await copy.ReadAsync(db => db.Appointments.AnyAsync(held => held.PersonId == zhang.Id)));
    }

    static async Task LiveAsync(TestApp app)
    {
        var world = app.World;
        Task<Guid> Reported(string text) => app.ReportAsync(world.Zhang, text, world.CoalFeeder.Id);
        await Reported("待派发的一条");
        await app.ReportAsync(world.Chen, "不署名的一条", world.BoilerHouse.Id, withoutName: true);
        var steps = new Func<Guid, Task>[] { app.AssignAsync, app.RectifyAsync, app.VerifyAsync, app.CloseAsync };
        for (var done = 1; done <= steps.Length; done++)
        {
            var id = await Reported($"办了 {done} 步的一条");
            foreach (var step in steps[..done]) await step(id);
        }
        var target = await Reported("挂牌延期的一条");
        await app.AssignAsync(target);
        await app.ActAsync(world.Sun, target, (actions, version) => actions.ExtendAsync(target, version, new DateOnly(2026, 12, 30), "等备件"));
        await app.ActAsync(world.Sun, target, (actions, version) => actions.ListForSupervisionAsync(target, version, "月底前办结"));
        var rejected = await Reported("不属实的一条");
        await app.ActAsync(world.Sun, rejected, (actions, version) => actions.RejectAsync(rejected, version, "现场没有发现"));
        var merged = await Reported("重复的一条");
        await app.ActAsync(world.Sun, merged, (actions, version) => actions.MergeAsync(merged, version, target, "同一处"));
        await app.AsAsync(world.Feng, services => services.GetRequiredService<PeopleActions>().LeaveAsync(world.Zhang.Id, new DateOnly(2026, 11, 20), 1));
    }

    static async Task<MemoryStream> ExportAsync(TestApp app, string kind)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        var file = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<ExportQueries>().WriteAsync(kind, file, new Progress<double>());
        file.Position = 0;
        return file;
    }

    static async Task<List<string>> FactsAsync(AppDb db)
    {
        var people = await db.People.ToDictionaryAsync(p => p.Id, p => p.Number);
        var units = await db.Nodes.ToDictionaryAsync(n => n.Id, n => n.Code);
        var numbers = await db.Findings.ToDictionaryAsync(f => f.Id, f => f.Number);
        var findings = await db.Findings.OrderBy(f => f.Number).ToListAsync();
        string? Number(Guid? id) => id is { } known ? people[known] : null;
        return findings.ConvertAll(f =>
            $"{f.Number} {f.Status} {f.Source} {f.Grade} {units[f.UnitId]} {f.Description} {Number(f.ReporterId)} {Number(f.RectifierId)} {f.DueOn} {f.Measure.Split("。备注")[0]} "
            + $"{f.RectifiedAt is not null} {f.VerifiedAt is not null} {f.ClosedAt is not null} {f.GradeBasis} {(f.MergedIntoId is { } other ? numbers[other] : "-")}");
    }
}
