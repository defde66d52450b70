namespace Ronghe.Platform.Files;

public static class FileSetup
{
    /// <summary>Files lie in a folder of their own inside the data folder.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, string dataFolder) => services
        .AddSingleton(provider => new FileStore(Path.Combine(dataFolder, "files"), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<PhotoSandbox>()
        .AddScoped<PhotoActions>()
        .AddScoped<FileActions>()
        .AddScoped<FileQueries>();

    /// <summary>A capability decides who may see the files of its records.</summary>
    public static IServiceCollection AddFileViewers(this IServiceCollection services, string ownerKind, MaySeeFiles maySee) =>
        services.AddSingleton(new FileViewers(ownerKind, maySee));
}
