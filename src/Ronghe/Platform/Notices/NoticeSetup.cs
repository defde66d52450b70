using Ronghe.Platform.Journal;

namespace Ronghe.Platform.Notices;

public static class NoticeSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<NoticeKinds>().AddScoped<NoticeDelivery>().AddScoped<NoticeQueries>().AddScoped<NoticeOutbox>().AddFollower(NoticeDelivery.Follower);

    /// <summary>A capability says which notices it gives, and to whom new rows of the journal give one.</summary>
    public static IServiceCollection AddNoticesOf(this IServiceCollection services, IEnumerable<NoticeKind> kinds, NoticeSource source)
    {
        foreach (var kind in kinds) services.AddSingleton(kind);
        return services.AddSingleton(source);
    }
}
