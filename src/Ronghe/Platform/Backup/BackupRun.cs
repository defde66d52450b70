using System.Text;
using Ronghe.Platform.Data.Embedded;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Backup;

/// <summary>
/// Takes a backup of a running product: first the database, then the files, which are never changed and so hold at least what the
/// tables refer to; the keys into a folder of their own. The manifest comes last and signs for all of it.
/// </summary>
sealed class BackupRun(EmbeddedServer server, string dataFolder, TimeProvider clock)
{
    /// <summary>Parts of a backup.</summary>
    public const string Cluster = "database", Files = "files", Secrets = "secrets.json";
    public const string KeysSuffix = ".keys", KeysFolder = "keys", Settings = "settings.json";

    readonly List<BackedUpFile> contents = [];
    long copied, expected;

    /// <param name="target">A folder that does not exist, or is empty.</param>
    /// <param name="keysTarget">Another one.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancel">Interrupted, nothing is left behind.</param>
    public async Task<BackupManifest> TakeAsync(string target, string keysTarget, IProgress<double> progress, CancellationToken cancel)
    {
        using var folder = NewFolder.Claim(target);
        using var keysFolder = NewFolder.Claim(keysTarget);
        expected = SizeOf(server.Cluster) + SizeOf(Path.Combine(dataFolder, Files));
        folder.EnsureRoom(expected);
        try
        {
            var manifest = await CopyAsync(target, keysTarget, progress, cancel);
            folder.Keep();
            keysFolder.Keep();
            return manifest;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NewFolder.Failed(problem, "备份");
        }
    }

    async Task<BackupManifest> CopyAsync(string target, string keysTarget, IProgress<double> progress, CancellationToken cancel)
    {
        var (id, startedAt) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var database = Path.Combine(target, Cluster);
        await using var backup = await ClusterBackup.BeginAsync(server.Address.Owner, cancel);
        foreach (var path in ClusterBackup.FoldersOf(server.Cluster).Order(StringComparer.Ordinal)) CheckedCopy.MakeFolder(Path.Combine(database, path));
        foreach (var (from, path) in ClusterBackup.FilesOf(server.Cluster)) await AddAsync(from, target, $"{Cluster}/{path}", progress, cancel);
        var count = await BackupMark.WriteAsync(backup.Session, id, cancel);
        var asOf = clock.GetUtcNow();
        var end = await backup.EndAsync(cancel);
        var label = await CheckedCopy.WriteAsync(Path.Combine(database, "backup_label"), Encoding.UTF8.GetBytes(end.Label), cancel);
        contents.Add(label with { Path = $"{Cluster}/backup_label" });
        foreach (var (from, path) in backup.LogOf(server.Cluster, end)) await AddAsync(from, target, $"{Cluster}/{path}", progress, cancel);
        await AddStoredFilesAsync(target, progress, cancel);
        await AddAsync(server.SecretsFile, target, Secrets, progress, cancel);
        var keys = await CopyKeysAsync(keysTarget, cancel);
        var list = await CheckedCopy.WriteAsync(Path.Combine(target, BackupManifest.ContentsName), Encoding.UTF8.GetBytes(string.Concat(contents.Select(file => file.Line + "\n"))), cancel);
        var manifest = new BackupManifest
        {
            Id = id, Version = Deployment.Version, StartedAt = startedAt, AsOf = asOf, PostgresMajor = count.PostgresMajor, Migrations = count.Migrations,
            StartedAtWal = backup.Wal, EndedAtWal = end.Wal, Rows = count.Rows, Files = contents.Count, Bytes = contents.Sum(file => file.Bytes), Contents = list.Hash, Keys = keys,
        };
        await manifest.WriteAsync(target, cancel);
        DurableFolders.Sync(target);
        progress.Report(1);
        return manifest;
    }

    async Task AddAsync(string from, string target, string path, IProgress<double> progress, CancellationToken cancel)
    {
        if (await CheckedCopy.CopyAsync(from, target, path, cancel) is not { } file) return;
        contents.Add(file);
        copied += file.Bytes;
        progress.Report(expected == 0 ? 0 : Math.Min(0.99, copied / (double)expected));
    }

    /// <summary>Under their own names, each checked against what its name says.</summary>
    async Task AddStoredFilesAsync(string target, IProgress<double> progress, CancellationToken cancel)
    {
        var store = new DirectoryInfo(Path.Combine(dataFolder, Files));
        if (!store.Exists) return;
        foreach (var file in store.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name.Length == 64))
        {
            await AddAsync(file.FullName, target, $"{Files}/{Path.GetRelativePath(store.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/')}", progress, cancel);
            if (contents[^1] is var added && added.Path.EndsWith(file.Name, StringComparison.Ordinal) && added.Hash != file.Name)
                throw new Refusal($"文件库里的 {file.FullName} 已经损坏（内容和文件名对不上），备份没有完成，写了一半的已经删除。请先从以前的备份找回这个文件。");
        }
    }

    async Task<List<BackedUpFile>> CopyKeysAsync(string target, CancellationToken cancel)
    {
        var keys = new List<BackedUpFile>();
        var folder = new DirectoryInfo(Path.Combine(dataFolder, KeysFolder));
        var wanted = (folder.Exists ? folder.EnumerateFiles() : []).Select(file => (file.FullName, $"{KeysFolder}/{file.Name}"))
            .Append((Path.Combine(dataFolder, Settings), Settings)).Where(file => File.Exists(file.Item1));
        foreach (var (from, path) in wanted)
            if (await CheckedCopy.CopyAsync(from, target, path, cancel) is { } file) keys.Add(file);
        return keys;
    }

    static long SizeOf(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.FullName.Contains("/pg_wal/")).Sum(file => Length(file))
        : 0;

    static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
