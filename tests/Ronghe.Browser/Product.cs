using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;
using Ronghe.Browser;

[assembly: AssemblyFixture(typeof(Product))]

namespace Ronghe.Browser;

/// <summary>
/// The running product with its demo plant, started as a user starts it, once for all journeys. Whoever writes a journey can lead it through a
/// product that runs already: RONGHE_ADDRESS=http://localhost:5080 RONGHE_DATA=data.
/// </summary>
public sealed class Product : IAsyncLifetime
{
    static readonly string? Running = Environment.GetEnvironmentVariable("RONGHE_ADDRESS");

    readonly string _data = Running is null ? Directory.CreateTempSubdirectory("ronghe-browser-").FullName : Environment.GetEnvironmentVariable("RONGHE_DATA") ?? "data";
    readonly List<string> _log = [];
    Process? _process;
    IPlaywright? _playwright;

    public string Address { get; private set; } = "";
    /// <summary>One browser for all; every visitor has cookies and a window of their own in it.</summary>
    public IBrowser Chromium { get; private set; } = null!;
    public IReadOnlyDictionary<string, DemoAccount> Accounts { get; private set; } = new Dictionary<string, DemoAccount>();

    public string LastLogged(int lines)
    {
        lock (_log) return string.Join('\n', _log.TakeLast(lines));
    }

    public async ValueTask InitializeAsync()
    {
        Address = Running ?? Start(FreePort());
        _playwright = await Playwright.CreateAsync();
        Chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await UntilReadyAsync();
        var accounts = JsonSerializer.Deserialize<DemoAccount[]>(await File.ReadAllTextAsync(Path.Combine(_data, "demo-accounts.json")), JsonSerializerOptions.Web)!;
        Accounts = accounts.ToDictionary(account => account.Role);
    }

    string Start(int port)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Program(), "serve", "--demo", "--data", _data, "--port", port.ToString() },
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        foreach (var stream in new[] { _process.StandardOutput, _process.StandardError }) _ = KeepAsync(stream);
        return $"http://localhost:{port}";
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is { } browser) await browser.DisposeAsync();
        _playwright?.Dispose();
        if (_process is { HasExited: false })
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await _process.WaitForExitAsync(patience.Token);
        }
        if (Running is null) Directory.Delete(_data, recursive: true);
    }

    async Task UntilReadyAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var second = 0; second < 900; second++)
        {
            if (_process is { HasExited: true }) throw new InvalidOperationException("The product stopped:\n" + string.Join('\n', _log));
            try
            {
                using var answer = await client.GetAsync(new Uri(Address + "/health/ready"));
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(1000);
        }
        throw new TimeoutException("The product did not get ready:\n" + string.Join('\n', _log));
    }

    async Task KeepAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
            lock (_log) _log.Add(line);
    }

    static string Program([CallerFilePath] string here = "")
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}") ? "Release" : "Debug";
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Ronghe", "bin", configuration, "net10.0", "ronghe.dll"));
    }

    static int FreePort()
    {
        for (var port = 21000 + Environment.ProcessId % 5000; ; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}

/// <summary>One line of demo-accounts.json.</summary>
public sealed record DemoAccount(string Role, string Title, string Number, string Name, string Password);
