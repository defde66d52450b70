using Npgsql;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Platform.Backup;

/// <summary>What came back: the backup's own count beside the restored one, and how many stored files the rows refer to.</summary>
sealed record RestoreReport(BackupManifest Manifest, IReadOnlyDictionary<string, long> Rows, int FilesReferredTo, TimeSpan Took)
{
    /// <summary>Tables whose number of rows differs: on a busy product what was written in the last moments is there as well.</summary>
    public IEnumerable<string> Differences => Manifest.Rows.Where(table => Rows[table.Key] != table.Value).Select(table => $"{table.Key} {table.Value} → {Rows[table.Key]}");
}

/// <summary>Starts the restored database, which makes it whole, and holds it against the manifest.</summary>
static class RestoreCheck
{
    /// <exception cref="Refusal">Something is missing.</exception>
    public static async Task<RestoreReport> RunAsync(BackupManifest manifest, IReadOnlyList<BackedUpFile> contents, string dataFolder, CancellationToken cancel)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using var server = await EmbeddedServer.StartAsync(dataFolder, cancel: cancel);
        await using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Address.Owner) { Pooling = false }.ConnectionString);
        await session.OpenAsync(cancel);
        if (!await BackupMark.IsThereAsync(session, manifest.Id, cancel)) throw Wrong("备份当时写下的记号不在");
        var count = await BackupMark.CountAsync(session, cancel);
        foreach (var (table, rows) in manifest.Rows)
            if (!count.Rows.TryGetValue(table, out var found) || table == "journal" && found < rows) throw Wrong($"表 {table} 备份时有 {rows} 行，恢复出来 {found} 行");
        if (!manifest.Migrations.SequenceEqual(count.Migrations)) throw Wrong("表结构的版本不同");
        return new(manifest, count.Rows, await FilesAsync(session, contents, cancel), watch.Elapsed);
    }

    static async Task<int> FilesAsync(NpgsqlConnection session, IReadOnlyList<BackedUpFile> contents, CancellationToken cancel)
    {
        var stored = contents.Where(file => file.Path.StartsWith(BackupRun.Files + "/", StringComparison.Ordinal)).Select(file => file.Hash).ToHashSet();
        var wanted = await BackupMark.ListAsync(session, "select hash from stored_files union select thumb_hash from stored_files where thumb_hash is not null", cancel);
        if (wanted.FirstOrDefault(hash => !stored.Contains(hash)) is { } missing) throw Wrong($"记录引用的文件 {missing} 不在备份里");
        return wanted.Count;
    }

    static Refusal Wrong(string what) => new($"恢复出来的数据核对不上：{what}。恢复出来的已经删除，备份没有动。请换一个备份，并把这句话告诉技术支持。");
}
