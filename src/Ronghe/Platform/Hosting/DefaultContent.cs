using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Hosting;

/// <summary>
/// Dictionaries that come with the product. A capability registers what it brings; it is loaded each time the product is opened,
/// adds what is missing, and leaves alone what people have changed.
/// </summary>
public sealed record DefaultContent(Func<AppDb, string, CancellationToken, Task> LoadAsync)
{
    internal static async Task LoadAllAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!services.GetServices<DefaultContent>().Any()) return;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await db.InTransactionAsync(async () =>
        {
            // Nodes that start together take turns.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('default-content', 0))", cancel);
            foreach (var content in services.GetServices<DefaultContent>()) await content.LoadAsync(db, Program.ContentFolder, cancel);
        }, cancel);
    }
}
