using System.Security.Cryptography;
using System.Text;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Platform.Backup;

/// <summary>Puts a backup into an empty data folder, every file checked against the manifest, and starts its database once to look at it.</summary>
/// <param name="schema">Knows which steps of the schema this product understands.</param>
sealed class RestoreRun(Schema schema)
{
    /// <param name="backup">The folder of the backup.</param>
    /// <param name="keys">The folder of its keys, or null to go without them.</param>
    /// <param name="into">A data folder that does not exist, or is empty.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancel">Interrupted, nothing is left behind.</param>
    public async Task<RestoreReport> RestoreAsync(string backup, string? keys, string into, IProgress<double> progress, CancellationToken cancel)
    {
        var manifest = await BackupManifest.ReadAsync(backup, cancel);
        RefuseUnfit(manifest, backup, keys);
        var contents = await ContentsAsync(manifest, backup, cancel);
        using var folder = NewFolder.Claim(into);
        folder.EnsureRoom(manifest.Bytes);
        ServerFolder? place = null;
        try
        {
            place = await CopyAsync(contents, manifest, (backup, keys, into), progress, cancel);
            var report = await RestoreCheck.RunAsync(manifest, contents, into, cancel);
            folder.Keep();
            return report;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NewFolder.Failed(problem, "恢复");
        }
        finally
        {
            if (!folder.IsKept && place is not null && place.Place != place.Home && Directory.Exists(place.Place)) Directory.Delete(place.Place, recursive: true);
        }
    }

    /// <summary>Removes a data folder that served as a trial, and its database where that lies elsewhere.</summary>
    public static void Remove(string dataFolder)
    {
        var place = ServerFolder.Open(dataFolder).Place;
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        Directory.Delete(dataFolder, recursive: true);
    }

    void RefuseUnfit(BackupManifest manifest, string backup, string? keys)
    {
        var known = schema.Known();
        if (manifest.Migrations.FirstOrDefault(step => !known.Contains(step)) is not null)
            throw new Refusal($"这个备份来自更新的版本 {manifest.Version}，本程序认不得它的表结构，没有恢复。请用 {manifest.Version} 或更新的版本恢复。");
        if (keys is null || manifest.Keys.Count == 0) return;
        foreach (var key in manifest.Keys)
            if (!File.Exists(Path.Combine(keys, key.Path)))
                throw new Refusal($"没有找到这个备份的密钥（{Path.Combine(keys, key.Path)}），没有恢复。请用 --keys 指出备份 {Path.GetFileName(backup)} 当时另存的密钥文件夹；密钥确实丢了，加 --without-keys：所有人要重新登录，加密保存的内容再也打不开。");
    }

    static async Task<IReadOnlyList<BackedUpFile>> ContentsAsync(BackupManifest manifest, string backup, CancellationToken cancel)
    {
        var path = Path.Combine(backup, BackupManifest.ContentsName);
        var bytes = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : [];
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != manifest.Contents) throw Damaged(path);
        var files = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => BackedUpFile.Read(line) ?? throw Damaged(path)).ToList();
        // Sizes first: they tell a half copied backup in a moment.
        foreach (var file in files)
            if (new FileInfo(Path.Combine(backup, file.Path)) is var found && (!found.Exists || found.Length != file.Bytes)) throw Damaged(found.FullName);
        return files;
    }

    static async Task<ServerFolder> CopyAsync(
        IReadOnlyList<BackedUpFile> contents, BackupManifest manifest, (string Backup, string? Keys, string Into) folders, IProgress<double> progress, CancellationToken cancel)
    {
        var place = ServerFolder.Open(folders.Into);
        var user = await ChildUser.ChooseAsync(place.Cluster, cancel);
        await place.SettleAsync(user, cancel);
        var database = Path.Combine(folders.Backup, BackupRun.Cluster);
        CheckedCopy.MakeFolder(place.Cluster);
        foreach (var path in Directory.EnumerateDirectories(database, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(database, path)).Order(StringComparer.Ordinal))
            CheckedCopy.MakeFolder(Path.Combine(place.Cluster, path));
        long copied = 0;
        foreach (var file in contents)
        {
            var (root, path) = PlaceOf(file, place, folders.Into);
            await PutAsync(file, folders.Backup, root, path, cancel);
            copied += file.Bytes;
            progress.Report(0.95 * copied / Math.Max(1, manifest.Bytes));
        }
        if (folders.Keys is not null) foreach (var key in manifest.Keys) await PutAsync(key, folders.Keys, folders.Into, key.Path, cancel);
        await ChildUser.GiveAsync(user, place.Cluster, cancel);
        return place;
    }

    static (string Root, string Path) PlaceOf(BackedUpFile file, ServerFolder place, string into) =>
        file.Path == BackupRun.Secrets ? (place.Home, Path.GetFileName(place.Secrets))
        : file.Path.StartsWith(BackupRun.Cluster + "/", StringComparison.Ordinal) ? (place.Cluster, file.Path[(BackupRun.Cluster.Length + 1)..])
        : (into, file.Path);

    static async Task PutAsync(BackedUpFile file, string from, string root, string path, CancellationToken cancel)
    {
        var source = Path.Combine(from, file.Path);
        if (await CheckedCopy.CopyAsync(source, root, path, cancel) is not { } put || put.Hash != file.Hash) throw Damaged(source);
    }

    static Refusal Damaged(string path) => new($"备份里的 {path} 缺失或已损坏（和清单对不上），没有恢复，写了一半的已经删除。请换一个备份。");
}
