namespace Ronghe.Platform.Data.Embedded;

/// <summary>
/// An advisory lock on a file. The operating system drops it when its holder dies, however it dies, so a lock never
/// outlives a <c>kill -9</c>.
/// </summary>
sealed class FileLock : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    readonly FileStream file;

    FileLock(FileStream file) => this.file = file;

    /// <summary>Waits until it alone holds the file.</summary>
    public static Task<FileLock> ExclusiveAsync(string path, CancellationToken cancel) => WaitAsync(() => TryExclusive(path), cancel);

    /// <summary>Holds it together with others; waits while somebody holds it alone.</summary>
    public static Task<FileLock> SharedAsync(string path, CancellationToken cancel) =>
        WaitAsync(() => Try(path, FileAccess.Read, FileShare.Read), cancel);

    /// <summary>Null when anybody else holds the file, alone or shared.</summary>
    public static FileLock? TryExclusive(string path) => Try(path, FileAccess.ReadWrite, FileShare.None);

    public void Dispose() => file.Dispose();

    static async Task<FileLock> WaitAsync(Func<FileLock?> attempt, CancellationToken cancel)
    {
        while (true)
        {
            if (attempt() is { } taken) return taken;
            await Task.Delay(Pause, cancel);
        }
    }

    static FileLock? Try(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
