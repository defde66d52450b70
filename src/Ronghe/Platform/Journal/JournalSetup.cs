namespace Ronghe.Platform.Journal;

public static class JournalSetup
{
    /// <summary>A node that has <c>Ronghe:Follow</c> set to false serves requests alone; another must follow the journal then.</summary>
    public const string FollowSetting = "Ronghe:Follow";

    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<JournalMeter>().AddScoped<Following>().AddScoped<Sealer>();
        if (settings.GetValue(FollowSetting, true)) services.AddHostedService<FollowerLoops>().AddHostedService<JournalPost>();
        return services.AddFollower(Sealer.Follower);
    }

    public static IServiceCollection AddFollower(this IServiceCollection services, Follower follower) => services.AddSingleton(follower);
}
