namespace Ronghe.Platform.Lists;

public static class ListSetup
{
    public static IServiceCollection AddLists(this IServiceCollection services) => services.AddScoped<ListSettingQueries>().AddScoped<ListSettingActions>();
}
