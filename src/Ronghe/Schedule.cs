using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Accounts;
using Ronghe.Platform.Files;
using Ronghe.Platform.Data;
using Ronghe.Platform.Replay;

namespace Ronghe;

/// <summary>Every recurring job and when it runs.</summary>
public static class Schedule
{
    public static IServiceCollection AddSchedule(this IServiceCollection services) => services
        .AddRecurring("escalate overdue findings", TimeSpan.FromHours(1), (scope, cancel) => scope.GetRequiredService<FindingEscalation>().EscalateOverdueAsync(cancel))
        .AddRecurring("remove outdated sign-ins", TimeSpan.FromHours(24), (scope, cancel) => scope.GetRequiredService<AccountRetention>().RemoveOutdatedAsync(cancel))
        .AddRecurring("forget replayed calls", TimeSpan.FromHours(1), (scope, cancel) => scope.GetRequiredService<ReplayedCalls>().RemoveOutdatedAsync(cancel))
        .AddRecurring("collect files without a record", TimeSpan.FromHours(24), (scope, cancel) => scope.GetRequiredService<FileActions>().CollectOrphansAsync(cancel));

    /// <summary>Jobs act as the system itself.</summary>
    static IServiceCollection AddRecurring(this IServiceCollection services, string name, TimeSpan every, JobRun run)
    {
        JobRun asSystem = (scope, cancel) =>
        {
            scope.GetRequiredService<CurrentMe>().Become(Me.System);
            return run(scope, cancel);
        };
        return services.AddSingleton<IHostedService>(root => ActivatorUtilities.CreateInstance<RecurringJob>(root, name, every, asSystem));
    }
}
