using Microsoft.Extensions.Logging.Abstractions;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>
/// The private PostgreSQL of one data folder, for as long as this process needs it. Whoever comes first starts it, others join,
/// the last to leave stops it; one that lost its application to a crash is adopted. A server that we did not start is left running.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    readonly ServerFolder folder;
    readonly ServerProcess process;
    readonly ServerSecrets secrets;
    readonly ILogger log;
    FileLock? use;

    EmbeddedServer(ServerFolder folder, ServerProcess process, ServerSecrets secrets, ILogger log, FileLock use) =>
        (this.folder, this.process, this.secrets, this.log, this.use) = (folder, process, secrets, log, use);

    public DatabaseAddress Address => ServerLogins.Address(ServerState.Read(folder)!, secrets);

    /// <summary>Where its tables lie, for a backup.</summary>
    public string Cluster => folder.Cluster;
    /// <summary>The passwords of its logins.</summary>
    public string SecretsFile => folder.Secrets;

    /// <summary>Null when it is not running.</summary>
    public int? ProcessId => PostmasterFile.RunningIn(folder.Cluster);

    /// <param name="durable">False only for tests: a crash of the machine may then lose everything.</param>
    /// <exception cref="Refusal">It cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedServer> StartAsync(
        string dataFolder, bool durable = true, ILogger? log = null, CancellationToken cancel = default)
    {
        var folder = ServerFolder.Open(dataFolder);
        using var starting = await FileLock.ExclusiveAsync(folder.StartLock, cancel);
        var use = await FileLock.SharedAsync(folder.UseLock, cancel);
        EmbeddedServer? server = null;
        try
        {
            server = new(folder, new(folder, durable), ServerSecrets.ReadOrMake(folder), log ?? NullLogger.Instance, use);
            await server.EnsureRunningAsync(cancel);
            return server;
        }
        catch
        {
            if (server is null) use.Dispose();
            else await server.LeaveAsync();
            throw;
        }
    }

    /// <summary>Starts it again if it died under us; true when it did.</summary>
    public async Task<bool> ReviveAsync(CancellationToken cancel = default)
    {
        if (await IsRunningAsync(cancel)) return false;
        using var starting = await FileLock.ExclusiveAsync(folder.StartLock, cancel);
        if (await IsRunningAsync(cancel)) return false;
        log.LogWarning("Database server died; starting it again");
        await EnsureRunningAsync(cancel);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (use is null) return;
        using var leaving = await FileLock.ExclusiveAsync(folder.StartLock, CancellationToken.None);
        await LeaveAsync();
    }

    /// <summary>The start lock is held.</summary>
    async Task LeaveAsync()
    {
        use?.Dispose();
        use = null;
        using var alone = FileLock.TryExclusive(folder.UseLock);
        if (alone is null || ProcessId is not { } running) return;
        if (ServerState.Read(folder) is not { } state || state.ProcessId != running && state.ProcessId != 0) return;
        await ServerLogins.ForgetConnectionsAsync(Address);
        await process.StopAsync(running);
        log.LogInformation("Database server {ProcessId} stopped", running);
    }

    /// <summary>The start lock is held.</summary>
    async Task EnsureRunningAsync(CancellationToken cancel)
    {
        if (await IsRunningAsync(cancel))
            log.LogInformation("Joined database server {ProcessId}", Adopt());
        else
            log.LogInformation("Started database server {ProcessId}", await process.StartAsync(secrets, cancel));
        await ServerLogins.PrepareAsync(Address, secrets, () => ProcessId is not null, cancel);
    }

    /// <summary>A server in another container of the same folder shows no process here, but it answers.</summary>
    async Task<bool> IsRunningAsync(CancellationToken cancel) =>
        ProcessId is not null || ServerState.Read(folder) is not null && await ServerLogins.AnswersAsync(Address, cancel);

    /// <summary>One whose starter died before it could write down the process id is ours all the same.</summary>
    int? Adopt()
    {
        var state = ServerState.Read(folder) ?? throw new Refusal(
            $"数据库已在运行（进程 {ProcessId}），但状态文件 {folder.State} 不见了，无法连接，数据未改动。请先停止该进程，再重新启动。");
        if (state.ProcessId == 0 && ProcessId is { } running) (state with { ProcessId = running }).Write(folder);
        return ProcessId;
    }
}
