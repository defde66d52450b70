using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ronghe.Platform.Journal;

public static class JournalSetup
{
    /// <summary>A node that has <c>Ronghe:Follow</c> set to false serves requests alone; another must follow the journal then.</summary>
    public const string FollowSetting = "Ronghe:Follow";

    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<JournalMeter>().AddScoped<Following>().AddScoped<Sealer>()
            .AddScoped<JournalReading>().AddScoped<RecordCheck>().AddScoped<SealCopies>().AddScoped<FollowerQueries>()
            .AddSingleton<FollowerWatch>().AddHostedService(services => services.GetRequiredService<FollowerWatch>());
        if (settings.GetValue(FollowSetting, true)) services.AddHostedService<FollowerLoops>().AddHostedService<JournalPost>();
        return services.AddFollower(Sealer.Follower);
    }

    /// <summary>A capability says what it writes to the journal.</summary>
    public static IServiceCollection AddJournalSubjects(this IServiceCollection services, IEnumerable<JournalSubject> subjects)
    {
        services.TryAddSingleton<JournalCatalogue>();
        foreach (var subject in subjects) services.AddSingleton(subject);
        return services;
    }

    public static IServiceCollection AddFollower(this IServiceCollection services, Follower follower) => services.AddSingleton(follower);
}
