using Ronghe.Platform.Data;

namespace Ronghe.Platform.Hosting;

/// <summary>The product as a whole: its tables and the way it is put together. Commands and the web server open it the same way.</summary>
/// <param name="schema">The tables.</param>
/// <param name="build">Adds every wing to the builder, given the application's connection string and the data folder.</param>
public sealed class Product(Schema schema, Func<WebApplicationBuilder, string, string, WebApplication> build)
{
    public Schema Schema => schema;

    /// <summary>Settings of a deployment: the product's defaults, then <c>settings.json</c> in the data folder, then the environment.</summary>
    public static WebApplicationBuilder Builder(Deployment deployment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "ronghe",
            ContentRootPath = AppContext.BaseDirectory,
            // Watching files for changes costs a kernel watch per process, and there are few of those.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration
            .AddJsonFile(Path.Combine(deployment.DataFolder, "settings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables();
        builder.Services.AddSingleton(deployment);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(15));
        return builder;
    }

    /// <summary>Opens the database, brings it up to date, and puts the product together. Nothing listens yet.</summary>
    /// <exception cref="Refusal">The database cannot be had; the message says what to do.</exception>
    public async Task<OpenProduct> OpenAsync(
        Deployment deployment, LogStyle logs, Action<WebApplicationBuilder>? adjust = null, CancellationToken cancel = default)
    {
        var builder = Builder(deployment);
        RunLog.Configure(builder.Logging, builder.Configuration, logs);
        using var early = LoggerFactory.Create(logging => RunLog.Configure(logging, builder.Configuration, logs));
        var warm = Task.Run(schema.WarmUp, cancel);
        var database = await Database.OpenAsync(builder.Configuration, deployment.DataFolder, early.CreateLogger<Database>(), cancel);
        try
        {
            await warm;
            await schema.MigrateAsync(database.Address, cancel);
            builder.Services.AddSingleton(schema).AddSingleton(database).AddHostedService<ServerWatch>();
            adjust?.Invoke(builder);
            var app = build(builder, database.Address.App, deployment.DataFolder);
            app.MapHealth();
            if (!deployment.IsDemo) await DemoMark.RefuseUnfinishedAsync(app.Services, cancel);
            await DefaultContent.LoadAllAsync(app.Services, cancel);
            return new(app, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The product with its database, ready for work; disposing it leaves the database too.</summary>
public sealed class OpenProduct(WebApplication app, Database database) : IAsyncDisposable
{
    public WebApplication App => app;
    public IServiceProvider Services => app.Services;
    public DatabaseAddress Address => database.Address;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
