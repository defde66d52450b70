namespace Ronghe.Platform.Data.Embedded;

/// <summary>Makes, starts and stops the server of one folder. Callers hold the folder's start lock.</summary>
sealed class ServerProcess(ServerFolder folder, bool durable)
{
    /// <summary>Recovery after a crash may replay much; it is worth waiting for.</summary>
    const string StartSeconds = "600", StopSeconds = "60";
    /// <summary>Orphans of a killed server need a moment to notice and leave.</summary>
    const int Attempts = 40;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>Process id of the running server.</returns>
    public async Task<int> StartAsync(ServerSecrets secrets, CancellationToken cancel)
    {
        folder.EnsureNothingLost();
        var user = await ChildUser.ChooseAsync(folder.Cluster, cancel);
        await folder.SettleAsync(user, cancel);
        var binaries = await ServerBinaries.PrepareAsync(folder.BinaryCopies, user, cancel);
        if (!Directory.Exists(folder.Cluster)) await MakeClusterAsync(binaries, secrets, user, cancel);
        else await ChildUser.GiveAsync(user, folder.Cluster, cancel);
        PostmasterFile.ClearRemains(folder);
        var state = ServerState.Choose(folder);
        state.Write(folder);
        await ServerSettings.WriteAsync(folder, state, durable, user, cancel);
        await LaunchAsync(binaries, user, cancel);
        var pid = PostmasterFile.RunningIn(folder.Cluster) ?? throw Failed();
        (state with { ProcessId = pid }).Write(folder);
        return pid;
    }

    /// <summary>Ends running transactions, writes a checkpoint, and waits until the process is gone.</summary>
    public async Task StopAsync(int pid)
    {
        var user = await ChildUser.ChooseAsync(folder.Cluster, CancellationToken.None);
        var binaries = await ServerBinaries.PrepareAsync(folder.BinaryCopies, user, CancellationToken.None);
        string[] stop = ["-s", "-w", "-t", StopSeconds, "-D", folder.Cluster, "stop", "-m"];
        if (!(await ChildProcess.RunAsync(binaries.PgCtl, [.. stop, "fast"], user)).IsGood)
            await ChildProcess.RunAsync(binaries.PgCtl, [.. stop, "immediate"], user);
        await PostmasterFile.WaitForExitAsync(pid, folder.Cluster);
    }

    /// <summary>Under a draft name until it is whole, so that a crash here leaves nothing half-made.</summary>
    async Task MakeClusterAsync(ServerBinaries binaries, ServerSecrets secrets, string? user, CancellationToken cancel)
    {
        ClearDrafts();
        var draft = folder.ClusterDraft + "-" + Guid.CreateVersion7().ToString("N")[^12..];
        var password = draft + ".password";
        Directory.CreateDirectory(draft);
        PrivateFile.Write(password, secrets.Owner);
        try
        {
            await ChildUser.GiveAsync(user, draft, cancel);
            await ChildUser.GiveAsync(user, password, cancel);
            await InitdbAsync(binaries, draft, password, user, cancel);
        }
        finally
        {
            File.Delete(password);
        }
        ServerSettings.Include(draft);
        Directory.Move(draft, folder.Cluster);
    }

    void ClearDrafts()
    {
        foreach (var left in new DirectoryInfo(folder.Place).EnumerateFileSystemInfos(Path.GetFileName(folder.ClusterDraft) + "*"))
        {
            try
            {
                if (left is DirectoryInfo draft) draft.Delete(recursive: true);
                else left.Delete();
            }
            catch (IOException)
            {
                // Still being written by an orphan; next time.
            }
        }
    }

    async Task InitdbAsync(ServerBinaries binaries, string draft, string password, string? user, CancellationToken cancel)
    {
        // The built-in provider sorts and folds case alike on every system; the system's C.UTF-8 only classifies characters.
        string[] initdb =
        [
            "--pgdata", draft, "--username", ServerLogins.OwnerRole, "--pwfile", password, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--data-checksums", "--no-instructions",
        ];
        if (!durable) initdb = [.. initdb, "--no-sync"];
        var made = await ChildProcess.RunAsync(binaries.Initdb, [.. initdb, "--lc-ctype", "C.UTF-8"], user);
        if (!made.IsGood && made.Output.Contains("invalid locale name", StringComparison.Ordinal))
            made = await ChildProcess.RunAsync(binaries.Initdb, initdb, user);
        // Ctrl-C at a terminal reaches the child too; that is no fault of the disk.
        cancel.ThrowIfCancellationRequested();
        if (!made.IsGood) throw new Refusal($"数据库初始化失败，没有留下任何数据。请检查磁盘空间和目录权限（{folder.Place}）后重试。原因：{made.Output}");
    }

    async Task LaunchAsync(ServerBinaries binaries, string? user, CancellationToken cancel)
    {
        string[] start = ["-s", "-w", "-t", StartSeconds, "-D", folder.Cluster, "-l", folder.StartLog, "start"];
        for (var attempt = 1; ; attempt++)
        {
            File.Delete(folder.StartLog);
            // To its end even when cancelled: a server that comes up behind our back would stay. On Windows it would keep the pipe open.
            var launched = await ChildProcess.RunAsync(binaries.PgCtl, start, user, capture: !OperatingSystem.IsWindows());
            cancel.ThrowIfCancellationRequested();
            if (launched.IsGood) return;
            if (attempt == Attempts || !LastWords().Any(line => line.Contains("shared memory block", StringComparison.Ordinal)))
                throw Failed(launched.Output);
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>The server says its last words to whichever of its logs it had opened by then.</summary>
    IEnumerable<string> LastWords() => new DirectoryInfo(folder.Log).EnumerateFiles("*.log")
        .OrderByDescending(file => file.LastWriteTimeUtc).Take(2)
        .SelectMany(file => File.ReadLines(file.FullName).TakeLast(8));

    Refusal Failed(string? said = null) => new(
        $"内置数据库没有启动，数据未改动。请运行 ronghe doctor 检查，或查看日志 {folder.Log}。原因：{said} {string.Join(" / ", LastWords())}");
}
