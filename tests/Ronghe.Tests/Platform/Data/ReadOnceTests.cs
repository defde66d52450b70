using Ronghe.Platform.Data;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Data;

/// <summary>What pages repeat is read once for each state of the database, and never shown out of date.</summary>
public class ReadOnceTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task The_number_in_the_menu_follows_in_the_very_next_request()
    {
        var sun = await app.SignInAs(World.Sun);
        var before = await WaitingAsync(sun);
        Assert.Equal(before, await WaitingAsync(sun));
        await app.ReportAsync(World.Zhang, "又等着定级的一条", World.CoalFeeder.Id);
        Assert.Equal(before + 1, await WaitingAsync(sun));
    }

    [Fact]
    public async Task A_value_is_read_again_in_another_state_or_on_another_day_or_after_a_write_of_ones_own()
    {
        using var memory = new ReadOnceMemory();
        var (state, clock, reads) = (new DatabaseState(), new TestClock(), 0);
        var once = new ReadOnce(state, memory, clock);
        Task<int> ReadAsync() => once.GetAsync("a number", () => Task.FromResult(++reads));

        Assert.Equal((1, 2), (await ReadAsync(), await ReadAsync()));
        state.Is("100:101:");
        Assert.Equal((3, 3), (await ReadAsync(), await ReadAsync()));
        state.Is("100:102:");
        Assert.Equal((4, 4), (await ReadAsync(), await ReadAsync()));
        clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(5, await ReadAsync());
        state.HasChanged();
        Assert.Equal((6, 7), (await ReadAsync(), await ReadAsync()));
    }

    static async Task<int> WaitingAsync(Visitor visitor) =>
        int.Parse("0" + (await visitor.ReadAsync("/findings?open=true")).QuerySelector("#menu a[href='/'] b")?.TextContent);
}
