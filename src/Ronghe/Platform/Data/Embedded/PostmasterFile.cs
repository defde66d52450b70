using System.Diagnostics;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>The file in which a server says that it runs in a folder of tables; after a crash it speaks of the dead.</summary>
static class PostmasterFile
{
    static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(3), Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Process id of the server that runs there now, or null.</summary>
    public static int? RunningIn(string cluster) => ReadPid(cluster) is { } pid && IsServerOf(pid, cluster) ? pid : null;

    /// <summary>
    /// Removes what a dead server left, once it is known to be dead. Its number may now belong to another process, or to its
    /// unburied self, and PostgreSQL would take that one for a living server. Orphans of a killed server still keep a new one
    /// out, by their shared memory.
    /// </summary>
    public static void ClearRemains(ServerFolder folder)
    {
        File.Delete(PathIn(folder.Cluster));
        foreach (var file in Directory.EnumerateFiles(folder.Socket, ".s.PGSQL.*")) File.Delete(file);
    }

    /// <summary>The server removes its file just before it ends.</summary>
    public static async Task WaitForExitAsync(int pid, string cluster)
    {
        for (var waited = TimeSpan.Zero; waited < LastBreath && IsServerOf(pid, cluster); waited += Glance) await Task.Delay(Glance);
    }

    static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    static int? ReadPid(string cluster)
    {
        try
        {
            return int.TryParse(File.ReadLines(PathIn(cluster)).FirstOrDefault(), out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    static bool IsServerOf(int pid, string cluster)
    {
        if (!OperatingSystem.IsLinux()) return IsNamedPostgres(pid);
        if (!IsCalledPostgres(pid)) return false;
        // A server stays in its folder of tables. Another user's process hides where it is; then its name has to do.
        return new FileInfo($"/proc/{pid}/cwd").LinkTarget is not { } folder || folder == RealPath(cluster);
    }

    static bool IsCalledPostgres(int pid)
    {
        try
        {
            // Empty for a dead process that nobody has buried yet.
            return Path.GetFileName(File.ReadAllText($"/proc/{pid}/cmdline").Split('\0')[0]) == "postgres";
        }
        catch (IOException)
        {
            return false;
        }
    }

    static bool IsNamedPostgres(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static string RealPath(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target) real = RealPath(target.FullName);
        }
        return real;
    }
}
