namespace Ronghe.Platform.Data.Embedded;

/// <summary>
/// Where the embedded server keeps its things. <see cref="Home"/>, in the data folder, holds what is ours: locks, passwords, state.
/// <see cref="Place"/> holds what the server's user must reach: tables, socket, log. They differ only when we are root and
/// that user may not walk to the data folder; then <c>elsewhere</c> in the home names the place.
/// </summary>
sealed class ServerFolder
{
    const string SystemPlace = "/var/lib/ronghe";
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode OthersPass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly string data;

    ServerFolder(string data)
    {
        this.data = Path.GetFullPath(data);
        Home = Path.Combine(this.data, "postgres");
        Place = File.Exists(Elsewhere) ? File.ReadAllText(Elsewhere).Trim() : Home;
    }

    public string Home { get; }
    public string Place { get; private set; }

    public string StartLock => Path.Combine(Home, "start.lock");
    public string UseLock => Path.Combine(Home, "in-use.lock");
    public string Secrets => Path.Combine(Home, "secrets.json");
    public string State => Path.Combine(Home, "state.json");

    public string Cluster => Path.Combine(Place, "cluster");
    /// <summary>Drafts of clusters have this name and a suffix of their own: an orphan of a killed start may still write to its.</summary>
    public string ClusterDraft => Path.Combine(Place, "cluster.new");
    public string Socket => Path.Combine(Place, "socket");
    public string Log => Path.Combine(Place, "log");
    public string StartLog => Path.Combine(Log, "start.log");
    public string BinaryCopies => Path.Combine(Place, "binaries");

    string Elsewhere => Path.Combine(Home, "elsewhere");

    public static ServerFolder Open(string data)
    {
        try
        {
            var folder = new ServerFolder(data);
            Directory.CreateDirectory(folder.Home);
            var probe = Path.Combine(folder.Home, $"probe-{Guid.CreateVersion7():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"数据目录 {Path.GetFullPath(data)} 不可写，没有做任何改动。请检查目录权限和剩余空间，或用 --data 指定别的目录。原因：{problem.Message}");
        }
    }

    /// <summary>An empty database in place of one that went missing would look like data lost for good.</summary>
    public void EnsureNothingLost()
    {
        if (File.Exists(State) && !Directory.Exists(Cluster))
            throw new Refusal($"数据库文件 {Cluster} 不见了，没有另建空库。请检查磁盘是否挂载、目录是否被移走，或从备份恢复；确实要从头开始，请删除整个数据目录 {data}。");
    }

    /// <summary>Makes the folders, reachable for the server's user and for nobody who has no business there.</summary>
    public async Task SettleAsync(string? user, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Home, user is null ? OwnerOnly : OwnerOnly | OthersPass);
        if (IsOurs(data)) await ChildUser.LetThroughAsync(user, data, cancel);
        if (!await ChildUser.CanEnterAsync(user, Place, cancel)) MoveElsewhere(user!);
        if (Place != Home) Claim();
        foreach (var folder in new[] { Socket, Log })
        {
            if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(folder, OwnerOnly);
            else Directory.CreateDirectory(folder);
            await ChildUser.GiveAsync(user, folder, cancel);
        }
    }

    /// <summary>A folder in which nothing but the database lies yet may get other rights; one that was in use keeps its own.</summary>
    bool IsOurs(string folder) => Directory.EnumerateFileSystemEntries(folder).All(entry => entry == Home);

    void MoveElsewhere(string user)
    {
        if (Directory.Exists(Cluster))
            throw new Refusal($"账号 {user} 进不了数据库目录 {Place}，数据库没有启动，数据未改动。请对它的各级上层目录执行 chmod o+x，或把数据目录移到 /srv、/var/lib 之下再启动。");
        Place = Path.Combine(SystemPlace, Guid.CreateVersion7().ToString("N")[^12..]);
        if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(Place, OwnerOnly | OthersPass);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(SystemPlace, OwnerOnly | OthersPass);
        File.WriteAllText(Elsewhere, Place + "\n");
    }

    /// <summary>A copied data folder names the place of the original: two masters there would ruin it.</summary>
    void Claim()
    {
        var claim = Path.Combine(Place, "claimed-by");
        if (File.Exists(claim) && File.ReadAllText(claim).Trim() is var other && other != Home && File.Exists(Path.Combine(other, "elsewhere")))
            throw new Refusal($"数据目录 {data} 像是 {Path.GetDirectoryName(other)} 的副本，数据库没有启动，数据未改动。请用备份与恢复命令复制，不要直接复制目录。");
        File.WriteAllText(claim, Home + "\n");
    }
}
