using System.Diagnostics;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>The file in which a server says that it runs in a folder of tables; after a crash it speaks of the dead.</summary>
static class PostmasterFile
{
    static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(3), Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Process id of the server that runs there now, or null.</summary>
    public static int? RunningIn(string cluster) => ReadPid(cluster) is { } pid && IsServerOf(pid, cluster) ? pid : null;

    /// <summary>
    /// Removes the file when its number now belongs to some other process: PostgreSQL would take that one for a server and
    /// refuse to start. Orphans of a killed server still keep a new one out, by their shared memory.
    /// </summary>
    public static void ClearIfStale(string cluster)
    {
        if (ReadPid(cluster) is { } pid && !IsServerOf(pid, cluster)) File.Delete(PathIn(cluster));
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
        // A server stays in its folder of tables. Another user's process hides where it is, but not what it is called.
        return new FileInfo($"/proc/{pid}/cwd").LinkTarget is { } folder ? folder == RealPath(cluster) : IsCalledPostgres(pid);
    }

    static bool IsCalledPostgres(int pid)
    {
        try
        {
            // Empty for a dead process that nobody has buried yet.
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0')[0].EndsWith("/postgres", StringComparison.Ordinal);
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
