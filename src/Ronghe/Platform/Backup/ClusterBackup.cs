using Npgsql;

namespace Ronghe.Platform.Backup;

/// <summary>Where a backup stands in the write-ahead log, and the file that tells a restored server where to begin.</summary>
sealed record ClusterBackupEnd(string Wal, string LastSegment, string Label);

/// <summary>
/// PostgreSQL's own low-level backup of a running server: between begin and end the tables are copied as they lie, torn or not, and the
/// log written meanwhile makes them whole when the copy starts. A slot keeps that log from being recycled; it goes with the session.
/// </summary>
sealed class ClusterBackup : IAsyncDisposable
{
    /// <summary>Made anew by every start, or of no meaning without the processes that wrote them.</summary>
    static readonly HashSet<string> EmptyFolders =
        ["pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans", "pg_wal"];
    static readonly HashSet<string> LeftOut = ["postmaster.pid", "postmaster.opts", "current_logfiles", "backup_label.old", "backup_manifest", "tablespace_map.old"];

    readonly NpgsqlConnection session;

    ClusterBackup(NpgsqlConnection session, string wal, string firstSegment) => (this.session, Wal, FirstSegment) = (session, wal, firstSegment);

    public NpgsqlConnection Session => session;
    public string Wal { get; }
    public string FirstSegment { get; }

    public static async Task<ClusterBackup> BeginAsync(string owner, CancellationToken cancel)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0, KeepAlive = 30 }.ConnectionString);
        try
        {
            await session.OpenAsync(cancel);
            // Collecting files without a record would take away what the copied tables still refer to.
            await RunAsync(session, "select pg_advisory_lock(hashtextextended('job:collect-orphaned-files', 0))", cancel);
            await RunAsync(session, "select pg_create_physical_replication_slot('ronghe_backup_' || pg_backend_pid(), true, true)", cancel);
            await using var begin = new NpgsqlCommand("select wal::text, pg_walfile_name(wal) from pg_backup_start('ronghe backup', true) wal", session);
            await using var row = await begin.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            return new(session, row.GetString(0), row.GetString(1));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>What to copy, with paths as they will lie in the copy.</summary>
    public static IEnumerable<(string From, string Path)> FilesOf(string cluster)
    {
        var stack = new Stack<string>([cluster]);
        while (stack.TryPop(out var folder))
            foreach (var entry in Entries(folder))
            {
                var path = Path.GetRelativePath(cluster, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (IsLeftOut(entry.Name)) continue;
                if (entry.LinkTarget is not null) throw new Refusal($"数据库目录里有链接 {path}（表空间放在别处），这种布置请用 pg_basebackup 备份，没有开始。");
                if (entry is FileInfo) yield return (entry.FullName, path);
                else if (!EmptyFolders.Contains(path)) stack.Push(entry.FullName);
            }
    }

    /// <summary>Folders, also the empty ones: a server does not start without them.</summary>
    public static IEnumerable<string> FoldersOf(string cluster) =>
        new DirectoryInfo(cluster).EnumerateDirectories("*", SearchOption.AllDirectories).Select(folder => Path.GetRelativePath(cluster, folder.FullName).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path.Split('/') is [var top, ..] && (!EmptyFolders.Contains(top) || path == top || path == "pg_wal/archive_status"))
            .Where(path => !IsLeftOut(path[(path.LastIndexOf('/') + 1)..]));

    public async Task<ClusterBackupEnd> EndAsync(CancellationToken cancel)
    {
        await using var end = new NpgsqlCommand("select lsn::text, pg_walfile_name(lsn), labelfile from pg_backup_stop(false)", session);
        await using var row = await end.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetString(0), row.GetString(1), row.GetString(2));
    }

    /// <summary>The log from begin to end; the slot still holds it.</summary>
    public IEnumerable<(string From, string Path)> LogOf(string cluster, ClusterBackupEnd end) =>
        new DirectoryInfo(Path.Combine(cluster, "pg_wal")).EnumerateFiles()
            .Where(file => file.Name.EndsWith(".history", StringComparison.Ordinal) || file.Name.Length == FirstSegment.Length
                && string.CompareOrdinal(file.Name, FirstSegment) >= 0 && string.CompareOrdinal(file.Name, end.LastSegment) <= 0)
            .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.FullName, "pg_wal/" + file.Name));

    public ValueTask DisposeAsync() => session.DisposeAsync();

    static bool IsLeftOut(string name) => LeftOut.Contains(name) || name.StartsWith("pgsql_tmp", StringComparison.Ordinal) || name.StartsWith("pg_internal.init", StringComparison.Ordinal);

    static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    static async Task RunAsync(NpgsqlConnection session, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
