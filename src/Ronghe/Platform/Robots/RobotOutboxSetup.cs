using Ronghe.Platform.Journal;
using Ronghe.Platform.Outgoing;

namespace Ronghe.Platform.Robots;

public static class RobotOutboxSetup
{
    /// <summary>Places beside the platforms' own that robots may stand at: a gateway of the company.</summary>
    public const string HostsSetting = "Ronghe:RobotHosts";

    public static IServiceCollection AddRobotOutbox(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOutgoingCalls(RobotFormats.All.Select(format => format.Origin), HostsSetting, settings[HostsSetting])
            .AddSingleton<RobotNewsKinds>().AddSingleton<RobotSecrets>()
            .AddScoped<RobotOutbox>().AddScoped<RobotCards>().AddScoped<RobotSending>().AddScoped<RobotFeed>().AddScoped<RobotDigest>()
            .AddSingleton(RobotNotices.Stopped).AddFollower(RobotFeed.Follower);
        if (settings.GetValue(JournalSetup.FollowSetting, true)) services.AddHostedService<RobotLoop>();
        return services;
    }

    /// <summary>A capability says what groups can be told, what new rows of the journal give, and what it counts once a day.</summary>
    public static IServiceCollection AddRobotNewsOf(this IServiceCollection services, IEnumerable<RobotNewsKind> kinds, RobotNewsSource? source = null, RobotDailySource? daily = null)
    {
        foreach (var kind in kinds) services.AddSingleton(kind);
        if (source is not null) services.AddSingleton(source);
        if (daily is not null) services.AddSingleton(daily);
        return services;
    }
}
