using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Ronghe.Platform.Data;

public static class DataSetup
{
    /// <summary>The product's tables, one context and one count of round trips for each scope.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connectionString">The application login, not the owner.</param>
    public static IServiceCollection AddDatabase<TDb>(this IServiceCollection services, string connectionString) where TDb : DbContext
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        services.AddScoped<RoundTrips>();
        services.AddScoped<RoundTripCounter>();
        return services.AddDbContext<TDb>((scope, options) => options
            .UseNpgsql(scope.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MaxBatchSize(1000))
            .AddInterceptors(scope.GetRequiredService<RoundTripCounter>()));
    }

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
