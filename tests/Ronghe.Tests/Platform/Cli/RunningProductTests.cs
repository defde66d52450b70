using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ronghe.Platform;
using Ronghe.Platform.Hosting;

namespace Ronghe.Tests.Platform.Cli;

/// <summary>The product as users start it: a process of its own, with signals and ports.</summary>
public sealed class RunningProductTests : IDisposable
{
    readonly TestFolder folder = new();
    readonly HttpClient http = new();
    readonly StringBuilder said = new();
    readonly List<Process> started = [];
    readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    /// <summary>Ends after three minutes: a product that does not hear its signal fails the test instead of holding up the run.</summary>
    CancellationToken Cancel => patience.Token;

    public void Dispose()
    {
        foreach (var process in started.Where(process => !process.HasExited)) process.Kill();
        http.Dispose();
        patience.Dispose();
        folder.Dispose();
    }

    public RunningProductTests() => patience.CancelAfter(TimeSpan.FromMinutes(3));

    [Fact]
    public async Task It_serves_until_interrupted_and_takes_the_database_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        var (process, address) = await ServeAsync();
        var ready = await http.GetAsync(address + "/health/ready", Cancel);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var database = DatabasePid();
        await SignalAsync("INT", process.Id);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        Assert.False(IsAlive(database));
    }

    [Fact]
    public async Task After_both_are_killed_it_starts_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        var (first, _) = await ServeAsync();
        await SignalAsync("KILL", first.Id, DatabasePid());
        await first.WaitForExitAsync(Cancel);
        var (second, address) = await ServeAsync();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(address + "/health/ready", Cancel)).StatusCode);
        await SignalAsync("TERM", second.Id);
        await second.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task A_killed_application_leaves_a_database_that_the_next_one_adopts_and_stops()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        var (first, _) = await ServeAsync();
        var database = DatabasePid();
        await SignalAsync("KILL", first.Id);
        await first.WaitForExitAsync(Cancel);
        var (second, _) = await ServeAsync();
        Assert.Equal(database, DatabasePid());
        await SignalAsync("TERM", second.Id);
        await second.WaitForExitAsync(Cancel);
        Assert.False(IsAlive(database));
    }

    [Fact]
    public async Task A_killed_database_comes_back_under_the_running_product()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        var (process, address) = await ServeAsync();
        var database = DatabasePid();
        await SignalAsync("KILL", database);
        while (IsAlive(database) || (await http.GetAsync(address + "/health/ready", Cancel)).StatusCode != HttpStatusCode.OK)
            await Task.Delay(50, Cancel);
        Assert.NotEqual(database, DatabasePid());
        await SignalAsync("TERM", process.Id);
        await process.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task A_command_beside_the_running_product_leaves_its_database_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals");
        var (serving, address) = await ServeAsync();
        var doctor = Start("doctor", "--json");
        var answer = JsonDocument.Parse(await doctor.StandardOutput.ReadToEndAsync(Cancel)).RootElement;
        await doctor.WaitForExitAsync(Cancel);
        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(address + "/health/ready", Cancel)).StatusCode);
        await SignalAsync("TERM", serving.Id);
        await serving.WaitForExitAsync(Cancel);
    }

    [Fact]
    public void A_demo_listens_beyond_this_machine_only_when_told_in_so_many_words()
    {
        Assert.Throws<Refusal>(() => Listening.Choose("0.0.0.0", 5080, isDemo: true, mayShowDemo: false));
        Assert.Equal(IPAddress.Any, Listening.Choose("0.0.0.0", 5080, isDemo: true, mayShowDemo: true).Address);
        Assert.Equal(IPAddress.Any, Listening.Choose("0.0.0.0", 5080, isDemo: false, mayShowDemo: false).Address);
        Assert.Equal(IPAddress.Loopback, Listening.Choose(null, 5080, isDemo: true, mayShowDemo: false).Address);
    }

    /// <summary>Waits for the line that names the address.</summary>
    async Task<(Process Process, string Address)> ServeAsync()
    {
        var process = Start("serve", "--port", FreePort().ToString());
        var line = await process.StandardOutput.ReadLineAsync(Cancel) ?? throw new InvalidOperationException(said.ToString());
        return (process, line.Split('：')[1].Trim());
    }

    Process Start(params string[] words)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "ronghe.dll"), .. words, "--data", folder["data"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginErrorReadLine();
        started.Add(process);
        return process;
    }

    static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    int DatabasePid() => int.Parse(File.ReadLines(folder["data/postgres/cluster/postmaster.pid"]).First());

    async Task SignalAsync(string signal, params int[] pids)
    {
        using var kill = Process.Start("kill", ["-" + signal, .. pids.Select(pid => pid.ToString())]);
        await kill.WaitForExitAsync(Cancel);
    }

    /// <summary>A dead process that nobody has buried yet has no command line.</summary>
    static bool IsAlive(int pid) => File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
}
