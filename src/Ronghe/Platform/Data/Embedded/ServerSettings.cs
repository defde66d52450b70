using System.Globalization;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>The server's settings file, written anew at each start. An operator's own go to <c>local.conf</c> beside it.</summary>
static class ServerSettings
{
    const string FileName = "ronghe.conf";
    const long Megabyte = 1 << 20;

    /// <summary>Once, after the tables are made.</summary>
    public static void Include(string cluster) =>
        File.AppendAllText(Path.Combine(cluster, "postgresql.conf"), $"\ninclude = '{FileName}'\ninclude_if_exists = 'local.conf'\n");

    public static async Task WriteAsync(ServerFolder folder, ServerState state, bool durable, string? user, CancellationToken cancel)
    {
        var path = Path.Combine(folder.Cluster, FileName);
        await File.WriteAllTextAsync(path, Text(folder, state, durable), cancel);
        await ChildUser.GiveAsync(user, path, cancel);
    }

    static string Text(ServerFolder folder, ServerState state, bool durable) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            listen_addresses = '{(state.IsSocket ? "" : state.Host)}'
            unix_socket_directories = '{(state.IsSocket ? Quoted(state.Host) : "")}'
            port = {state.Port}
            max_connections = 150
            shared_buffers = {Math.Clamp(Memory / 16 / Megabyte, 64, 512)}MB
            effective_cache_size = {Math.Max(Memory / 2 / Megabyte, 128)}MB
            work_mem = 16MB
            maintenance_work_mem = 128MB
            # Parallel queries find room here even where a container has a tiny /dev/shm.
            min_dynamic_shared_memory = 64MB
            random_page_cost = 1.1
            jit = off
            wal_compression = on
            min_wal_size = 256MB
            max_wal_size = 2GB
            # After a crash: one call for the whole file system instead of one for each of a thousand files.
            recovery_init_sync_method = {(OperatingSystem.IsLinux() ? "syncfs" : "fsync")}
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            # One file per weekday, overwritten after a week.
            logging_collector = on
            log_directory = '{Quoted(folder.Log)}'
            log_filename = 'postgres-%a.log'
            log_rotation_age = 1d
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_line_prefix = '%m [%p] %q%u@%d '
            log_min_duration_statement = 2s
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            {(durable ? "fsync = on" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off")}

            """);

    static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    static string Quoted(string path) => path.Replace("\\", "/").Replace("'", "''");
}
