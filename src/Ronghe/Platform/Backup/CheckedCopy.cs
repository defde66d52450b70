using System.Security.Cryptography;

namespace Ronghe.Platform.Backup;

/// <summary>Copies a file safely to disk and tells what was copied.</summary>
static class CheckedCopy
{
    const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OnlyOwnersFolder = OnlyOwner | UnixFileMode.UserExecute;
    const int Buffer = 256 * 1024;

    /// <param name="from">May grow or be rewritten meanwhile, as tables do.</param>
    /// <param name="folder">The root of the copy.</param>
    /// <param name="path">Where in it, with slashes.</param>
    /// <param name="cancel">Cancelled when the user interrupts.</param>
    /// <returns>Null when the file has gone meanwhile.</returns>
    public static async Task<BackedUpFile?> CopyAsync(string from, string folder, string path, CancellationToken cancel)
    {
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
            return await CopyAsync(source, Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar)), path, cancel);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException && !File.Exists(from))
        {
            return null;
        }
    }

    public static async Task<BackedUpFile> WriteAsync(string path, byte[] content, CancellationToken cancel) =>
        await CopyAsync(new MemoryStream(content), path, Path.GetFileName(path), cancel);

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OnlyOwnersFolder);
    }

    static async Task<BackedUpFile> CopyAsync(Stream source, string to, string name, CancellationToken cancel)
    {
        MakeFolder(Path.GetDirectoryName(to)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OnlyOwner;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(to, options);
        var buffer = new byte[Buffer];
        long bytes = 0;
        for (int read; (read = await source.ReadAsync(buffer, cancel)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        target.Flush(flushToDisk: true);
        return new(name, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
