using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform.Journal;

namespace Ronghe.Tests.Platform.Journal;

static class CatchingUp
{
    /// <summary>
    /// Until every follower stands at the end. Rows become ready only once no older transaction runs anywhere on the server, and
    /// other tests run there too: hence the waiting.
    /// </summary>
    public static async Task CatchUpAsync(this IEnumerable<Follower> followers, IServiceProvider root)
    {
        foreach (var follower in followers)
        {
            await using (var scope = root.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Following>().EnrolAsync(follower);
            while (true)
            {
                await using var scope = root.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<Following>().StepAsync(follower) > 0) continue;
                var db = scope.ServiceProvider.GetRequiredService<AppDb>();
                if ((await db.Database.SqlQuery<bool>($"""
                    select not exists (select from journal j, journal_followers f where f.name = {follower.Name} and (j.xid, j.seq) > (f.xid, f.seq)) "Value"
                    """).ToListAsync())[0]) break;
                await Task.Delay(20);
            }
        }
    }
}
