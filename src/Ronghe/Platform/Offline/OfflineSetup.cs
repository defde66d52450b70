namespace Ronghe.Platform.Offline;

public static class OfflineSetup
{
    /// <summary>Where what waits on this device is shown.</summary>
    public const string Queue = "/offline";

    public static IServiceCollection AddOffline(this IServiceCollection services) =>
        services.AddSingleton(OfflineSource.Of(new(Queue, "待上传", "cloud-up")));
}
