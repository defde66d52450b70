using System.Net;

namespace Ronghe.Tests.Findings;

/// <summary>Findings unit by unit: the numbers follow every act and every move, and lead to lists of just so many.</summary>
public class FindingLoadTests
{
    [Fact]
    public async Task Numbers_follow_acts_and_moves_in_the_very_next_request()
    {
        await using var app = await TestApp.StartAsync();
        var world = app.World;
        var sun = await app.SignInAs(world.Sun);
        var id = await app.ReportAsync(world.Zhang, "给煤机漏粉", world.CoalFeeder.Id);
        Assert.Equal("1", await CellAsync(sun, world.Plant.Id, "设备部", "未关闭"));
        await app.AssignAsync(id);
        Assert.Equal("1", await CellAsync(sun, world.Plant.Id, "设备部", "整改中"));
        await app.FollowAsync();
        Assert.Equal("1", await CellAsync(sun, world.Plant.Id, "设备部", "整改中"));
        app.Clock.Pass(TimeSpan.FromDays(200));
        sun = await app.SignInAs(world.Sun);
        Assert.Equal("1", await CellAsync(sun, world.Plant.Id, "设备部", "超期"));
        Assert.Contains("1", (await sun.ReadAsync("/findings")).QuerySelectorAll(".chip").Single(chip => chip.TextContent.Contains("超期")).TextContent);
    }

    [Fact]
    public async Task What_is_not_mine_to_see_has_no_numbers()
    {
        await using var app = await TestApp.StartAsync();
        await app.ReportAsync(app.World.Zhang, "给煤机漏粉", app.World.CoalFeeder.Id);
        var zhang = await app.SignInAs(app.World.Zhang);
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.GetAsync($"/findings/units?unit={app.World.Equipment.Id}")).StatusCode);
        Assert.Contains("运行二值", (await zhang.ReadAsync("/findings/units")).QuerySelector("h1")!.TextContent);
    }

    static async Task<string?> CellAsync(Visitor visitor, Guid unit, string line, string column)
    {
        var page = await visitor.ReadAsync($"/findings/units?unit={unit}");
        return page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector(".t")!.TextContent == line).QuerySelector($"td[data-label='{column}']")?.TextContent.Trim();
    }
}
