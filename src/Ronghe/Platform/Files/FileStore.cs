using System.Security.Cryptography;

namespace Ronghe.Platform.Files;

/// <summary>What the store knows of a file: the SHA-256 of its content in hexadecimal, which is also its address, and its size.</summary>
public sealed record FileContent(string Hash, long Bytes);

/// <summary>
/// Files by their content, on disk under <c>ab/cd/HASH</c>. What is stored is never changed; the same content is kept once.
/// A file counts as stored only when it, and the folder entry that leads to it, would survive a power cut.
/// </summary>
public sealed class FileStore(string root, TimeProvider clock)
{
    const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    readonly string _temporary = Path.Combine(root, "tmp");

    /// <summary>The address that a content has or would have.</summary>
    public static string HashOf(Stream content)
    {
        content.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    public bool Exists(string hash) => File.Exists(PathOf(hash));

    /// <summary>Null when no such file is stored.</summary>
    public Stream? Open(string hash)
    {
        try
        {
            return new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether the file is there and its content still is what its address says.</summary>
    public async Task<bool> IsIntactAsync(string hash, CancellationToken cancel = default)
    {
        await using var content = Open(hash);
        return content is not null && Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) == hash;
    }

    public async Task<FileContent> PutAsync(Stream content, CancellationToken cancel = default)
    {
        DurableFolders.Create(_temporary);
        var temporary = Path.Combine(_temporary, Guid.CreateVersion7().ToString("N"));
        try
        {
            var written = await WriteAsync(content, temporary, cancel);
            // Still there after the touch: a collection that moved it aside a moment earlier may not have seen the touch.
            if (!Touch(PathOf(written.Hash)) || !Exists(written.Hash)) MoveIn(temporary, written.Hash);
            return written;
        }
        catch (IOException e) when (DiskFull.Caused(e))
        {
            throw DiskFull.Refusal;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Removes files that no record refers to and that nobody has stored since the given time. Asks in batches which of some
    /// addresses are referred to. A file that is stored again at this very moment survives.
    /// </summary>
    public async Task<int> CollectOrphansAsync(
        Func<IReadOnlyCollection<string>, Task<IReadOnlySet<string>>> referredTo, DateTimeOffset storedBefore, CancellationToken cancel = default)
    {
        var removed = 0;
        foreach (var leftOver in Old(_temporary, storedBefore)) File.Delete(leftOver);
        foreach (var folder in Subfolders(root))
            foreach (var batch in Subfolders(folder).SelectMany(leaf => Old(leaf, storedBefore)).Select(path => Path.GetFileName(path)).Chunk(500))
            {
                cancel.ThrowIfCancellationRequested();
                var kept = await referredTo(batch);
                removed += batch.Count(hash => !kept.Contains(hash) && Remove(hash, storedBefore));
            }
        return removed;
    }

    async Task<FileContent> WriteAsync(Stream content, string path, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OnlyOwner;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, options);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        file.Flush(flushToDisk: true);
        return new(Convert.ToHexStringLower(hash.GetCurrentHash()), file.Length);
    }

    /// <summary>Marks the file as wanted now, which a collection of orphans under way respects. False when it is not there.</summary>
    bool Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    void MoveIn(string temporary, string hash)
    {
        var path = PathOf(hash);
        var folder = Path.GetDirectoryName(path)!;
        DurableFolders.Create(folder);
        Touch(temporary);
        File.Move(temporary, path, overwrite: true);
        DurableFolders.Sync(folder);
    }

    /// <summary>Moved aside first: whoever stores it between the check and the removal either touched it, and it moves back, or writes it anew.</summary>
    bool Remove(string hash, DateTimeOffset storedBefore)
    {
        var (path, aside) = (PathOf(hash), Path.Combine(_temporary, hash));
        DurableFolders.Create(_temporary);
        File.Move(path, aside, overwrite: true);
        if (File.GetLastWriteTimeUtc(aside) < storedBefore.UtcDateTime)
        {
            File.Delete(aside);
            return true;
        }
        File.Move(aside, path, overwrite: true);
        return false;
    }

    static IEnumerable<string> Subfolders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(path => Path.GetFileName(path).Length == 2) : [];

    static IEnumerable<string> Old(string folder, DateTimeOffset before) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(path => File.GetLastWriteTimeUtc(path) < before.UtcDateTime) : [];

    /// <summary>Only a hash makes a path: nothing that a user sends can lead outside of the store.</summary>
    string PathOf(string hash) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(root, hash[..2], hash[2..4], hash)
            : throw new ArgumentException("Not a SHA-256 in hexadecimal.", nameof(hash));
}
