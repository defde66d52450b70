using Ronghe.Organisation.Work;
using Ronghe.Platform.Links;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Access;

public static class AccessSetup
{
    /// <summary>Who acts in a scope, and what today's posts allow.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddScoped<CurrentMe>()
        .AddScoped(scope => scope.GetRequiredService<CurrentMe>().Me)
        .AddScoped<MeQuery>()
        .AddScoped<Waiting>().AddScoped<LinkNames>()
        .AddSingleton<MenuRight>((http, entry) => ValueTask.FromResult(
            http.Features.Get<Actor>() is { } actor && (entry.Permission is null || actor.May(entry.Permission))))
        .AddSingleton(root =>
        {
            var rights = new PostRights();
            foreach (var chapter in root.GetServices<RightsChapter>()) chapter.Write(rights);
            return rights;
        })
        .AddRights(rights => rights.Define(PlatformPermissions.All).GrantEveryone(PlatformPermissions.Use));

    /// <summary>A capability defines its rights and says which posts carry them.</summary>
    public static IServiceCollection AddRights(this IServiceCollection services, Action<PostRights> write) =>
        services.AddSingleton(new RightsChapter(write));

    /// <summary>From here on the request knows who asks; doors behind it let through by right.</summary>
    public static void UseMe(this IApplicationBuilder app) => app.UseMiddleware<MeLoader>().UseMiddleware<FirstPassword>();

    sealed record RightsChapter(Action<PostRights> Write);
}
