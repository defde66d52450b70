using Npgsql;
using Ronghe.Platform;
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
    /// <summary>The lines to print: the accounts. Builds the plant first when nothing is there yet, and anew when an earlier load was broken off.</summary>
    /// <param name="scope">Services of the running product.</param>
    /// <param name="now">The demo's present.</param>
    /// <param name="progress">Told what is going on and the share that is done.</param>
    /// <param name="cancel">Stops between two acts; the next call begins anew.</param>
    public async Task<IReadOnlyList<string>> EnsureAsync(IServiceProvider scope, DateTimeOffset now, Action<string, double> progress, CancellationToken cancel = default)
    {
        var found = await GroundOf(scope).BuildAsync(() => BuildAsync(scope, now, progress, cancel), cancel);
        return found is GroundState.RealData ? ["这个数据文件夹里是正式数据，没有演示账号。"] : Lines(await DemoAccounts.ReadAsync(FolderOf(scope)));
    }

    /// <exception cref="Refusal">Something stands there already.</exception>
    public static async Task RequireFreeAsync(IServiceProvider scope, CancellationToken cancel)
    {
        if (await GroundOf(scope).StateAsync(cancel) is GroundState.Built or GroundState.RealData)
            throw new Refusal("这个数据文件夹里已有数据，没有做任何改动。请换一个空的文件夹（--data）。");
    }

    /// <summary>The accounts are kept before the load counts as finished: without them nobody could sign in.</summary>
    async Task BuildAsync(IServiceProvider scope, DateTimeOffset now, Action<string, double> progress, CancellationToken cancel)
    {
        await DefaultContent.LoadAllAsync(scope, cancel);
        var clock = new DemoClock();
        var builder = Product.Builder(scope.GetRequiredService<Deployment>());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        await using var stage = build(builder, Unhurried(scope.GetRequiredService<Database>().Address.App), FolderOf(scope));
        await DemoAccounts.KeepAsync(FolderOf(scope), await new DemoPlant(stage.Services, clock, content, now, progress).BuildAsync(cancel));
    }

    /// <summary>Nobody is told of an act while the plant is built: its commits wait for the disk once, with the mark that it is finished.</summary>
    static string Unhurried(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Options = $"{builder.Options} -c synchronous_commit=off".TrimStart();
        return builder.ConnectionString;
    }

    static DemoGround GroundOf(IServiceProvider scope) => new(scope.GetRequiredService<AppDb>(), scope.GetRequiredService<Database>().Address);

    static string FolderOf(IServiceProvider scope) => scope.GetRequiredService<Deployment>().DataFolder;

    static List<string> Lines(DemoAccount[] accounts) => accounts.Length == 0
        ? [$"演示电厂已经装好，但数据文件夹里没有 {DemoAccounts.FileName}。要登录，请用 ronghe user add --number 工号 重设密码。"]
        : ["演示账号（工号 / 密码，也保存在数据文件夹的 demo-accounts.json）：", .. accounts.Select(a => $"  {a.Number}  {a.Password}  {a.Name}  {a.Title}")];
}
