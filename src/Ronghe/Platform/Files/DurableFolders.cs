using System.Runtime.InteropServices;

namespace Ronghe.Platform.Files;

/// <summary>A file that was renamed into a folder survives a power cut only when the folder itself has been written.</summary>
static class DurableFolders
{
    const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Create(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        Create(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OnlyOwner);
        Sync(parent);
    }

    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = open(folder, 0);
        if (handle < 0) throw new IOException($"Cannot open folder {folder} to write it to disk.");
        var result = fsync(handle);
        _ = close(handle);
        if (result != 0) throw new IOException($"Cannot write folder {folder} to disk.");
    }

    [DllImport("libc", SetLastError = true)]
    static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    static extern int fsync(int handle);

    [DllImport("libc")]
    static extern int close(int handle);
}
