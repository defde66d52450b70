using Npgsql;
using Quartz;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Jobs;

public static class JobsSetup
{
    /// <summary>Under a name of its own, so that its clock stays its own.</summary>
    internal const string Cluster = "ronghe";

    /// <summary>A dead node's work is taken over this long after its last sign of life, twice.</summary>
    static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    /// <summary>The schedule lives in the database; every node looks at it, one runs each job.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration settings)
    {
        var node = JobNode.Of(settings);
        services.AddSingleton(node).AddSingleton<RecurringJobs>().AddSingleton<JobMeasures>();
        services.AddScoped<JobRuns>().AddScoped<JobQueries>().AddScoped<JobActions>();
        services.AddQuartz(Cluster, quartz => quartz
            .ConfigureScheduler(options =>
            {
                (options.InstanceId, options.GenerateInstanceId) = (node.Name, false);
                (options.ShutdownJobInterruption, options.PropagateTraceContext) = (ShutdownJobInterruption.Always, false);
            })
            .UseTimeProvider(TimeProvider.System)
            .UseDefaultThreadPool(4)
            .AddJobType<ScheduledRun>()
            .UsePersistentStore(Store));
        services.AddHostedService<JobScheduler>();
        services.AddSingleton(new MenuEntry("系统", "定时任务", "clock", "/system/jobs", JobPermissions.Manage));
        return services;
    }

    static void Store(IPersistentStoreBuilder store)
    {
        store.UsePostgres(source => source.DataSourceFactory = root => root.GetRequiredService<NpgsqlDataSource>());
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (SignOfLife, SignOfLife));
        store.ConfigureStore(options =>
        {
            options.TablePrefix = "qrtz_";
            // The product's own migrations make and change the tables.
            options.SchemaProvisioning = SchemaProvisioning.None;
            options.UseBackgroundThreads = true;
            (options.StoreJobDataAsStrings, options.AcceptEnlistedTransactions, options.RecoverFiringsCancelledByShutdown) = (true, true, true);
        });
    }
}
