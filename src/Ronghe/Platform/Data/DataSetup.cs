using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Ronghe.Platform.Journal;

namespace Ronghe.Platform.Data;

public static class DataSetup
{
    /// <summary>The product's tables, one context and one count of round trips for each scope.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connectionString">The application login, not the owner.</param>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(Tuned(connectionString)) { Name = "ronghe" }.Build());
        services.AddSingleton<JournalBell>();
        services.AddSingleton<ReadOnceMemory>();
        services.AddScoped<ReadOnce>();
        services.AddScoped(scope => scope.GetRequiredService<AppDb>().Trips);
        services.AddScoped(scope => scope.GetRequiredService<AppDb>().State);
        // The options are made once: making them for each request costs more than a small query.
        return services.AddDbContext<AppDb>(
            (root, options) => options
                .UseNpgsql(root.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MaxBatchSize(1000))
                .UseOneModel()
                .AddInterceptors(new RoundTripCounter(), new OwnWrites(), new JournalNews(root.GetRequiredService<JournalBell>())),
            ServiceLifetime.Scoped, ServiceLifetime.Singleton);
    }

    /// <summary>No scope leaves anything behind in its session (locks and settings end with the transaction), so nothing is reset between two scopes.</summary>
    public static string Tuned(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true }.ConnectionString;

    /// <summary>Keys that protect cookies and forms live in the data folder, so that a restart signs nobody out.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services, string dataFolder)
    {
        var keys = new DirectoryInfo(Path.Combine(dataFolder, "keys"));
        if (OperatingSystem.IsWindows()) keys.Create();
        else Directory.CreateDirectory(keys.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("ronghe").PersistKeysToFileSystem(keys);
        return services;
    }
}
