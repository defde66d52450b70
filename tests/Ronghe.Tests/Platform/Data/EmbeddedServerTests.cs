using System.Diagnostics;
using Npgsql;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Tests.Platform.Data;

public sealed class EmbeddedServerTests : IDisposable
{
    readonly TestFolder folder = new();
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_starts_from_nothing_serves_both_logins_and_stops_when_left()
    {
        var server = await StartAsync();
        var pid = server.ProcessId!.Value;
        Assert.Equal("ronghe_owner", await AskAsync(server.Address.Owner, "select current_user::text"));
        Assert.Equal("ronghe_app", await AskAsync(server.Address.App, "select current_user::text"));
        Assert.Equal("off", await AskAsync(server.Address.App, "select current_setting('is_superuser')"));
        await server.DisposeAsync();
        Assert.False(IsAlive(pid));
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var first = await StartAsync()) await RunAsync(first.Address, "create table t as select '隐患' as word");
        await using var second = await StartAsync();
        Assert.Equal("隐患", await AskAsync(second.Address.Owner, "select word from t"));
    }

    [Fact]
    public async Task A_second_user_joins_and_the_last_to_leave_stops_it()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        var pid = first.ProcessId!.Value;
        Assert.Equal(pid, second.ProcessId);
        await second.DisposeAsync();
        Assert.Equal("1", await AskAsync(first.Address.App, "select '1'"));
        await first.DisposeAsync();
        Assert.False(IsAlive(pid));
    }

    [Fact]
    public async Task Ten_that_start_at_once_share_one_server()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(StartAsync)));
        Assert.Single(servers.Select(server => server.ProcessId).Distinct());
        foreach (var server in servers) await server.DisposeAsync();
        Assert.Null(servers[0].ProcessId);
    }

    [Fact]
    public async Task A_start_in_the_middle_of_a_stop_waits_for_it()
    {
        var server = await StartAsync();
        for (var round = 0; round < 3; round++)
        {
            var leaving = server.DisposeAsync().AsTask();
            var next = await Task.WhenAll(StartAsync(), StartAsync());
            await leaving;
            await next[0].DisposeAsync();
            server = next[1];
            Assert.Equal("1", await AskAsync(server.Address.App, "select '1'"));
        }
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_start_that_is_called_off_leaves_no_server_behind_and_the_next_one_works()
    {
        foreach (var milliseconds in new[] { 1, 100, 300, 600, 900 })
        {
            using var soon = new CancellationTokenSource(milliseconds);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await using var server = await EmbeddedServer.StartAsync(folder.Path, durable: false, cancel: soon.Token);
                await Task.Delay(Timeout.Infinite, soon.Token);
            });
            Assert.False(File.Exists(folder["postgres/cluster/postmaster.pid"]));
        }
        await using var last = await StartAsync();
        Assert.Equal("1", await AskAsync(last.Address.App, "select '1'"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_everything_committed()
    {
        await using var server = await EmbeddedServer.StartAsync(folder.Path, cancel: Cancel);
        await RunAsync(server.Address, "create table t as select generate_series(1, 1000) as n");
        await KillAsync(server.ProcessId!.Value);
        Assert.True(await server.ReviveAsync(Cancel));
        NpgsqlConnection.ClearAllPools();
        Assert.Equal("1000", await AskAsync(server.Address.Owner, "select count(*)::text from t"));
    }

    [Fact]
    public async Task A_living_server_is_not_revived()
    {
        await using var server = await StartAsync();
        Assert.False(await server.ReviveAsync(Cancel));
    }

    [Fact]
    public async Task A_pid_file_that_names_a_strangers_process_is_no_obstacle()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(folder["postgres/cluster/postmaster.pid"], $"{Environment.ProcessId}\n", Cancel);
        await using var server = await StartAsync();
        Assert.Equal("1", await AskAsync(server.Address.App, "select '1'"));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_anew()
    {
        Directory.CreateDirectory(folder["postgres/cluster.new/base"]);
        await using var server = await StartAsync();
        Assert.Equal("1", await AskAsync(server.Address.App, "select '1'"));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_gets_a_loopback_port()
    {
        var deep = folder[new string('长', 40)];
        await using var server = await EmbeddedServer.StartAsync(deep, durable: false, cancel: Cancel);
        var address = new NpgsqlConnectionStringBuilder(server.Address.App);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.InRange(address.Port, 20000, 32767);
        Assert.Equal("1", await AskAsync(server.Address.App, "select '1'"));
    }

    [Fact]
    public async Task Nobody_gets_in_with_a_wrong_password()
    {
        await using var server = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.Address.App) { Password = "guess" }.ConnectionString;
        var problem = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(wrong, "select '1'"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, problem.SqlState);
    }

    [Fact]
    public async Task Lost_passwords_are_refused_in_words_not_replaced()
    {
        await using (await StartAsync()) { }
        File.Delete(folder["postgres/secrets.json"]);
        var refusal = await Assert.ThrowsAsync<Refusal>(StartAsync);
        Assert.Contains("secrets.json", refusal.Message);
        Assert.Contains("数据未改动", refusal.Message);
    }

    [Fact]
    public async Task Lost_tables_are_refused_in_words_not_replaced_by_an_empty_database()
    {
        await using (await StartAsync()) { }
        Directory.Move(folder["postgres/cluster"], folder["unmounted"]);
        var refusal = await Assert.ThrowsAsync<Refusal>(StartAsync);
        Assert.Contains("没有另建空库", refusal.Message);
        Directory.Move(folder["unmounted"], folder["postgres/cluster"]);
        await using var back = await StartAsync();
        Assert.Equal("1", await AskAsync(back.Address.App, "select '1'"));
    }

    [Fact]
    public async Task The_passwords_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        await using var server = await StartAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(folder["postgres/secrets.json"]).UnixFileMode);
    }

    [Fact]
    public async Task Started_by_root_it_runs_as_somebody_else()
    {
        SkipUnlessRoot();
        await using var server = await StartAsync();
        var uid = (await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Cancel)).Single(line => line.StartsWith("Uid:"));
        Assert.DoesNotContain("0", uid.Split('\t', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [Fact]
    public async Task Root_lets_it_through_a_private_data_folder_but_nobody_else()
    {
        SkipUnlessRoot();
        var data = Private("data");
        await using var server = await EmbeddedServer.StartAsync(data, durable: false, cancel: Cancel);
        Assert.True(Directory.Exists(Path.Combine(data, "postgres/cluster")));
        Assert.False(new DirectoryInfo(data).UnixFileMode.HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task Where_it_cannot_walk_the_tables_lie_elsewhere_and_a_copy_of_the_data_folder_is_refused()
    {
        SkipUnlessRoot();
        var data = Path.Combine(Private("hidden"), "data");
        await using (var first = await EmbeddedServer.StartAsync(data, durable: false, cancel: Cancel))
            await RunAsync(first.Address, "create table t as select 1 as n");
        var place = (await File.ReadAllTextAsync(Path.Combine(data, "postgres/elsewhere"), Cancel)).Trim();
        try
        {
            Assert.StartsWith("/var/lib/ronghe/", place);
            await using (var second = await EmbeddedServer.StartAsync(data, durable: false, cancel: Cancel))
                Assert.Equal("1", await AskAsync(second.Address.Owner, "select n::text from t"));
            CopyFiles(Path.Combine(data, "postgres"), folder["copy/postgres"]);
            await Assert.ThrowsAsync<Refusal>(() => EmbeddedServer.StartAsync(folder["copy"], durable: false, cancel: Cancel));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    static void SkipUnlessRoot() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root drops its rights");

    string Private(string name)
    {
        var made = Directory.CreateDirectory(folder[name]).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return made;
    }

    static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    Task<EmbeddedServer> StartAsync() => EmbeddedServer.StartAsync(folder.Path, durable: false, cancel: Cancel);

    static async Task<string?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(Cancel);
    }

    static Task RunAsync(DatabaseAddress address, string sql) => AskAsync(address.Owner, sql);

    static async Task KillAsync(int pid)
    {
        Process.GetProcessById(pid).Kill();
        while (IsAlive(pid)) await Task.Delay(10, Cancel);
    }

    /// <summary>A dead process that nobody has buried yet has no command line.</summary>
    static bool IsAlive(int pid) => OperatingSystem.IsLinux()
        ? File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0
        : Process.GetProcesses().Any(process => process.Id == pid);
}
