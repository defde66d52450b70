using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;

namespace Ronghe.Tests.Findings;

/// <summary>Reports that come at the same moment share a transaction, and nothing else.</summary>
public class FindingIntakeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Numbers_have_no_gap_and_what_cannot_be_stored_harms_no_neighbour()
    {
        var twice = Guid.CreateVersion7();
        var last = await LastAsync();
        var reports = Enumerable.Range(0, 20).Select(n => ReportAsync(Guid.CreateVersion7(), $"同时上报第 {n} 条", app.World.CoalFeeder.UnitId!.Value)).ToList();
        reports.AddRange(Enumerable.Range(0, 3).Select(_ => ReportAsync(twice, "同一条发了三次", app.World.CoalFeeder.UnitId!.Value)));
        var nowhere = ReportAsync(Guid.CreateVersion7(), "没有这个单位", Guid.CreateVersion7());
        var other = ReportAsync(twice, "同一个编号写了别的", app.World.CoalFeeder.UnitId!.Value);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => nowhere);
        // Whichever of the two texts came first is stored, the other one is told so.
        var same = await Task.WhenAll(reports.Append(other).Select(async report =>
        {
            try
            {
                return await report;
            }
            catch (AlreadyReported)
            {
                return null;
            }
        }));
        var numbers = same.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(last + 1, 21).Select(n => FindingNumbers.Format(app.Clock.GetUtcNow().Year, n)), numbers);
        Assert.Equal(last + 21, await LastAsync());
        Assert.Equal(21, await app.InDatabase(db => db.Findings.CountAsync(f => numbers.Contains(f.Number) && db.Journal.Count(row => row.SubjectId == f.Id && row.ActorId == app.World.Zhang.Id) == 1)));
        Assert.Contains(same, number => number is null);
    }

    async Task<string> ReportAsync(Guid id, string what, Guid unit)
    {
        var number = "";
        await app.AsAsync(app.World.Zhang, async services => number = await services.GetRequiredService<FindingActions>().ReportAsync(id, new FindingReport(what, null, "锅炉房", unit)
        {
            FoundAt = app.Clock.GetUtcNow(), ReporterId = app.World.Zhang.Id, ReporterUnitId = app.World.ShiftTwo.Id,
        }, []));
        return number;
    }

    Task<int> LastAsync() => app.InDatabase(db => db.FindingNumbers.Select(number => number.Last).FirstOrDefaultAsync());
}
