using Ronghe.Platform.Cli;
using Ronghe.Platform.Data;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Web;

namespace Ronghe;

/// <summary>Where the product starts: its tables, its wings, its commands.</summary>
public static class Program
{
    public static Product Product { get; } = new(new Schema(AppDb.Open), Build);

    static readonly CliCommand[] Commands =
    [
        new ServeCommand(),
        new MigrateCommand(),
        new DoctorCommand(),
    ];

    public static Task<int> Main(string[] args) => new CommandLine(Product, Commands).RunAsync(args);

    static WebApplication Build(WebApplicationBuilder builder, string connectionString, string dataFolder)
    {
        builder.AddRongheWeb();
        var app = builder.Build();
        app.UseRongheWeb();
        app.MapRongheWeb();
        return app;
    }
}
