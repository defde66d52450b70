using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;
using Ronghe.Platform.Hosting;

namespace Ronghe.Demo;

/// <summary>Builds the product anew around a clock that the demo moves; nothing of it listens.</summary>
public delegate WebApplication BuildProduct(WebApplicationBuilder builder, string connectionString, string dataFolder);

public static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services, BuildProduct build, string contentFolder) => services
        .AddSingleton(new DemoLoader(build, new DemoContent(contentFolder)))
        .AddSingleton(root => new DemoStory((scope, cancel) => root.GetRequiredService<DemoLoader>().EnsureAsync(scope, TimeProvider.System.GetUtcNow(), Remark(root), cancel)));

    static Action<string, double> Remark(IServiceProvider root)
    {
        var (log, last) = (root.GetRequiredService<ILogger<DemoLoader>>(), "");
        return (what, share) =>
        {
            if (what == last) return;
            last = what;
            log.LogInformation("Demo plant: {What} ({Share:P0})", what, share);
        };
    }
}

/// <summary>Loads the demo plant into an empty database, once.</summary>
public sealed class DemoLoader(BuildProduct build, DemoContent content)
{
    /// <summary>The lines to print: the accounts. Builds the plant first when nothing is there yet.</summary>
    /// <param name="scope">Services of the running product.</param>
    /// <param name="now">The demo's present.</param>
    /// <param name="progress">Told what is going on and the share that is done.</param>
    /// <param name="cancel">Stops between two acts; what is loaded by then stays, and the folder is to be emptied.</param>
    public async Task<IReadOnlyList<string>> EnsureAsync(IServiceProvider scope, DateTimeOffset now, Action<string, double> progress, CancellationToken cancel = default)
    {
        var folder = scope.GetRequiredService<Deployment>().DataFolder;
        var accounts = await DemoAccounts.ReadAsync(folder);
        if (accounts.Length == 0 && !await scope.GetRequiredService<AppDb>().People.AnyAsync(cancel))
        {
            var clock = new DemoClock();
            var builder = Product.Builder(scope.GetRequiredService<Deployment>());
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
            await using var stage = build(builder, scope.GetRequiredService<Database>().Address.App, folder);
            accounts = await new DemoPlant(stage.Services, clock, content, now, progress).BuildAsync(cancel);
            await DemoAccounts.KeepAsync(folder, accounts);
        }
        return Lines(accounts);
    }

    static List<string> Lines(DemoAccount[] accounts) => accounts.Length == 0
        ? ["这个数据文件夹里是正式数据，没有演示账号。"]
        : ["演示账号（工号 / 密码，也保存在数据文件夹的 demo-accounts.json）：", .. accounts.Select(a => $"  {a.Number}  {a.Password}  {a.Name}  {a.Title}")];
}
