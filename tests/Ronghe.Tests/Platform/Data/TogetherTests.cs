using System.Collections.Concurrent;
using Ronghe.Platform.Data;

namespace Ronghe.Tests.Platform.Data;

/// <summary>What arrives together is done together, each with its own result or fault.</summary>
public class TogetherTests
{
    [Fact]
    public async Task What_gathers_while_one_is_served_makes_the_next_lot()
    {
        var (lots, door) = (new ConcurrentQueue<int>(), new TaskCompletionSource());
        var together = new Together<int, int>(4, async lot =>
        {
            lots.Enqueue(lot.Count);
            await door.Task;
            return [.. lot.Select(n => n * 10)];
        });
        var first = together.DoAsync(0);
        while (lots.IsEmpty) await Task.Delay(1, TestContext.Current.CancellationToken);
        var others = Enumerable.Range(1, 6).Select(together.DoAsync).ToArray();
        door.SetResult();
        Assert.Equal(0, await first);
        Assert.Equal(new[] { 10, 20, 30, 40, 50, 60 }, await Task.WhenAll(others));
        Assert.Equal(new[] { 1, 4, 2 }, lots.ToArray());
    }

    [Fact]
    public async Task A_fault_meets_only_its_own()
    {
        var (lots, door) = (new ConcurrentQueue<int>(), new TaskCompletionSource());
        var together = new Together<int, int>(10, async lot =>
        {
            lots.Enqueue(lot.Count);
            await door.Task;
            return lot.Any(n => n == 2) ? throw new InvalidOperationException() : [.. lot];
        });
        var all = Enumerable.Range(0, 4).Select(together.DoAsync).ToArray();
        door.SetResult();
        Assert.Equal((0, 1, 3), (await all[0], await all[1], await all[3]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => all[2]);
        Assert.Equal(4, await together.DoAsync(4));
    }
}
